import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { chunks } from '../chunks.ts';
import type { Tx } from '../database/database.ts';
import {
	accounts,
	actions,
	articles,
	bylines,
	categories,
	commentingStates,
	comments,
	origins,
	problems,
	sanctions,
	statements
} from '../database/schema.ts';
import { isId } from '../ids.ts';

/** Where a file's records come from. */
export interface Source {
	/** What makes its ids its own. */
	id: string;
	/** False when the file does not say: then only its ids tell one file from another. */
	named: boolean;
	/** Written by our own export: its ids are ours and stay. */
	native: boolean;
	/** The address of the site it comes from; '' when it does not say. */
	url: string;
}

const TABLES = {
	category: categories,
	byline: bylines,
	account: accounts,
	article: articles,
	comment: comments,
	action: actions,
	commenting_state: commentingStates,
	problem: problems,
	sanction: sanctions,
	statement: statements
} as const;

/** The kinds of records that others refer to, or that must not be made twice. */
export type KnownType = keyof typeof TABLES;

/** A row to come into `origins`. */
export type NewOrigin = typeof origins.$inferInsert;

// An index entry of PostgreSQL has at most 2,704 bytes.
const LONGEST_KEY = 200;

/** An id of a source as it is kept: in full, or its hash where it is too long for an index. */
export function keyOf(externalId: string): string {
	if (externalId.length <= LONGEST_KEY) return externalId;
	return `sha256:${createHash('sha256').update(externalId).digest('hex')}`;
}

/** Which records of a source became which rows, as one transaction sees it. */
export function openKnown(tx: Tx, source: Source) {
	const found = new Map<string, string | null>();
	const learnt: NewOrigin[] = [];
	const name = (type: KnownType, key: string) => `${type}\n${key}`;

	async function ask(type: KnownType, keys: string[]): Promise<void> {
		const rows = await tx
			.select({ key: origins.externalId, id: origins.internalId })
			.from(origins)
			.where(
				and(
					eq(origins.source, source.id),
					eq(origins.type, type),
					inArray(origins.externalId, keys)
				)
			);
		for (const key of keys) found.set(name(type, key), null);
		for (const { key, id } of rows) found.set(name(type, key), id);
		if (!source.native) return;
		// Our own ids stay, so a row of that id is the record.
		const own = keys.filter((key) => isId(key) && found.get(name(type, key)) === null);
		if (own.length === 0) return;
		const table = TABLES[type] as typeof comments;
		const there = await tx.select({ id: table.id }).from(table).where(inArray(table.id, own));
		for (const { id } of there) found.set(name(type, id), id);
	}

	return {
		/** Asks about many records at once, so that `get` need not ask for each. */
		async prefetch(wanted: Iterable<[KnownType, string]>): Promise<void> {
			const byType = new Map<KnownType, Set<string>>();
			for (const [type, externalId] of wanted) {
				const key = keyOf(externalId);
				if (found.has(name(type, key))) continue;
				const keys = byType.get(type);
				if (keys) keys.add(key);
				else byType.set(type, new Set([key]));
			}
			for (const [type, keys] of byType) {
				for (const part of chunks([...keys])) await ask(type, part);
			}
		},
		/** The id of the row that a record became; null when it is not there. */
		async get(type: KnownType, externalId: string): Promise<string | null> {
			const key = keyOf(externalId);
			if (!found.has(name(type, key))) await ask(type, [key]);
			return found.get(name(type, key)) ?? null;
		},
		/** Remembers which row a record became. */
		learn(type: KnownType, externalId: string, internalId: string): void {
			const externalKey = keyOf(externalId);
			found.set(name(type, externalKey), internalId);
			if (source.native && externalKey === internalId) return;
			learnt.push({ source: source.id, type, externalId: externalKey, internalId });
		},
		/** Gives up the rows that `learn` has to keep. */
		takeLearnt: (): NewOrigin[] => learnt.splice(0)
	};
}

/** See `openKnown`. */
export type Known = ReturnType<typeof openKnown>;
