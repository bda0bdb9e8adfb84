import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as accounts from '#lib/server/accounts/accounts.ts';
import { system, type Actor } from '#lib/server/actor.ts';
import * as write from '#lib/server/articles/write.ts';
import { chunks } from '#lib/server/chunks.ts';
import { post } from '#lib/server/comments/post.ts';
import type { Posted } from '#lib/server/comments/posting.ts';
import type { Database } from '#lib/server/database/database.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { open } from '#lib/server/database/open.ts';
import * as site from '#lib/server/site/site.ts';

const WRITERS = 20;
// One write to the disk serves so many comments.
const AT_ONCE = 32;
const WORDS =
	'the council said on Monday that work on the harbour wall would begin before the winter storms and nobody on the quay believed a word of it';

const made: string[] = [];
process.once('exit', () => made.forEach((path) => rmSync(path, { recursive: true, force: true })));

/** A new, empty database in a temporary directory, which goes with this process. */
export async function emptyDatabase(): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'afterword-bench-'));
	made.push(directory);
	const url = `file:${join(directory, 'bench.db')}`;
	await migrate(url);
	return url;
}

/** About 400 characters of prose, other words for each number: what repeats another text is held. */
export function prose(number: number): string {
	const words = WORDS.split(' ');
	let state = number + 1;
	const word = () => words[(state = (state * 48_271) % 2_147_483_647) % words.length];
	const sentence = () => words.map(word).join(' ');
	return `Point ${number}: ${sentence()}.\n\nAnd *then* ${sentence()}.`;
}

/** Makes accounts that write, as actors. */
export async function writers(db: Database): Promise<Actor[]> {
	const made: Actor[] = [];
	for (let number = 1; number <= WRITERS; number++) {
		const account = await accounts.create(db, system, {
			name: `Writer ${number}`,
			email: `writer${number}@example.org`,
			role: 'reader',
			password: randomUUID()
		});
		made.push(accounts.actorOf(account, null));
	}
	return made;
}

/** Makes an article. @returns its slug */
export async function article(db: Database, title: string): Promise<string> {
	const nothing = { standfirst: '', category: '', byline: '', url: '' };
	const image = { imageUrl: '', imageAlt: '', imageCredit: '' };
	const input = { title, body: prose(0), ...nothing, ...image, sourceName: '', sourceUrl: '' };
	return (await write.create(db, system, { ...input, published: true })).slug;
}

/** Fills the discussion of an article with `count` comments, a third of them replies. */
async function discuss(db: Database, people: Actor[], slug: string, count: number): Promise<void> {
	let parent: string | null = null;
	for (let number = 1; number <= count; number++) {
		const under: string | null = number % 3 === 0 ? parent : null;
		const posted: Posted = await post(db, people[number % WRITERS], {
			article: slug,
			body: prose(said++),
			parent: under
		});
		parent = posted.id;
	}
}
let said = 1;

/**
 * Makes a database with articles that have a discussion of `count` comments each.
 * @returns its address and the articles' slugs.
 */
export async function discussions(
	count: number,
	articles = 1
): Promise<{ url: string; slugs: string[] }> {
	const url = await emptyDatabase();
	const db = await open(url);
	await site.ensure(db);
	const people = await writers(db);
	const slugs: string[] = [];
	for (let number = 1; number <= articles; number++) {
		slugs.push(await article(db, `A discussion of ${count}, number ${number}`));
	}
	for (const some of chunks(slugs, AT_ONCE)) {
		await Promise.all(some.map((slug) => discuss(db, people, slug, count)));
	}
	await db.close();
	return { url, slugs };
}

/**
 * Makes a database with one article that has a discussion of `count` comments.
 * @returns its address and the article's slug.
 */
export async function discussion(count: number): Promise<{ url: string; slug: string }> {
	const { url, slugs } = await discussions(count);
	return { url, slug: slugs[0] };
}
