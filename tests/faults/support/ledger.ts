import type { Site } from '../../support/server.ts';
import { command, SLUG } from './forum.ts';
import { ask, marker } from './place.ts';

/*
 * The set checker: what was sent, what was acknowledged and what nobody knows, against what is there.
 */

const PATIENCE_MS = 60_000;

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
		...{ refused: new Map<number, number>(), times: [], unexplained: 0 }
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

/** Several people write, each a comment after the other, threads and replies by turns. */
export interface Load {
	ledger: Ledger;
	/** Resolves when so many more were acknowledged, or nobody writes any more. */
	acknowledged(more: number): Promise<void>;
	stop(): Promise<void>;
}

/** Begins to write; whoever hears nothing stops, unless `stubborn`. */
export function load(
	site: Address,
	tokens: string[],
	options: { writers?: number; ledger?: Ledger; stubborn?: boolean } = {}
): Load {
	const { writers = 8, ledger = newLedger(), stubborn = false } = options;
	let going = true;
	let waiting: { count: number; resolve: () => void }[] = [];
	const look = (all = false) => {
		const reached = waiting.filter(({ count }) => all || ledger.acknowledged.size >= count);
		waiting = waiting.filter((one) => !reached.includes(one));
		reached.forEach(({ resolve }) => resolve());
	};
	const one = async (index: number) => {
		const token = tokens[index % tokens.length];
		let root: string | undefined;
		for (let number = 0; going; number++) {
			const parent = number % 4 === 0 ? undefined : root;
			const { unknown } = ledger;
			const before = unknown.length;
			const id = await write(site, ledger, { marker: marker(), token, parent });
			if (id === null && !stubborn && unknown.length > before) return;
			if (id !== null && parent === undefined) root = id;
			look();
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

const SELECT = 'select id, body, author_id, parent_id, article_id from comments';

/** What a database holds against what was sent. @returns what was wrong */
export async function compare(databaseUrl: string, ledger: Ledger): Promise<string[]> {
	const rows = await ask<Row>(databaseUrl, SELECT);
	const found = new Map<string, string>();
	const wrong: string[] = [];
	const ids = new Set(rows.map(({ id }) => id));
	for (const row of rows) {
		const text = textOf(row);
		if (found.has(text)) wrong.push(`twice: ${text}`);
		found.set(text, row.id);
		if (!ledger.attempted.has(text)) wrong.push(`unexpected: ${text}`);
		if (row.author_id === null) wrong.push(`without author: ${row.id}`);
		if (row.parent_id !== null && !ids.has(row.parent_id)) wrong.push(`without parent: ${row.id}`);
	}
	for (const [sent, id] of ledger.acknowledged) {
		if (found.get(sent) !== id) wrong.push(`lost: ${sent}`);
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

/** Everything that must hold at the end: settled, compared, counted and sound. */
export async function check(site: Site, ledger: Ledger): Promise<string[]> {
	const again = await settle(site, ledger);
	const compared = await compare(site.databaseUrl, ledger);
	const counts = JSON.parse(await command(site, 'recount', '--json')) as {
		wrong: number;
		mended: { what: string }[];
	};
	const counted =
		counts.wrong === 0 ? [] : [`counts: ${JSON.stringify(counts.mended.slice(0, 3))}`];
	return [...again, ...compared, ...counted, ...(await sound(site.databaseUrl))];
}

/** In words. */
export function told({ attempted, acknowledged, refused }: Ledger): string {
	const refusals = [...refused].map(([status, count]) => `${count} × ${status}`).join(', ');
	const no = refusals === '' ? '' : `, refused ${refusals}`;
	return `${attempted.size} sent, ${acknowledged.size} there${no}`;
}
