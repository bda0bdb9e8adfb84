import { eq } from 'drizzle-orm';
import type { Tx } from '../database/database.ts';
import { articles, type problems } from '../database/schema.ts';
import * as outbox from '../mail/outbox.ts';
import { ofDecision } from '../notifications/tell-decisions.ts';

/** What the desk decided. */
export interface Answered {
	status: 'corrected' | 'not-an-error';
	/** What the desk says. */
	answer: string;
	/** The correction note; '' for none. */
	note: string;
}

const WORDS = {
	corrected: 'The article has been corrected. Thank you.',
	'not-an-error': 'The newsroom looked into it and finds no error.'
};

type Stored = Pick<typeof problems.$inferSelect, 'id' | 'articleId' | 'accountId' | 'guestEmail'>;

/** Nothing that the sender wrote goes into it: the address may be somebody else's. */
async function mail(
	tx: Tx,
	{ articleId }: Stored,
	to: string,
	{ status, answer, note }: Answered
): Promise<void> {
	const [{ slug, title, publishedAt }] = await tx
		.select({ slug: articles.slug, title: articles.title, publishedAt: articles.publishedAt })
		.from(articles)
		.where(eq(articles.id, articleId));
	const isSeen = publishedAt !== null;
	await outbox.enqueue(tx, {
		to,
		subject: isSeen ? `About “${title}”` : 'About the article that you wrote to us about',
		paragraphs: [
			'This address was given with a report of a problem with an article.',
			WORDS[status],
			...(answer === '' ? [] : ['The newsroom answers:', { quote: answer }]),
			...(note === '' ? [] : ['Under the article now stands:', { quote: note }]),
			...(isSeen ? [{ link: { label: title, url: `/articles/${slug}` } }] : []),
			'This is the only mail about it.'
		]
	});
}

/** Tells whoever sent a problem what was decided, by notification or mail, in the decision's transaction. */
export async function tellSender(tx: Tx, stored: Stored, answered: Answered): Promise<void> {
	const { id: problemId, accountId, guestEmail } = stored;
	if (accountId !== null) await ofDecision(tx, accountId, { kind: 'problem', problemId });
	else if (guestEmail !== null) await mail(tx, stored, guestEmail, answered);
}
