import { and, desc, eq, gt } from 'drizzle-orm';
import { digest, newSecret } from '../accounts/secrets.ts';
import { atLeast, type Actor, type Member } from '../actor.ts';
import { hasSlug } from '../articles/slugs.ts';
import { textFor, type Versioned } from '../articles/versions.ts';
import { now } from '../clock.ts';
import { assertNotBarred } from '../comments/rules.ts';
import { isWholeNumber } from '../cursors.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { accounts, articles, problems } from '../database/schema.ts';
import { newId } from '../ids.ts';
import * as limits from '../limits/limits.ts';
import { conflict, notFound } from '../refusal.ts';
import { accept, type AcceptedProblem, type SaidWrong } from './input.ts';
import { PASSAGE_LENGTH } from './lengths.ts';
import { keyIn, paragraph } from './passages.ts';

/** What a reader sends about an article. */
export interface ProblemInput extends SaidWrong {
	/** The article's slug. */
	article: string;
	/** The version that was seen; the one that stands without it, or where there is no such version. */
	version?: number;
	/** The key of the paragraph that the passage was taken from, if it is known. */
	passageKey?: string;
	/** Of somebody without an account: the secret that their form was made with; sent twice, it is one problem. */
	secret?: string;
	/** What came in a field that people do not see: only a machine fills it in. */
	trap?: string;
}

/** A problem that was sent. */
export interface Sent {
	id: string;
	/** What opens its page for somebody without an account; null for an account, whose it is. */
	secret: string | null;
}

/** What the form shows of an article. */
export interface Reporting {
	article: { title: string; url: string };
	version: number;
	/** The words of the paragraph that an address names, '' for none. */
	passage: string;
	/** What somebody without an account sends along. */
	secret: string | null;
}

// As `newSecret` makes them.
const SECRET = /^[\w-]{43}$/;
// The same words again within so long (milliseconds) were meant once.
const AGAIN = 10 * 60_000;

async function visible(db: Read, actor: Actor, slug: string) {
	const [article] = await db
		.select({
			id: articles.id,
			title: articles.title,
			standfirst: articles.standfirst,
			body: articles.body,
			version: articles.version,
			publishedAt: articles.publishedAt
		})
		.from(articles)
		.where(hasSlug(articles, slug));
	if (!article || (article.publishedAt === null && !atLeast(actor, 'editor'))) {
		throw notFound('article');
	}
	return article;
}

/** The version that was seen, and the paragraph of it in which the passage begins. */
async function placeOf(
	db: Read,
	actor: Actor,
	article: Versioned,
	{ version = article.version, passage = '', passageKey = '' }: ProblemInput
): Promise<{ version: number; passageKey: string | null }> {
	const seen = isWholeNumber(version) ? await textFor(db, actor, article, version) : null;
	if (!seen) return { version: article.version, passageKey: null };
	return { version, passageKey: passage === '' ? null : keyIn(seen.body, passage, passageKey) };
}

type NewProblem = Omit<typeof problems.$inferInsert, 'accountId' | 'secretHash'>;

/** What an account said in the same words just before: a button pressed twice. */
async function saidJustBefore(tx: Tx, accountId: string, said: NewProblem): Promise<string | null> {
	const [before] = await tx
		.select({ id: problems.id })
		.from(problems)
		.where(
			and(
				eq(problems.accountId, accountId),
				eq(problems.articleId, said.articleId),
				eq(problems.kind, said.kind),
				eq(problems.words, said.words),
				eq(problems.passage, said.passage ?? ''),
				gt(problems.createdAt, new Date(now().getTime() - AGAIN))
			)
		)
		.orderBy(desc(problems.id))
		.limit(1);
	return before?.id ?? null;
}

async function sendAs(db: Database, actor: Member, row: NewProblem): Promise<Sent> {
	const { accountId } = actor;
	return db.write(async (tx) => {
		// Twice at once, the second waits here and finds the first.
		await forUpdate(
			tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId))
		);
		const before = await saidJustBefore(tx, accountId, row);
		if (before !== null) return { id: before, secret: null };
		await limits.take(tx, limits.problem, actor);
		await tx.insert(problems).values({ ...row, accountId });
		return { id: row.id, secret: null };
	});
}

async function bySecret(db: Read, secretHash: string, said: NewProblem): Promise<string | null> {
	const [before] = await db.select().from(problems).where(eq(problems.secretHash, secretHash));
	if (!before) return null;
	const isSame = (['articleId', 'kind', 'words', 'passage', 'guestEmail'] as const).every(
		(field) => before[field] === said[field]
	);
	if (isSame) return before.id;
	throw conflict('key-reused', 'This was sent already with other words. Send again to add these.');
}

async function sendAsGuest(
	db: Database,
	actor: Actor,
	row: NewProblem,
	secret: string
): Promise<Sent> {
	const secretHash = digest(secret);
	const before = await bySecret(db.read, secretHash, row);
	if (before !== null) return { id: before, secret };
	const id = await db.write(async (tx) => {
		await limits.take(tx, limits.problem, actor);
		const [stored] = await tx
			.insert(problems)
			.values({ ...row, secretHash })
			.onConflictDoNothing({ target: problems.secretHash })
			.returning({ id: problems.id });
		return stored?.id ?? bySecret(tx, secretHash, row);
	});
	return { id: id!, secret };
}

/**
 * Sends the desk what is wrong with an article; with or without an account. A passage that the version
 * does not have is kept as plain words.
 * @throws {Refusal} 403 when barred, 404 for an article that the actor may not see, 409 for a form that was
 * sent with other words, 422 naming the field, 429.
 */
export async function send(db: Database, actor: Actor, input: ProblemInput): Promise<Sent> {
	assertNotBarred(actor);
	const article = await visible(db.read, actor, input.article);
	const said: AcceptedProblem = accept(input);
	const id = newId();
	const place = await placeOf(db.read, actor, article, { ...input, passage: said.passage });
	const row = { id, articleId: article.id, ...said, ...place, createdAt: now() };
	if (actor.accountId !== null) return sendAs(db, actor as Member, { ...row, guestEmail: null });
	const secret = SECRET.test(input.secret ?? '') ? input.secret! : newSecret();
	// A machine learns nothing from its answer.
	if (input.trap) return { id, secret };
	return sendAsGuest(db, actor, row, secret);
}

/**
 * What the form shows: the article, and the words of one of its paragraphs.
 * @param key the key of the paragraph; '' for none.
 * @throws {Refusal} 403 when barred, 404 for an article that the actor may not see.
 */
export async function forReporting(
	db: Database,
	actor: Actor,
	slug: string,
	key: string
): Promise<Reporting> {
	assertNotBarred(actor);
	const { title, body, version } = await visible(db.read, actor, slug);
	return {
		article: { title, url: `/articles/${slug}` },
		version,
		passage: (key && paragraph(body, key)?.text.slice(0, PASSAGE_LENGTH)) || '',
		secret: actor.accountId === null ? newSecret() : null
	};
}
