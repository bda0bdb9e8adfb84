import { Agent, request } from 'node:http';
import { hostCookie } from '#lib/server/accounts/sessions/sessions.ts';
import { prose } from '../support/discussion.ts';
import type { Newsroom } from './newsroom.ts';

/** How often each thing is done in a second: with the pace of an hour, 200,000 requests. */
const RATES = { read: 30, readSignedIn: 12, post: 5, vote: 7, report: 0.5, moderate: 1 };
export type Kind = keyof typeof RATES;
export const KINDS = Object.keys(RATES) as Kind[];

/** More of a kind under way than this, and the server cannot keep up: what comes then is left out. */
const MOST_UNDER_WAY = 40;
const RECENT = 200;
const PATIENCE_MS = 30_000;
const SECOND = 1000;

/** What became of the requests of a kind. */
export interface Tally {
	done: number;
	failed: number;
	/** Not sent, because too many were under way. */
	leftOut: number;
	/** Milliseconds of each answer since they were last taken. */
	times: number[];
}

/** A load that goes on until it is stopped. */
export interface Load {
	tallies: Record<Kind, Tally>;
	/** What answers that were none of the expected said, a few of them. */
	faults: string[];
	stop(): Promise<void>;
}

interface Comment {
	id: string;
	author: number;
}

interface Answer {
	status: number;
	text: string;
}

type Send = (method: string, path: string, headers?: object, json?: object) => Promise<Answer>;

function sender(url: string, agent: Agent): Send {
	return (method, path, headers = {}, json) =>
		new Promise((resolve, reject) => {
			const body = json === undefined ? undefined : JSON.stringify(json);
			const type = body === undefined ? {} : { 'content-type': 'application/json' };
			const options = { method, agent, timeout: PATIENCE_MS, headers: { ...headers, ...type } };
			const sent = request(url + path, options, (response) => {
				let text = '';
				response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
				response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
				response.once('error', reject);
			});
			sent.once('timeout', () => sent.destroy(new Error('No answer.')));
			sent.once('error', reject);
			sent.end(body);
		});
}

/** One of a list, another one each time. */
function chooser(): <T>(list: readonly T[]) => T {
	let turn = 0;
	return (list) => list[(turn = (turn + 7_919) % 1_000_003) % list.length];
}

/** What is done; each answers with the status that came, and takes what it needs from what was done before. */
function acts(room: Newsroom, url: string, send: Send): Record<Kind, () => Promise<Answer>> {
	const choose = chooser();
	const cookie = hostCookie('session', url).name;
	const recent: Comment[] = [];
	const removed: string[] = [];
	const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
	const reason = { reason: 'It was time.' };
	const page = () => `/articles/${choose(room.articles)}`;
	/** A recent comment, and the token of somebody else. */
	const another = () => {
		const { id, author } = choose(recent);
		return { id, who: bearer(choose(room.writers.toSpliced(author, 1))) };
	};
	return {
		read: () => send('GET', choose([page(), page(), page(), '/', `${page()}?sort=best`])),
		readSignedIn: () => send('GET', page(), { cookie: `${cookie}=${choose(room.sessions)}` }),
		async post() {
			const author = room.posted % room.writers.length;
			const answer = await send('POST', `/api/v1${page()}/comments`, bearer(room.writers[author]), {
				body: prose(room.posted++)
			});
			if (answer.status === 201) {
				recent.push({ id: (JSON.parse(answer.text) as { id: string }).id, author });
				if (recent.length > RECENT) recent.shift();
			}
			return answer;
		},
		async vote() {
			const { id, who } = another();
			return send(choose(['PUT', 'PUT', 'DELETE']), `/api/v1/comments/${id}/vote`, who);
		},
		async report() {
			const { id, who } = another();
			return send('POST', `/api/v1/comments/${id}/report`, who, { reason: 'off-topic', note: '' });
		},
		async moderate() {
			const id = removed.length > 20 ? removed.shift()! : null;
			const target = id ?? choose(recent).id;
			const verb = id === null ? 'remove' : 'restore';
			const path = `/api/v1/comments/${target}/${verb}`;
			const answer = await send('POST', path, bearer(room.moderator), reason);
			if (verb === 'remove' && answer.status === 200) removed.push(target);
			return answer;
		}
	};
}

/** Refusals that come of what others did in the meantime: what is gone is neither voted for nor removed again. */
const RACES: Partial<Record<Kind, number[]>> = {
	vote: [404, 409],
	report: [404, 409],
	moderate: [404, 409]
};

/** Begins the load; nothing is voted for before something was posted. */
export function startLoad(room: Newsroom, url: string): Load {
	const agent = new Agent({ keepAlive: true, maxSockets: 64 });
	const all = acts(room, url, sender(url, agent));
	const faults: string[] = [];
	const underWay = new Set<Promise<void>>();
	const tallies = Object.fromEntries(
		KINDS.map((kind) => [kind, { done: 0, failed: 0, leftOut: 0, times: [] }])
	) as unknown as Record<Kind, Tally>;
	const waiting = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;

	async function one(kind: Kind): Promise<void> {
		const tally = tallies[kind];
		const start = performance.now();
		try {
			const { status, text } = await all[kind]();
			if (status >= 300 && !RACES[kind]?.includes(status)) throw new Error(`${status} ${text}`);
			tally.done += 1;
			tally.times.push(performance.now() - start);
		} catch (error) {
			tally.failed += 1;
			if (faults.length < 10) faults.push(`${kind}: ${String(error).slice(0, 300)}`);
		}
	}

	function begin(kind: Kind): void {
		if (tallies.post.done === 0 && kind !== 'post' && !kind.startsWith('read')) return;
		if (waiting[kind] >= MOST_UNDER_WAY) {
			tallies[kind].leftOut += 1;
			return;
		}
		waiting[kind] += 1;
		const doing: Promise<void> = one(kind).finally(() => {
			waiting[kind] -= 1;
			underWay.delete(doing);
		});
		underWay.add(doing);
	}

	const timers = KINDS.map((kind) => setInterval(() => begin(kind), SECOND / RATES[kind]));
	return {
		tallies,
		faults,
		async stop() {
			timers.forEach((timer) => clearInterval(timer));
			await Promise.all(underWay);
			agent.destroy();
		}
	};
}
