import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { startSite, type Site } from '../../support/server.ts';
import { discussion, prose } from '../support/discussion.ts';
import { atMost, median, type Figure } from '../support/figure.ts';
import { residentMemory } from '../support/program.ts';

const READERS = 1000;
const AT_ONCE = 50;
const PAGES_BEFORE = 200;
const LOOKS = 5;

/** Opens a stream of what changes, and waits for its first words. */
async function listen(agent: Agent, url: string): Promise<IncomingMessage> {
	const request = get(url, { agent, headers: { accept: 'text/event-stream' } });
	const [answer] = (await once(request, 'response')) as [IncomingMessage];
	if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}.`);
	return answer;
}

/** Whether a stream tells of a comment. */
function told(stream: IncomingMessage): Promise<void> {
	return new Promise((resolve) => {
		stream.setEncoding('utf8').on('data', (text: string) => {
			if (text.includes('event: comments')) resolve();
		});
	});
}

/** The middle of some looks, each after a page was read: a single one catches a collection half done. */
async function memory(site: Site, page: string): Promise<number> {
	const seen: number[] = [];
	for (let look = 0; look < LOOKS; look++) {
		await (await fetch(page)).text();
		seen.push(residentMemory(site.process.pid!));
	}
	return median(seen);
}

/** What a thousand readers with the page open add to the server's memory, each of whom hears of a post. */
export async function figures(): Promise<Figure[]> {
	const { url, slug } = await discussion(50);
	// As it is run where there is little memory: elsewhere the room for new objects grows with whatever is done.
	const site = await startSite({ databaseUrl: url, env: { RATE_LIMITS: 'off', HEAP_MB: '256' } });
	const token = (await site.cli(['token', 'create', 'Writer 1'])).stdout.trim();
	const page = `${site.url}/articles/${slug}`;
	for (let read = 0; read < PAGES_BEFORE; read++) await (await fetch(page)).text();
	const before = await memory(site, page);
	const agent = new Agent({ maxSockets: Infinity });
	const streams: IncomingMessage[] = [];
	while (streams.length < READERS) {
		const more = Array.from({ length: AT_ONCE }, () => listen(agent, `${page}/live`));
		streams.push(...(await Promise.all(more)));
	}
	const after = await memory(site, page);
	const all = Promise.all(streams.map(told));
	const posted = await fetch(`${site.url}/api/v1/articles/${slug}/comments`, {
		method: 'POST',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		body: JSON.stringify({ body: prose(1_000_000) })
	});
	if (posted.status !== 201) throw new Error(await posted.text());
	await all;
	for (const stream of streams) stream.destroy();
	await site.stop();
	return [atMost(`memory.live.${READERS}`, 30, after - before, 'MB')];
}
