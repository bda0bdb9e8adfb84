import { setTimeout } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { slugOf } from '../../lib/server/articles/slugs.ts';
import { now } from '../../lib/server/clock.ts';
import { dialect } from '../../lib/server/database/columns.ts';
import type { Database } from '../../lib/server/database/database.ts';
import {
	accounts,
	articles,
	bylines,
	categories,
	comments,
	quotes
} from '../../lib/server/database/schema.ts';
import { idMaker } from '../../lib/server/ids.ts';
import * as site from '../../lib/server/site/site.ts';
import { ARTICLE_RENDERER_VERSION } from '../../lib/server/text/render.ts';
import { demo } from '../content.ts';
import { chanceOf, type Chance } from './chance.ts';
import { madeNames } from './names.ts';
import { articleSizes, peopleFor } from './sizes.ts';
import { madeBodies, madeTexts, madeTitle } from './texts.ts';
import { discussionOf, type Discussion, type Made, type Material, type Writer } from './threads.ts';

/** What is generated. */
export interface LargeSite {
	/** How many comments. */
	comments: number;
	/** All of them on one article. */
	inOneArticle?: boolean;
	/** The same seed at the same time makes the same site. */
	seed?: number;
	/** Is told how many comments there are so far. */
	onComments?: (made: number) => void;
}

const DAY = 86_400_000;
const YEARS = 3;
// The newsroom's own articles stay on top.
const NEWEST_DAYS_AGO = Math.max(...demo.articles.map(({ hoursAgo }) => hoursAgo)) / 24 + 1;
const IN_ONE_DAYS_AGO = 30;
// Within what either database takes as parameters: 23 columns a comment.
const ROWS_AT_ONCE = 1000;
const COMMENTS_AT_ONCE = 4000;
// A server that waits for SQLite's lock looks again about this often.
const PAUSE_MS = dialect === 'sqlite' ? 20 : 0;

async function insertAll(db: Database, work: Parameters<Database['write']>[0]): Promise<void> {
	await db.write(work);
	if (PAUSE_MS > 0) await setTimeout(PAUSE_MS);
}

function* parts<T>(items: T[], size = ROWS_AT_ONCE): Generator<T[]> {
	for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

async function makeWriters(db: Database, count: number, since: Date): Promise<Writer[]> {
	const taken = await db.read.select({ skeleton: accounts.nameSkeleton }).from(accounts);
	const idAt = idMaker();
	const names = [...madeNames(count, new Set(taken.map((row) => row.skeleton)))];
	const step = (now().getTime() - since.getTime()) / (count * 4);
	const people = names.map(({ name, key, skeleton }, index) => {
		const createdAt = new Date(since.getTime() - 30 * DAY + index * step);
		return { id: idAt(createdAt), name, nameKey: key, nameSkeleton: skeleton, createdAt };
	});
	for (const part of parts(people)) {
		await insertAll(db, async (tx) => void (await tx.insert(accounts).values(part)));
	}
	return people.map(({ id, name }) => ({ id, name }));
}

interface Planned extends Discussion {
	row: typeof articles.$inferInsert;
}

/** The articles in the order in which they came out, each with the size of its discussion. */
async function* plan(
	db: Database,
	chance: Chance,
	{ comments: count, inOneArticle = false }: LargeSite
): AsyncGenerator<Planned> {
	const sections = await db.read.select({ id: categories.id }).from(categories);
	const authors = await db.read.select({ id: bylines.id }).from(bylines);
	const bodies = madeBodies(chance);
	const sizes = shuffled(chance, articleSizes(count, inOneArticle));
	const idAt = idMaker();
	const end = now().getTime() - (inOneArticle ? IN_ONE_DAYS_AGO : NEWEST_DAYS_AGO) * DAY;
	const start = inOneArticle ? end : end - YEARS * 365 * DAY;
	for (const [index, size] of sizes.entries()) {
		const publishedAt = new Date(start + ((end - start) * (index + 1)) / sizes.length);
		const title = madeTitle(chance);
		const id = idAt(publishedAt);
		const row = {
			id,
			slug: `${slugOf(title)}-${(index + 1).toString(36)}`,
			title,
			...chance.pick(bodies),
			rendererVersion: ARTICLE_RENDERER_VERSION,
			categoryId: chance.pick(sections)?.id ?? null,
			bylineId: chance.pick(authors)?.id ?? null,
			publishedAt,
			createdAt: publishedAt,
			updatedAt: publishedAt
		};
		const days = inOneArticle ? IN_ONE_DAYS_AGO - 1 : 1 + Math.log10(size + 1);
		const endsAt = new Date(publishedAt.getTime() + days * DAY);
		yield { articleId: id, publishedAt, endsAt, size, row };
	}
}

function shuffled<T>(chance: Chance, items: T[]): T[] {
	for (let at = items.length - 1; at > 0; at--) {
		const other = chance.below(at + 1);
		[items[at], items[other]] = [items[other], items[at]];
	}
	return items;
}

/** What is made and not stored yet. */
interface Unstored {
	articles: (typeof articles.$inferInsert)[];
	made: Made[];
	/** How many published comments each article gets with this. */
	published: Map<string, number>;
}

function nothing(): Unstored {
	return { articles: [], made: [], published: new Map() };
}

/** Stores articles, comments and what they quote, with the counts. */
async function store(db: Database, unstored: Unstored): Promise<void> {
	const quoted = unstored.made.flatMap(({ quote }) => quote ?? []);
	await insertAll(db, async (tx) => {
		for (const part of parts(unstored.articles)) await tx.insert(articles).values(part);
		for (const part of parts(unstored.made)) {
			await tx.insert(comments).values(part.map(({ comment }) => comment));
		}
		for (const part of parts(quoted)) await tx.insert(quotes).values(part);
		for (const [id, more] of unstored.published) {
			await tx
				.update(articles)
				.set({
					commentCount: sql`${articles.commentCount} + ${more}`,
					revision: sql`${articles.revision} + 1`
				})
				.where(eq(articles.id, id));
		}
	});
}

/** Makes articles and their comments. */
async function makeDiscussions(
	db: Database,
	material: Material,
	input: LargeSite
): Promise<number> {
	let total = 0;
	let unstored = nothing();
	const flush = async () => {
		await store(db, unstored);
		unstored = nothing();
		input.onComments?.(total);
	};
	for await (const { row, ...discussion } of plan(db, material.chance, input)) {
		unstored.articles.push(row);
		for (const made of discussionOf(material, discussion)) {
			total++;
			unstored.made.push(made);
			const published = Number(made.comment.status === 'published');
			unstored.published.set(row.id, (unstored.published.get(row.id) ?? 0) + published);
			if (unstored.made.length >= COMMENTS_AT_ONCE) await flush();
		}
	}
	await flush();
	return total;
}

/**
 * Adds a site of any size to a database: people, articles and comments in threads as readers make them,
 * with counts that are right. Takes memory for some thousand comments, however many are made.
 * @returns how many articles and comments it made.
 */
export async function generate(
	db: Database,
	input: LargeSite
): Promise<{ articles: number; comments: number }> {
	const chance = chanceOf(input.seed ?? 1);
	const since = new Date(now().getTime() - YEARS * 365 * DAY);
	const writers = await makeWriters(db, peopleFor(input.comments), since);
	const material = { chance, texts: madeTexts(chance), writers, idAt: idMaker(), now: now() };
	const made = await makeDiscussions(db, material, input);
	await db.write((tx) => site.touch(tx));
	return {
		articles: articleSizes(input.comments, input.inOneArticle ?? false).length,
		comments: made
	};
}
