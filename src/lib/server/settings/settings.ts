import { desc, eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { requireRole, type Actor, type Role } from '../actor.ts';
import { now } from '../clock.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { accounts, settings } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { invalid } from '../refusal.ts';
import * as events from '../security/events.ts';

const HISTORY_SHOWN = 50;

/** Something that the newsroom sets for the whole site; each domain declares its own. */
export interface Setting<T> {
	key: string;
	/** What a value must be; its messages are for the person who sets it. */
	schema: v.GenericSchema<unknown, T>;
	/** What holds while nobody has set it. */
	initial: T;
	/** The least role that may change it. */
	role: Role;
}

/** What holds now; `id` names the setting of it, null for the initial value. */
export interface Current<T> {
	id: string | null;
	value: T;
}

const last = prepared((db: Read) =>
	db
		.select({ id: settings.id, value: settings.value })
		.from(settings)
		.where(eq(settings.key, sql.placeholder('key')))
		.orderBy(desc(settings.id))
		.limit(1)
		.prepare('last_setting')
);

/** What holds now. What an earlier version of the software stored and this one cannot read gives way to the initial value. */
export async function current<T>(db: Read, setting: Setting<T>): Promise<Current<T>> {
	const [row] = await last(db).execute({ key: setting.key });
	const stored = row ? v.safeParse(setting.schema, row.value) : null;
	return stored?.success
		? { id: row.id, value: stored.output }
		: { id: null, value: setting.initial };
}

const lastId = prepared((db: Read) =>
	db
		.select({ id: settings.id })
		.from(settings)
		.where(eq(settings.key, sql.placeholder('key')))
		.orderBy(desc(settings.id))
		.limit(1)
		.prepare('last_setting_id')
);
const kept = new WeakMap<object, { id: string | null; current: Current<unknown> }>();

/** `current` for what every post asks: a value is read and checked once, and stays the same object. */
export async function cached<T>(db: Read, setting: Setting<T>): Promise<Current<T>> {
	const [row] = await lastId(db).execute({ key: setting.key });
	const id = row?.id ?? null;
	const held = kept.get(setting);
	if (held?.id === id) return held.current as Current<T>;
	const fresh = await current(db, setting);
	kept.set(setting, { id, current: fresh });
	return fresh;
}

/** A value as its setting takes it. @throws {Refusal} 422, naming the field, for one that cannot be */
export function check<T>(setting: Setting<T>, value: unknown): T {
	const read = v.safeParse(setting.schema, value);
	if (read.success) return read.output;
	const [issue] = read.issues;
	throw invalid('setting', issue.message, v.getDotPath(issue)?.split('.')[0]);
}

/** Keeps a checked value as the one that holds, in the transaction of what else changes with it. */
export async function store<T>(tx: Tx, actor: Actor, { key }: Setting<T>, value: T): Promise<void> {
	const row = { id: newId(), key, value, createdAt: now() };
	await tx.insert(settings).values({ ...row, actorId: actor.accountId });
	const about = { accountId: null, details: { setting: key } };
	await events.record(tx, actor, 'setting.changed', about);
}

/**
 * Sets a value for the whole site; the earlier ones are kept.
 * @throws {Refusal} 401 or 403 below the setting's role, 422 for a value that cannot be.
 */
export async function change<T>(
	db: Database,
	actor: Actor,
	setting: Setting<T>,
	value: unknown
): Promise<void> {
	requireRole(actor, setting.role);
	const checked = check(setting, value);
	await db.write((tx) => store(tx, actor, setting, checked));
}

/** A value that was set, with who and when; `by` is null for the operator's command line. */
export interface SettingChange<T> {
	id: string;
	value: T;
	by: string | null;
	at: Date;
}

/** The values that were set, newest first, at most fifty. @throws {Refusal} 401 or 403 below the setting's role */
export async function history<T>(
	db: Database,
	actor: Actor,
	setting: Setting<T>
): Promise<SettingChange<T>[]> {
	requireRole(actor, setting.role);
	const rows = await db.read
		.select({
			id: settings.id,
			value: settings.value,
			by: accounts.name,
			at: settings.createdAt
		})
		.from(settings)
		.leftJoin(accounts, eq(accounts.id, settings.actorId))
		.where(eq(settings.key, setting.key))
		.orderBy(desc(settings.id))
		.limit(HISTORY_SHOWN);
	return rows.flatMap((row) => {
		const read = v.safeParse(setting.schema, row.value);
		return read.success ? { ...row, value: read.output } : [];
	});
}
