import { eq } from 'drizzle-orm';
import { requireAccount, type Actor } from '../../actor.ts';
import type { Database } from '../../database/database.ts';
import { accounts } from '../../database/schema.ts';
import * as limits from '../../limits/limits.ts';
import { invalid } from '../../refusal.ts';
import { MAIL_PACES, type MailPace } from './mail-paces.ts';

/** How soon somebody gets mail about answers to them, and about what they follow. */
export interface MailChoices {
	answers: MailPace;
	followed: MailPace;
}

/** What somebody chose, and whether mail can reach them: only at an address that they confirmed. */
export type OwnMailChoices = MailChoices & { email: string | null; isConfirmed: boolean };

/** What the actor chose. @throws {Refusal} 401 */
export async function read(db: Database, actor: Actor): Promise<OwnMailChoices> {
	requireAccount(actor);
	const [row] = await db.read
		.select({
			answers: accounts.mailsAnswers,
			followed: accounts.mailsFollowed,
			email: accounts.email,
			emailConfirmedAt: accounts.emailConfirmedAt
		})
		.from(accounts)
		.where(eq(accounts.id, actor.accountId));
	const { emailConfirmedAt, ...choices } = row;
	return { ...choices, isConfirmed: emailConfirmedAt !== null };
}

/** The pace of this name. @throws {Refusal} 422 with the field */
export function readPace(text: string, field: keyof MailChoices): MailPace {
	const known = MAIL_PACES.find((pace) => pace === text);
	if (known) return known;
	throw invalid('pace', 'Choose how soon you want mail.', field);
}

/** Keeps what the actor chooses. @throws {Refusal} 401, 422 with the field, 429 */
export async function choose(
	db: Database,
	actor: Actor,
	input: Record<keyof MailChoices, string>
): Promise<void> {
	requireAccount(actor);
	const mailsAnswers = readPace(input.answers, 'answers');
	const mailsFollowed = readPace(input.followed, 'followed');
	await db.write(async (tx) => {
		await limits.take(tx, limits.arrange, actor);
		await tx
			.update(accounts)
			.set({ mailsAnswers, mailsFollowed })
			.where(eq(accounts.id, actor.accountId));
	});
}
