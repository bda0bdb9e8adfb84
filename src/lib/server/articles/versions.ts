import { and, eq } from 'drizzle-orm';
import { atLeast, type Actor } from '../actor.ts';
import type { Database, Read } from '../database/database.ts';
import { articleVersions, articles } from '../database/schema.ts';
import { notFound } from '../refusal.ts';
import { render } from './accepted.ts';
import { hasSlug } from './slugs.ts';

/** The words of an article in one version. */
export interface VersionText {
	title: string;
	standfirst: string;
	/** Markdown. */
	body: string;
	/** When another one took its place; null for the one that stands. */
	replacedAt: Date | null;
}

/** A version of an article as its page shows it. */
export interface VersionView {
	article: { id: string; slug: string; title: string; revision: number };
	version: number;
	title: string;
	standfirst: string;
	bodyHtml: string;
	replacedAt: Date | null;
}

/** What of an article its versions are found by; the words are those of the version that stands. */
export interface Versioned {
	id: string;
	version: number;
	title: string;
	standfirst: string;
	body: string;
	publishedAt: Date | null;
}

/** Whether a version that was replaced then had been published before: what a draft said is nobody's business. */
export function wasPublished(replacedAt: Date, publishedAt: Date | null): boolean {
	return publishedAt !== null && replacedAt > publishedAt;
}

/** A version's words as everyone may read them; null when there is none, or it was never published. */
export async function textOf(
	db: Read,
	article: Versioned,
	version: number
): Promise<VersionText | null> {
	if (article.publishedAt === null) return null;
	const text = await find(db, article, version);
	if (!text?.replacedAt) return text;
	return wasPublished(text.replacedAt, article.publishedAt) ? text : null;
}

/** A version's words as the actor may read them: editors read drafts too. Null when there is none for them. */
export async function textFor(
	db: Read,
	actor: Actor,
	article: Versioned,
	version: number
): Promise<VersionText | null> {
	return atLeast(actor, 'editor') ? find(db, article, version) : textOf(db, article, version);
}

async function find(db: Read, article: Versioned, version: number): Promise<VersionText | null> {
	if (version === article.version) {
		const { title, standfirst, body } = article;
		return { title, standfirst, body, replacedAt: null };
	}
	const [row] = await db
		.select({
			title: articleVersions.title,
			standfirst: articleVersions.standfirst,
			body: articleVersions.body,
			replacedAt: articleVersions.replacedAt
		})
		.from(articleVersions)
		.where(and(eq(articleVersions.articleId, article.id), eq(articleVersions.version, version)));
	return row ?? null;
}

/**
 * An article as it stood in a version, rendered anew.
 * @throws {Refusal} 404 when there is no such version; drafts, and versions from before an article was
 * published, but for editors too.
 */
export async function read(
	db: Database,
	actor: Actor,
	slug: string,
	version: number
): Promise<VersionView> {
	const [article] = await db.read.select().from(articles).where(hasSlug(articles, slug));
	if (!article) throw notFound('article');
	const text = await textFor(db.read, actor, article, version);
	if (!text) throw notFound('version');
	const { title, standfirst, body, replacedAt } = text;
	const { id, revision } = article;
	return {
		article: { id, slug, title: article.title, revision },
		version,
		title,
		standfirst,
		bodyHtml: render(body, 'body', { passages: true }),
		replacedAt
	};
}
