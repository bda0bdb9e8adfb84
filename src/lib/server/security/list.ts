import { and, desc, eq, gte, lt, or, type SQL } from 'drizzle-orm';
import { byName } from '../accounts/accounts.ts';
import { requireRole, type Actor } from '../actor.ts';
import { idOf, idPage } from '../cursors.ts';
import { alias } from '../database/columns.ts';
import type { Database, Read } from '../database/database.ts';
import { accounts, securityEvents } from '../database/schema.ts';
import { firstIdAt } from '../ids.ts';
import * as limits from '../limits/limits.ts';
import * as events from './events.ts';
import type { SecurityEventKind } from './kinds.ts';

const PAGE = 50;
/** Rows of a download: what a spreadsheet opens at once, and no server minds. */
export const MOST_EXPORTED = 10_000;

/** An event as administrators read it. */
export interface EventView {
	id: string;
	kind: SecurityEventKind;
	at: Date;
	/** Who did it; null for a guest, and for the operator. */
	actor: string | null;
	/** Whom it is about; null for nobody's account. */
	account: string | null;
	/** Null once it is some months old. */
	address: string | null;
	requestId: string;
	details: Record<string, string>;
}

/** Which events. */
export interface EventFilter {
	kind?: SecurityEventKind;
	/** Of whom: who did it, or whom it is about. */
	name?: string;
	address?: string;
	/** From the beginning of this time, and before the other. */
	from?: Date;
	before?: Date;
}

// The same table a second time: who did it.
const actors = alias(accounts, 'actor');

function select(read: Read) {
	const { id, kind, createdAt, address, requestId, details } = securityEvents;
	return read
		.select({
			...{ id, kind, at: createdAt, address, requestId, details },
			actor: actors.name,
			account: accounts.name
		})
		.from(securityEvents)
		.leftJoin(accounts, eq(accounts.id, securityEvents.accountId))
		.leftJoin(actors, eq(actors.id, securityEvents.actorId));
}

/** The condition of a filter; null where it names somebody whom there is not. */
async function matching(read: Read, filter: EventFilter): Promise<SQL | undefined | null> {
	const { kind, name, address, from, before } = filter;
	const { id, accountId, actorId } = securityEvents;
	const person = name ? await byName(read, name) : undefined;
	if (person === null) return null;
	return and(
		kind ? eq(securityEvents.kind, kind) : undefined,
		person ? or(eq(accountId, person.id), eq(actorId, person.id)) : undefined,
		address ? eq(securityEvents.address, address) : undefined,
		from ? gte(id, firstIdAt(from)) : undefined,
		before ? lt(id, firstIdAt(before)) : undefined
	);
}

/**
 * What bears on security, newest first, a page at a time.
 * @throws {Refusal} 401, 403 for all but administrators, 400 for a bad cursor.
 */
export async function page(
	db: Database,
	actor: Actor,
	{ cursor, ...filter }: EventFilter & { cursor?: string | null } = {}
): Promise<{ items: EventView[]; next: string | null }> {
	requireRole(actor, 'admin');
	const after = idOf(cursor);
	const condition = await matching(db.read, filter);
	if (condition === null) return { items: [], next: null };
	const rows = await select(db.read)
		.where(and(condition, after === undefined ? undefined : lt(securityEvents.id, after)))
		.orderBy(desc(securityEvents.id))
		.limit(PAGE + 1);
	return idPage(rows, PAGE);
}

/**
 * The newest ten thousand of these events, for a file; that they were taken is an event too.
 * @throws {Refusal} 401, 403 for all but administrators, 429.
 */
export async function exported(
	db: Database,
	actor: Actor,
	filter: EventFilter
): Promise<EventView[]> {
	requireRole(actor, 'admin');
	await db.write(async (tx) => {
		await limits.take(tx, limits.download, actor);
		const about = { accountId: null, details: { what: 'security events' } };
		await events.record(tx, actor, 'export.made', about);
	});
	const condition = await matching(db.read, filter);
	if (condition === null) return [];
	return select(db.read).where(condition).orderBy(desc(securityEvents.id)).limit(MOST_EXPORTED);
}
