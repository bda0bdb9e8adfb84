import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { guest } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import { SORTS, type Sort } from '#lib/server/comments/view.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { open } from '#lib/server/database/open.ts';
import { comments } from '#lib/server/database/schema.ts';
import { runCommand } from '../../support/command.ts';
import { startSite, type Site } from '../../support/server.ts';
import { emptyDatabase, prose } from '../support/discussion.ts';
import { atMost, median, type Figure } from '../support/figure.ts';
import { measure, unkept } from '../support/load.ts';
import { residentMemory } from '../support/program.ts';
import { oneThread } from '../support/threads.ts';

const ROUNDS = 3;
const REQUESTS = 300;
const CONNECTIONS = 4;

const LOADED_ROUNDS = 5;
const MADE_PAGES = 1000;
const KEPT_PAGES = 5000;
/** Comments that are read by their own addresses: more than the server keeps pages of. */
const DIFFERENT_COMMENTS = 5000;

// What an ordinary busy thread has, against the extremes.
const SMALL_THREAD = 100;
const WIDE_THREAD = 100_000;
const DEEP_THREAD = 1000;

/** Every page is made anew, also one that is read again. */
const MADE_ANEW = { RATE_LIMITS: 'off', PAGE_CACHE_MB: '0' };

interface Grown {
	site: Site;
	slug: string;
	token: string;
	/** What is read beside the article's page. */
	comment?: string;
	/** What is answered. */
	parent?: string;
}

/** A reader of the site who posts by the API. */
async function tokenOf(site: Site, isThere = false): Promise<string> {
	const email = 'bench@example.org';
	const account = ['account', 'create', 'Bench Writer', '--email', email, '--role', 'reader'];
	if (!isThere) await site.cli(account, randomUUID());
	return (await site.cli(['token', 'create', 'Bench Writer'])).stdout.trim();
}

/** A database with so many comments, in one discussion or in many; whether it was there already. */
async function filled(comments: number, inOne: boolean): Promise<{ url: string; isOld: boolean }> {
	const kept = process.env.BENCH_DATABASES;
	const file = join(kept ?? '', `${inOne ? 'discussion' : 'site'}-${comments}.db`);
	const isOld = kept !== undefined && existsSync(file);
	const url = kept === undefined ? await emptyDatabase() : `file:${file}`;
	if (isOld) return { url, isOld };
	await migrate(url);
	const where = inOne ? ['--in-one-article'] : [];
	const made = await runCommand(url, ['demo', '--comments', String(comments), ...where]);
	if (made.code !== 0) throw new Error(made.stderr);
	return { url, isOld };
}

/** A site with so many comments, in one discussion or in many. */
async function grown(comments: number, inOne: boolean): Promise<Grown> {
	const { url: databaseUrl, isOld } = await filled(comments, inOne);
	const site = await startSite({ databaseUrl, env: MADE_ANEW });
	const token = await tokenOf(site, isOld);
	const db = await open(databaseUrl);
	const { items } = await articles.latest(db, guest(), { limit: 100 });
	await db.close();
	const open_ = items.filter((item) => item.commenting === 'open');
	const busiest = open_.toSorted((a, b) => b.commentCount - a.commentCount)[0];
	return { site, slug: busiest.slug, token };
}

/** A site whose only discussion is one thread; its last reply is read and answered. */
async function grownThread(replies: number, shape: 'wide' | 'deep'): Promise<Grown> {
	const { url: databaseUrl, slug, last } = await oneThread(replies, shape);
	const site = await startSite({ databaseUrl, env: MADE_ANEW });
	return { site, slug, token: await tokenOf(site), comment: last, parent: last };
}

/** What a page costs that has to be made. */
async function readCost({ site, slug, comment }: Grown): Promise<number> {
	const url = `${site.url}${comment ? `/c/${comment}` : `/articles/${slug}`}`;
	return (await measure(site.process.pid!, { url, connections: CONNECTIONS, amount: REQUESTS }))
		.cost;
}

// Other words each time: what repeats another text is held.
let posted = 1_000_000 + Math.floor(Math.random() * 1_000_000_000);

async function postCost({ site, slug, token, parent }: Grown): Promise<number> {
	const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
	const { cost } = await measure(site.process.pid!, {
		url: `${site.url}/api/v1/articles/${slug}/comments`,
		connections: CONNECTIONS,
		amount: REQUESTS,
		method: 'POST',
		headers,
		vary: (request) => ({
			...request,
			headers: { ...headers, 'idempotency-key': randomUUID() },
			body: JSON.stringify({ body: prose(posted++), parent })
		})
	});
	return cost;
}

/** The cost on the large site as a multiple of that on the small one, measured in turns. */
async function ratio(small: Grown, large: Grown, cost: (site: Grown) => Promise<number>) {
	const ratios: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const least = await cost(small);
		ratios.push((await cost(large)) / least);
	}
	return median(ratios);
}

/** What one long thread costs against an ordinary one: its page, a comment in its context, a reply. */
async function threadFigures(shape: 'wide' | 'deep', replies: number): Promise<Figure[]> {
	const small = await grownThread(SMALL_THREAD, shape);
	const large = await grownThread(replies, shape);
	const page = ({ comment: _comment, ...grown }: Grown) => readCost(grown);
	const name = `grow.thread.${shape}.${size(replies)}`;
	const found = [
		atMost(name, 1.3, await ratio(small, large, page)),
		atMost(`${name}.context`, 1.3, await ratio(small, large, readCost)),
		atMost(`${name}.post`, 1.3, await ratio(small, large, postCost))
	];
	await Promise.all([small.site.stop(), large.site.stop()]);
	return found;
}

function size(comments: number): string {
	return comments >= 1_000_000 ? `${comments / 1_000_000}m` : `${comments / 1000}k`;
}

const AS_BROWSERS = { 'accept-encoding': 'gzip, deflate, br, zstd' };

/** The addresses of a discussion's pages in one order. */
async function pagesOf({ site, slug }: Grown, sort: Sort): Promise<string[]> {
	const paths: string[] = [];
	let next: string | undefined = `/articles/${slug}?sort=${sort}`;
	while (next !== undefined) {
		paths.push(next);
		const text = await (await fetch(site.url + next, { headers: AS_BROWSERS })).text();
		next = /href="([^"#]+)[^"]*" rel="next"/.exec(text)?.[1].replaceAll('&amp;', '&');
	}
	return paths;
}

/** Asks three times for more pages than the server keeps, as browsers take them. */
async function fillCaches(grown: Grown): Promise<void> {
	const { site } = grown;
	const db = await open(site.databaseUrl);
	const some = await db.read.select({ id: comments.id }).from(comments).limit(DIFFERENT_COMMENTS);
	await db.close();
	const paths = some.map(({ id }) => `/c/${id}`);
	for (const sort of SORTS) paths.push(...(await pagesOf(grown, sort)));
	const all = [...paths, ...paths, ...paths];
	await measure(site.process.pid!, {
		...{ url: site.url, connections: CONNECTIONS, headers: AS_BROWSERS, amount: all.length },
		vary: (request) => ({ ...request, path: all.pop() })
	});
}

/**
 * The memory of a site under the load of a busy evening: whatever it keeps in memory is full, pages that have to
 * be made, as browsers take them, kept ones, and posts. The middle of some looks: a single one catches a collection
 * half done.
 */
async function memoryUnderLoad(grown: Grown): Promise<number> {
	const { site, slug } = grown;
	const pid = site.process.pid!;
	const headers = AS_BROWSERS;
	const load = { url: `${site.url}/articles/${slug}`, connections: CONNECTIONS, headers };
	await fillCaches(grown);
	const seen: number[] = [];
	for (let round = 0; round < LOADED_ROUNDS; round++) {
		await measure(pid, { ...load, amount: MADE_PAGES, vary: unkept });
		seen.push(residentMemory(pid));
		await measure(pid, { ...load, amount: KEPT_PAGES });
		await postCost(grown);
		seen.push(residentMemory(pid));
	}
	return median(seen);
}

/**
 * What reading and posting cost as a discussion grows.
 * @param full measures the design's size; else a tenth of it, under its own name.
 */
export async function discussion(full: boolean): Promise<Figure[]> {
	const comments = full ? 1_000_000 : 100_000;
	const small = await grown(100, true);
	const large = await grown(comments, true);
	const growth = [
		atMost(`grow.discussion.${size(comments)}`, 1.3, await ratio(small, large, readCost)),
		atMost(`grow.post.${size(comments)}`, 1.3, await ratio(small, large, postCost))
	];
	await Promise.all([small.site.stop(), large.site.stop()]);
	// As it is run where there is little memory, with what it keeps there.
	const { databaseUrl } = large.site;
	const site = await startSite({ databaseUrl, env: { RATE_LIMITS: 'off', HEAP_MB: '256' } });
	const memory = await memoryUnderLoad({ ...large, site });
	await site.stop();
	return [...growth, atMost(`memory.site.${size(comments)}`, 200, memory, 'MB')];
}

/** What a long thread costs: 100,000 replies to one comment, and a chain of 1,000. */
export async function threads(): Promise<Figure[]> {
	return [
		...(await threadFigures('wide', WIDE_THREAD)),
		...(await threadFigures('deep', DEEP_THREAD))
	];
}

/**
 * What reading costs as a database grows.
 * @param full measures the design's size; else a hundredth of it, under its own name.
 */
export async function database(full: boolean): Promise<Figure[]> {
	const comments = full ? 10_000_000 : 100_000;
	const small = await grown(10_000, false);
	const large = await grown(comments, false);
	const found = [
		atMost(`grow.database.${size(comments)}`, 1.5, await ratio(small, large, readCost))
	];
	await Promise.all([small.site.stop(), large.site.stop()]);
	return found;
}
