import type { Tx } from '../database/database.ts';
import { enqueue } from '../mail/outbox.ts';
import type { ReportOutcome } from './outcomes.ts';

// A notice of illegal content is confirmed and answered (Regulation (EU) 2022/2065, Article 16(4) and (5)).
const DECIDED: Record<ReportOutcome, string> = {
	upheld: 'A moderator agreed with you: the comment was taken down.',
	dismissed: 'A moderator looked at the comment and left it as it is.'
};

/** Confirms to somebody without an account that their notice came, with the address of its receipt. */
export async function confirm(
	tx: Tx,
	to: string,
	notice: { id: string; secret: string; commentId: string }
): Promise<void> {
	const url = `/reports/${notice.id}?key=${notice.secret}`;
	await enqueue(tx, {
		...{ to, subject: 'Your notice of illegal content has arrived' },
		paragraphs: [
			'A moderator will read your notice and decide. Nobody else learns who you are.',
			{ link: { label: 'The comment', url: `/c/${notice.commentId}` } },
			{ link: { label: 'What becomes of your notice (keep this address to yourself)', url } }
		]
	});
}

/** Tells those without an account what was decided about the comment that they gave notice of. */
export async function tellDecision(
	tx: Tx,
	addresses: (string | null)[],
	decision: { commentId: string; outcome: ReportOutcome }
): Promise<void> {
	for (const to of new Set(addresses)) {
		if (to === null) continue;
		await enqueue(tx, {
			...{ to, subject: 'What was decided about your notice of illegal content' },
			paragraphs: [
				DECIDED[decision.outcome],
				{ link: { label: 'The comment', url: `/c/${decision.commentId}` } },
				'A person decided, not software. If you think that they were wrong, you can send another notice with what they missed, turn to a certified body for settling disputes out of court (Regulation (EU) 2022/2065, Article 21), or go to a court.'
			]
		});
	}
}
