import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import { system } from '#lib/server/actor.ts';
import { open } from '#lib/server/database/open.ts';
import { startSite, type Site } from '../../support/server.ts';
import { discussion } from '../support/discussion.ts';
import { atLeast, atMost, median, type Figure } from '../support/figure.ts';
import { measure, unkept, type Load } from '../support/load.ts';
import { startProgram } from '../support/program.ts';

const ROUNDS = 3;
const CONNECTIONS = 8;
const BARE_REQUESTS = 40_000;
const RENDERINGS = 2_000;

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

async function reading(
	comments: number,
	{ signedIn = false, ...load }: Pick<Load, 'amount' | 'vary'> & { signedIn?: boolean }
): Promise<number> {
	const { url, slug } = await discussion(comments);
	const headers = signedIn ? await session(url) : undefined;
	const site = await startSite({ databaseUrl: url });
	try {
		return await againstBare(site, {
			url: `${site.url}/articles/${slug}`,
			connections: CONNECTIONS,
			...load,
			headers
		});
	} finally {
		await site.stop();
	}
}

/**
 * What a reader's page costs against a bare `node:http` server that sends the same bytes:
 * `read.anonymous.200` as the share of its speed, `read.first.50` (a page that no cache has) as a
 * multiple of its processor time, `read.signed_in.50` the same for a reader who is signed in.
 */
export async function figures(): Promise<Figure[]> {
	const anonymous = await reading(200, { amount: BARE_REQUESTS });
	const first = await reading(50, { amount: RENDERINGS, vary: unkept });
	const signedIn = await reading(50, { amount: RENDERINGS, signedIn: true });
	return [
		atLeast('read.anonymous.200', 0.9, 1 / anonymous),
		atMost('read.first.50', 30, first),
		atMost('read.signed_in.50', 35, signedIn)
	];
}
