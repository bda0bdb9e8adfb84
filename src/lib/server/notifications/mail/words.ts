import type { Paragraph } from '../../mail/outbox.ts';
import type { NotificationView } from '../notifications.ts';
import type { MailKind } from './subscriptions.ts';

// As much as somebody reads in a mail; the rest is on the site.
const SHOWN = 20;

const DID: Partial<Record<NotificationView['kind'], string>> = {
	quoted: 'quoted you',
	reply: 'replied to you',
	followed: 'wrote where you follow'
};

function sentence({ kind, comment, article }: NotificationView): string {
	const where = article ? ` on “${article.title}”` : '';
	return `${comment?.author.name ?? 'Somebody'} ${DID[kind]}${where}`;
}

/** The subject of a mail that tells of this. */
export function subject(items: NotificationView[], kinds: MailKind[]): string {
	if (items.length === 1) return sentence(items[0]);
	const what = kinds.includes('answers') ? 'answers to you' : 'comments where you follow';
	return `${items.length} ${kinds.length > 1 ? `${what}, and where you follow` : what}`;
}

/** What the mail says: each comment with who wrote it, how it begins and where it stands. */
export function paragraphs(items: NotificationView[]): Paragraph[] {
	const told = items
		.slice(0, SHOWN)
		.flatMap((item): Paragraph[] => [
			`${sentence(item)}:`,
			{ quote: item.comment?.excerpt ?? '' },
			{ link: { label: 'Read it and answer', url: item.url } }
		]);
	const more = items.length - SHOWN;
	return [
		...told,
		...(more > 0 ? [`And ${more} more.`] : []),
		{ link: { label: 'All of your notifications', url: '/notifications' } },
		{ link: { label: 'Choose which mail you get', url: '/account/mail' } }
	];
}
