import type { Site } from '../../support/server.ts';
import { command, SLUG } from './forum.ts';
import { ask, marker } from './place.ts';

/*
 * The set checker: what was sent, what was acknowledged and what nobody knows, against what is there.
 */

const PATIENCE_MS = 60_000;
/** What a changed comment says after its marker. */
export const EDITED = 'changed';

/** One comment that somebody sends; its only words are its idempotency key. */
export interface Sent {
	marker: string;
	token: string;
	parent?: string;
}

/** What is known of everything that was sent. */
export interface Ledger {
	attempted: Set<string>;
	/** Ids of what the server said it has, by marker. */
	acknowledged: Map<string, string>;
	/** Markers of comments whose author was told that they are changed. */
	edited: Set<string>;
	/** Markers of comments that somebody was told to have voted for. */
	voted: Set<string>;
	/** What nothing was heard of, or was refused: it may be there or not. */
	unknown: Sent[];
	/** How many were refused, by status. */
	refused: Map<number, number>;
	/** How long each answer took. */
	times: number[];
	/** Refusals that did not say when to come back. */
	unexplained: number;
}

export function newLedger(): Ledger {
	return {
		...{ attempted: new Set<string>(), acknowledged: new Map<string, string>(), unknown: [] },
		...{ edited: new Set<string>(), voted: new Set<string>() },
		...{ refused: new Map<number, number>(), times: [], unexplained: 0 }
	};
}

/** What was acknowledged by now, to be looked for in what is there later; what is sent later may be there too. */
export function soFar(ledger: Ledger): Ledger {
	const { attempted, acknowledged, edited, voted } = ledger;
	return {
		...{ ...newLedger(), attempted, acknowledged: new Map(acknowledged) },
		...{ edited: new Set(edited), voted: new Set(voted) }
	};
}

type Address = Pick<Site, 'url'>;

/** Sends one comment. @returns the status, 0 for no answer, with the id if it was taken */
async function post({ url }: Address, sent: Sent) {
	const start = performance.now();
	try {
		const answer = await fetch(`${url}/api/v1/articles/${SLUG}/comments`, {
			method: 'POST',
			headers: {
				...{ authorization: `Bearer ${sent.token}`, 'content-type': 'application/json' },
				'idempotency-key': sent.marker
			},
			body: JSON.stringify({ body: sent.marker, parent: sent.parent }),
			signal: AbortSignal.timeout(PATIENCE_MS)
		});
		const text = await answer.text();
		const taken = answer.status === 200 || answer.status === 201;
		const id = taken ? (JSON.parse(text) as { id: string }).id : null;
		const retryAfter = answer.headers.get('retry-after');
		return { status: answer.status, id, retryAfter, ms: performance.now() - start };
	} catch {
		return { status: 0, id: null, retryAfter: null, ms: performance.now() - start };
	}
}

/** Sends one comment and writes down what came of it. */
export async function write(site: Address, ledger: Ledger, sent: Sent): Promise<string | null> {
	ledger.attempted.add(sent.marker);
	const { status, id, ms, retryAfter } = await post(site, sent);
	ledger.times.push(ms);
	if (id !== null) ledger.acknowledged.set(sent.marker, id);
	else {
		ledger.unknown.push(sent);
		if (status !== 0) ledger.refused.set(status, (ledger.refused.get(status) ?? 0) + 1);
		if (status === 503 && retryAfter === null) ledger.unexplained += 1;
	}
	return id;
}

/** Sends a change of a comment. @returns whether it was taken */
async function change(
	site: Address,
	ledger: Ledger,
	path: string,
	init: RequestInit,
	token: string
) {
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
	const signal = AbortSignal.timeout(PATIENCE_MS);
	try {
		const answer = await fetch(`${site.url}/api/v1/comments/${path}`, { ...init, headers, signal });
		await answer.text();
		if (answer.status === 200) return true;
		ledger.refused.set(answer.status, (ledger.refused.get(answer.status) ?? 0) + 1);
		if (answer.status === 503 && !answer.headers.has('retry-after')) ledger.unexplained += 1;
	} catch {
		// Nothing was heard: it may be there or not.
	}
	return false;
}

/** Its author changes a comment, and somebody else votes for it. @returns whether both were taken */
export async function reconsider(
	site: Address,
	ledger: Ledger,
	sent: Sent,
	id: string,
	other: string
) {
	const edit = { method: 'PATCH', body: JSON.stringify({ body: `${sent.marker} ${EDITED}` }) };
	if (!(await change(site, ledger, id, edit, sent.token))) return false;
	ledger.edited.add(sent.marker);
	if (!(await change(site, ledger, `${id}/vote`, { method: 'PUT' }, other))) return false;
	ledger.voted.add(sent.marker);
	return true;
}

/** Several people write, each a comment after the other, threads and replies by turns. */
export interface Load {
	ledger: Ledger;
	/** Resolves when so many more were acknowledged, or nobody writes any more. */
	acknowledged(more: number): Promise<void>;
	stop(): Promise<void>;
}

/**
 * Begins to write; whoever hears nothing stops, unless `stubborn`. Where `changes` are made, the first comment of
 * each thread is changed and voted for.
 */
export function load(
	site: Address,
	tokens: string[],
	options: { writers?: number; ledger?: Ledger; stubborn?: boolean; changes?: boolean } = {}
): Load {
	const { writers = 8, ledger = newLedger(), stubborn = false, changes = true } = options;
	let going = true;
	let waiting: { count: number; resolve: () => void }[] = [];
	const look = (all = false) => {
		const reached = waiting.filter(({ count }) => all || ledger.acknowledged.size >= count);
		waiting = waiting.filter((one) => !reached.includes(one));
		reached.forEach(({ resolve }) => resolve());
	};
	const one = async (index: number) => {
		const token = tokens[index % tokens.length];
		const other = tokens[(index + 1) % tokens.length];
		let root: string | undefined;
		for (let number = 0; going; number++) {
			const parent = number % 4 === 0 ? undefined : root;
			const { unknown } = ledger;
			const before = unknown.length;
			const sent = { marker: marker(), token, parent };
			const id = await write(site, ledger, sent);
			if (id === null && !stubborn && unknown.length > before) return;
			look();
			if (id === null || parent !== undefined) continue;
			root = id;
			if (changes && !(await reconsider(site, ledger, sent, id, other)) && !stubborn) return;
		}
	};
	const all = Promise.all(Array.from({ length: writers }, (_, index) => one(index))).then(() =>
		look(true)
	);
	return {
		ledger,
		acknowledged(more) {
			const count = ledger.acknowledged.size + more;
			return new Promise((resolve) => {
				waiting.push({ count, resolve });
				look();
			});
		},
		async stop() {
			going = false;
			await all;
		}
	};
}

/** Sends again, under the same keys, what nobody knows of, twice. @returns what was wrong */
export async function settle(site: Address, ledger: Ledger): Promise<string[]> {
	const wrong: string[] = [];
	for (const sent of ledger.unknown.splice(0)) {
		const first = await post(site, sent);
		const second = await post(site, sent);
		if (first.id === null || first.id !== second.id) {
			wrong.push(`sent again: ${first.status} ${first.id}, then ${second.status} ${second.id}`);
		} else ledger.acknowledged.set(sent.marker, first.id);
	}
	return wrong;
}

interface Row {
	id: string;
	body: string | { text: string }[];
	author_id: string | null;
	parent_id: string | null;
	article_id: string;
}

function textOf({ body }: Row): string {
	const segments = typeof body === 'string' ? (JSON.parse(body) as { text: string }[]) : body;
	return segments[0].text.trim();
}

interface Vote {
	comment_id: string;
}

const VOTES = 'select comment_id from votes';
const SELECT = 'select id, body, author_id, parent_id, article_id from comments';

/** What a database holds against what was sent. @returns what was wrong */
export async function compare(databaseUrl: string, ledger: Ledger): Promise<string[]> {
	const rows = await ask<Row>(databaseUrl, SELECT);
	const votes = new Set((await ask<Vote>(databaseUrl, VOTES)).map((vote) => vote.comment_id));
	const changed = new Set<string>();
	const found = new Map<string, string>();
	const wrong: string[] = [];
	const ids = new Set(rows.map(({ id }) => id));
	for (const row of rows) {
		const [text, ...more] = textOf(row).split(' ');
		if (more.length > 0) changed.add(text);
		if (more.length > 0 && more.join(' ') !== EDITED) wrong.push(`other words: ${textOf(row)}`);
		if (found.has(text)) wrong.push(`twice: ${text}`);
		found.set(text, row.id);
		if (!ledger.attempted.has(text)) wrong.push(`unexpected: ${text}`);
		if (row.author_id === null) wrong.push(`without author: ${row.id}`);
		if (row.parent_id !== null && !ids.has(row.parent_id)) wrong.push(`without parent: ${row.id}`);
	}
	for (const [sent, id] of ledger.acknowledged) {
		if (found.get(sent) !== id) wrong.push(`lost: ${sent}`);
	}
	for (const sent of ledger.edited) if (!changed.has(sent)) wrong.push(`lost change: ${sent}`);
	for (const sent of ledger.voted) {
		if (!votes.has(found.get(sent) ?? '')) wrong.push(`lost vote: ${sent}`);
	}
	return wrong;
}

/** What SQLite itself says of a file. @returns what was wrong */
export async function sound(databaseUrl: string): Promise<string[]> {
	if (!databaseUrl.startsWith('file:')) return [];
	const [said] = await ask<{ integrity_check: string }>(databaseUrl, 'pragma integrity_check');
	const orphans = await ask(databaseUrl, 'pragma foreign_key_check');
	return [
		...(said.integrity_check === 'ok' ? [] : [`integrity: ${said.integrity_check}`]),
		...(orphans.length === 0 ? [] : [`${orphans.length} rows without what they refer to`])
	];
}

/** Whether readers are shown each acknowledged comment once, page after page. @returns what was wrong */
export async function shown({ url }: Address, ledger: Ledger): Promise<string[]> {
	const found = new Map<string, number>();
	let cursor: string | null = '';
	while (cursor !== null) {
		const from = cursor === '' ? '' : `&cursor=${cursor}`;
		const answer = await fetch(`${url}/api/v1/articles/${SLUG}/comments?limit=100${from}`);
		if (!answer.ok) return [`the discussion was refused: ${answer.status}`];
		const page = (await answer.json()) as { items: { id: string }[]; next: string | null };
		for (const { id } of page.items) found.set(id, (found.get(id) ?? 0) + 1);
		cursor = page.next;
	}
	const wrong = [...found].filter(([, times]) => times > 1).map(([id]) => `shown twice: ${id}`);
	for (const id of ledger.acknowledged.values()) {
		if (!found.has(id)) wrong.push(`not shown: ${id}`);
	}
	return wrong;
}

/** Everything that must hold at the end: settled, compared, shown, counted and sound. */
export async function check(site: Site, ledger: Ledger): Promise<string[]> {
	const again = await settle(site, ledger);
	const compared = [...(await compare(site.databaseUrl, ledger)), ...(await shown(site, ledger))];
	return [...again, ...compared, ...(await counted(site)), ...(await sound(site.databaseUrl))];
}

/** Whether the counts that are kept in rows are right. @returns what was wrong */
export async function counted(site: Site): Promise<string[]> {
	const counts = JSON.parse(await command(site, 'recount', '--json')) as {
		wrong: number;
		mended: { what: string }[];
	};
	return counts.wrong === 0 ? [] : [`counts: ${JSON.stringify(counts.mended.slice(0, 3))}`];
}

/** In words. */
export function told({ attempted, acknowledged, edited, voted, refused }: Ledger): string {
	const refusals = [...refused].map(([status, count]) => `${count} × ${status}`).join(', ');
	const no = refusals === '' ? '' : `, refused ${refusals}`;
	const more = `${edited.size} changes and ${voted.size} votes there`;
	return `${attempted.size} sent, ${acknowledged.size} there, ${more}${no}`;
}
