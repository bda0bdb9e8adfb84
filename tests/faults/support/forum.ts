import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startSite, type Site, type SiteOptions } from '../../support/server.ts';

export const SLUG = 'the-pier';
const WRITERS = ['Ann Pell', 'Bo Rudd', 'Cy Dent', 'Di Ames'];

/** A site with an article, and people who write under it by program. */
export interface Forum {
	site: Site;
	tokens: string[];
}

/** What nobody waits for in vain. */
const PATIENCE_MS = 60_000;
/** Browsers take longer. */
const COME_BACK_MS = 50;
const UNLIMITED = { RATE_LIMITS: 'off' };

/** Runs a command of ours on a site's database. @throws {Error} with what it said when it fails */
export async function command(site: Pick<Site, 'cli'>, ...args: string[]): Promise<string> {
	const { code, stdout, stderr } = await site.cli(args);
	if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
	return stdout;
}

/** Starts a server on a database. */
export function serve(databaseUrl: string, options: SiteOptions = {}): Promise<Site> {
	return startSite({ ...options, databaseUrl, env: { ...UNLIMITED, ...options.env } });
}

/** Makes the article and the people. */
export async function furnish(site: Site): Promise<string[]> {
	const directory = mkdtempSync(join(tmpdir(), 'afterword-forum-'));
	const file = join(directory, 'paper.jsonl');
	const rows = [
		...WRITERS.map((name) => ({ type: 'account', id: name, name, role: 'reader' })),
		{ type: 'article', id: SLUG, title: 'The pier', body: 'It is gone.' }
	];
	writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
	await command(site, 'import', file, '--strict');
	rmSync(directory, { recursive: true });
	const tokens: string[] = [];
	for (const name of WRITERS) tokens.push((await command(site, 'token', 'create', name)).trim());
	return tokens;
}

/** Starts a server on a new database and furnishes it. */
export async function openForum(databaseUrl: string, options: SiteOptions = {}): Promise<Forum> {
	const site = await serve(databaseUrl, options);
	return { site, tokens: await furnish(site) };
}

/** Ends a server as a power cut would: nothing is closed, nobody is told. */
export async function kill({ process: server }: Site): Promise<void> {
	if (server.exitCode !== null || server.signalCode !== null) return;
	const gone = once(server, 'exit');
	server.kill('SIGKILL');
	await gone;
}

/** Asks for a page. @returns its status, 0 when there was no answer, and the milliseconds it took */
export async function page(
	site: Pick<Site, 'url'>,
	path = `/articles/${SLUG}`
): Promise<{ status: number; text: string; ms: number; retryAfter: string | null }> {
	const start = performance.now();
	try {
		const answer = await fetch(site.url + path, { signal: AbortSignal.timeout(PATIENCE_MS) });
		const text = await answer.text();
		const retryAfter = answer.headers.get('retry-after');
		return { status: answer.status, text, ms: performance.now() - start, retryAfter };
	} catch {
		return { status: 0, text: '', ms: performance.now() - start, retryAfter: null };
	}
}

/** The moment that the article's page shows. @throws {Error} when there is no page */
export async function shownMoment(site: Pick<Site, 'url'>): Promise<string> {
	const { status, text } = await page(site);
	const [, moment] = /data-moment="([^"]+)"/.exec(text) ?? [];
	if (moment === undefined) throw new Error(`The page answered ${status} without its moment.`);
	return moment;
}

/** Listens as an open page does that shows a moment, which comes back when it is turned away. @returns what it is told, until that matches */
export async function hear(
	site: Pick<Site, 'url'>,
	moment: string,
	until: RegExp
): Promise<string> {
	const signal = AbortSignal.timeout(PATIENCE_MS);
	const headers = { accept: 'text/event-stream' };
	let text = '';
	while (!signal.aborted) {
		try {
			const address = `${site.url}/articles/${SLUG}/live?since=${moment}`;
			const { status, body } = await fetch(address, { headers, signal });
			const decoder = new TextDecoder();
			for await (const chunk of status === 200 ? body! : []) {
				text += decoder.decode(chunk, { stream: true });
				if (until.test(text)) return text;
			}
		} catch {
			// Nobody answers, or not to the end.
		}
		await setTimeout(COME_BACK_MS);
	}
	return text;
}

/** Asks for a page over and over. @returns how to stop, which tells how long each took and what else than 200 came */
export function watch(site: Pick<Site, 'url'>, path?: string) {
	let going = true;
	const times: number[] = [];
	const others: number[] = [];
	const done = (async () => {
		while (going) {
			const { status, ms } = await page(site, path);
			times.push(ms);
			if (status !== 200) others.push(status);
		}
	})();
	return {
		times,
		others,
		async stop() {
			going = false;
			await done;
		}
	};
}
