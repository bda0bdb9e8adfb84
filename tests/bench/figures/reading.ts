import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import { system } from '#lib/server/actor.ts';
import { SORTS } from '#lib/server/comments/view.ts';
import { open } from '#lib/server/database/open.ts';
import { startSite, type Site } from '../../support/server.ts';
import { discussion, discussions } from '../support/discussion.ts';
import { atLeast, atMost, median, type Figure } from '../support/figure.ts';
import { measure, unkept, type Load } from '../support/load.ts';
import { startProgram } from '../support/program.ts';

// Short ones by turns: how fast a shared machine is changes within seconds, for both alike.
const ROUNDS = 11;
const CONNECTIONS = 8;
const BARE_REQUESTS = 10_000;
const RENDERINGS = 500;
/** Discussions that are read once, in each round. */
const UNREAD = 150;
/**
 * Discussions that are read in each order before first pages are measured. V8 goes on compiling for some two
 * thousand of them, on threads of its own: a tenth of what a page costs meanwhile, and nothing in a server
 * that runs for days.
 */
const WARMING = 600;

/** Processor time of a load on our server as a multiple of a bare server's for the same bytes. */
async function againstBare(site: Site, load: Load): Promise<number> {
	const page = Buffer.from(await (await fetch(load.url, { headers: load.headers })).arrayBuffer());
	const file = `${site.databaseUrl.replace('file:', '')}.page`;
	await writeFile(file, page);
	const bare = await startProgram('read.ts', [file]);
	const ratios: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const least = await measure(bare.process.pid!, {
			url: bare.url,
			connections: CONNECTIONS,
			amount: BARE_REQUESTS
		});
		const ours = await measure(site.process.pid!, load);
		ratios.push(ours.cost / least.cost);
	}
	await bare.stop();
	return median(ratios);
}

/** A new reader's session, as a header. */
async function session(databaseUrl: string): Promise<{ cookie: string }> {
	const db = await open(databaseUrl);
	try {
		const account = await accounts.create(db, system, {
			name: 'Rita Reader',
			email: 'rita@example.org',
			role: 'reader',
			password: randomUUID()
		});
		const { token } = await sessions.create(db, account.id);
		return { cookie: `session=${token}` };
	} finally {
		await db.close();
	}
}

async function anonymous(): Promise<number> {
	const { url, slug } = await discussion(200);
	const site = await startSite({ databaseUrl: url });
	try {
		return await againstBare(site, {
			url: `${site.url}/articles/${slug}`,
			connections: CONNECTIONS,
			amount: BARE_REQUESTS
		});
	} finally {
		await site.stop();
	}
}

/** What a page of 50 comments costs that nobody has read, that guests have read, and that a reader asks for. */
async function rendering(): Promise<{ first: number; again: number; signedIn: number }> {
	const { url, slugs } = await discussions(50, ROUNDS * UNREAD + WARMING);
	const paths = slugs.map((slug) => `/articles/${slug}`);
	const warming = paths.splice(0, WARMING);
	const headers = await session(url);
	const site = await startSite({ databaseUrl: url });
	const load = {
		url: site.url + warming[0],
		connections: CONNECTIONS,
		amount: RENDERINGS
	};
	const each = (paths: string[]): Load['vary'] => {
		return (request) => ({ ...request, path: paths.pop() });
	};
	try {
		await measure(site.process.pid!, { ...load, amount: WARMING, vary: unkept });
		const again = await againstBare(site, { ...load, vary: unkept });
		const signedIn = await againstBare(site, { ...load, headers });
		const orders = warming.flatMap((path) => SORTS.map((sort) => `${path}?sort=${sort}&once`));
		await measure(site.process.pid!, { ...load, amount: orders.length, vary: each(orders) });
		const first = await againstBare(site, { ...load, amount: UNREAD, vary: each(paths) });
		return { first, again, signedIn };
	} finally {
		await site.stop();
	}
}

/**
 * What a reader's page costs against a bare `node:http` server that sends the same bytes:
 * `read.anonymous.200` as the share of its speed; as multiples of its processor time `read.first.50` (of a
 * discussion that nobody has read since the server started), `read.again.50` (of one that is in memory, at an
 * address whose page is not) and `read.signed_in.50` (for a reader who is signed in).
 */
export async function figures(): Promise<Figure[]> {
	const share = 1 / (await anonymous());
	const { first, again, signedIn } = await rendering();
	return [
		atLeast('read.anonymous.200', 0.9, share),
		atMost('read.first.50', 30, first),
		atMost('read.again.50', 30, again),
		atMost('read.signed_in.50', 35, signedIn)
	];
}
