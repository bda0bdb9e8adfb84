import { randomUUID } from 'node:crypto';
import { post } from '#lib/server/comments/post.ts';
import { open } from '#lib/server/database/open.ts';
import { startSite } from '../../support/server.ts';
import { article, discussion, emptyDatabase, prose, writers } from '../support/discussion.ts';
import { atLeast, median, type Figure } from '../support/figure.ts';
import { measure } from '../support/load.ts';
import { startProgram } from '../support/program.ts';

// How long a disk takes varies by half within seconds, for both alike.
const ROUNDS = 7;
const WRITERS_AT_ONCE = 32;
const POSTS = 1500;

/** Posting over HTTP, durable, against a bare server that does one durable insert for each request. */
async function durable(): Promise<Figure> {
	const { url, slug } = await discussion(50);
	const site = await startSite({ databaseUrl: url, env: { RATE_LIMITS: 'off' } });
	const token = (await site.cli(['token', 'create', 'Writer 1'])).stdout.trim();
	const bare = await startProgram('insert.ts', [(await emptyDatabase()).replace('file:', '')]);
	const body = JSON.stringify({ body: prose(1) });
	const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
	const load = {
		connections: WRITERS_AT_ONCE,
		amount: POSTS,
		method: 'POST' as const,
		headers,
		body
	};
	const ratios: number[] = [];
	let posted = 1_000_000;
	for (let round = 0; round < ROUNDS; round++) {
		const least = await measure(bare.process.pid!, { ...load, url: bare.url });
		const ours = await measure(site.process.pid!, {
			...load,
			url: `${site.url}/api/v1/articles/${slug}/comments`,
			vary: (request) => ({
				...request,
				headers: { ...headers, 'idempotency-key': randomUUID() },
				body: JSON.stringify({ body: prose(posted++) })
			})
		});
		ratios.push(ours.rate / least.rate);
	}
	await Promise.all([bare.stop(), site.stop()]);
	return atLeast('post.durable.32', 0.5, median(ratios));
}

/** Posting transactions committed in groups against the same ones committed one at a time. */
async function grouped(): Promise<Figure> {
	const db = await open(await emptyDatabase());
	const people = await writers(db);
	const slug = await article(db, 'Grouped');
	let posted = 0;
	const one = (number: number) =>
		post(db, people[number % people.length], { article: slug, body: prose(posted++) });
	const timed = async (work: () => Promise<void>) => {
		const start = performance.now();
		await work();
		return performance.now() - start;
	};
	const ratios: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const alone = await timed(async () => {
			for (let number = 0; number < POSTS; number++) await one(number);
		});
		const together = await timed(async () => {
			for (let done = 0; done < POSTS; done += WRITERS_AT_ONCE) {
				await Promise.all(Array.from({ length: WRITERS_AT_ONCE }, (_, index) => one(done + index)));
			}
		});
		ratios.push(alone / together);
	}
	await db.close();
	return atLeast('write.grouped.32', 3, median(ratios));
}

/** What it costs to keep a comment. */
export async function figures(): Promise<Figure[]> {
	return [await durable(), await grouped()];
}
