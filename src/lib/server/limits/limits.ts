import { and, eq, gt, inArray, lt, lte, or, sql } from 'drizzle-orm';
import type { Actor } from '../actor.ts';
import { isStaff } from '../actor.ts';
import { now } from '../clock.ts';
import { config } from '../config.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { rateLimits } from '../database/schema.ts';
import { prepared } from '../database/prepared.ts';
import { within } from '../database/within.ts';
import { Refusal } from '../refusal.ts';
import type { Limit, Subject } from './named.ts';
import { network } from './network.ts';

export {
	appeal,
	arrange,
	changeEmail,
	download,
	edit,
	followLink,
	leave,
	mailTo,
	notice,
	ownData,
	passkey,
	picture,
	post,
	preview,
	problem,
	rehearse,
	rename,
	report,
	resend,
	reset,
	search,
	secondFactor,
	securityEvent,
	signIn,
	signInAccount,
	signInElsewhere,
	signInEverywhere,
	signInLink,
	signUp,
	vote,
	work
} from './named.ts';
export type { Allowance, Limit, Subject } from './named.ts';

const MOST_ALLOWANCES = 4;
// More than any allowance can owe.
const LONGEST_DEBT_MS = 24 * 60 * 60 * 1000;

interface Count {
	key: string;
	/** Milliseconds that one act costs. */
	cost: number;
	/** The act is allowed if the allowance is whole again by then. */
	bound: Date;
}

function countsOf(limit: Limit, subject: Subject, at: Date): Count[] {
	const counts = limit.allowances.flatMap(({ by, burst, seconds }) => {
		const cost = Math.round(seconds * 1000);
		const key = `${limit.name}:${by}:${burst}:${subject[by]}`;
		const bound = new Date(at.getTime() + (burst - 1) * cost);
		return subject[by] ? [{ key, cost, bound }] : [];
	});
	// One order of locking for everybody, so that two transactions never wait for each other.
	return counts.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A waiting time in words: "20 seconds", "3 minutes". */
function duration(seconds: number): string {
	const [count, unit] = seconds < 90 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function time(name: string) {
	return sql.param(sql.placeholder(name), rateLimits.wholeAt);
}

/** Takes one act from so many keys: from each that has room, which it answers with. */
function spender(count: number) {
	const indexes = Array.from({ length: count }, (_, n) => n);
	const { key, wholeAt } = rateLimits;
	return prepared((tx: Tx) =>
		tx
			.insert(rateLimits)
			.values(
				indexes.map((n) => ({
					key: sql.placeholder(`key${n}`),
					wholeAt: sql.placeholder(`wholeAt${n}`)
				}))
			)
			.onConflictDoUpdate({
				target: key,
				// What stands in `excluded` is the start and the cost of one act.
				set: {
					wholeAt: sql`case when ${wholeAt} > ${time('start')} then ${wholeAt} + (excluded.whole_at - ${time('start')}) else excluded.whole_at end`
				},
				setWhere: or(
					...indexes.map((n) =>
						and(eq(key, sql.placeholder(`key${n}`)), lte(wholeAt, time(`bound${n}`)))
					)
				)
			})
			.returning({ key })
			.prepare(`take-${count}`)
	);
}

const spenders = Array.from({ length: MOST_ALLOWANCES + 1 }, (_, count) => spender(count));

type Row = typeof rateLimits.$inferSelect;

async function rowsOf(read: Read, counts: Count[]): Promise<Row[]> {
	const keys = counts.map((count) => count.key);
	return read.select().from(rateLimits).where(inArray(rateLimits.key, keys));
}

function refusal(limit: Limit, over: Count[], rows: Row[], at: Date): Refusal {
	const waits = over.map(({ key, bound }) => {
		const wholeAt = rows.find((row) => row.key === key)?.wholeAt ?? at;
		return wholeAt.getTime() - bound.getTime();
	});
	const retryAfter = Math.max(1, Math.ceil(Math.max(...waits) / 1000));
	const words = `${limit.words} Please try again in ${duration(retryAfter)}.`;
	return new Refusal(429, 'too-many', words, { retryAfter });
}

/** Whom an actor's acts count for under a limit: nobody when the limit does not hold for them. */
export function subjectOf(limit: Limit, actor: Actor): Subject {
	if (actor.role === 'system' || (isStaff(actor) && !limit.staff)) return {};
	return {
		account: actor.accountId,
		network: actor.address === null ? null : network(actor.address)
	};
}

/**
 * Takes one act from a limit for a subject, in the transaction given: when that is rolled back,
 * nothing was taken. GCRA: each key keeps only the time at which its allowance is whole again.
 * @throws {Refusal} 429 with `retryAfter`; throw it on, so that nothing is taken of the others.
 */
export async function takeFor(tx: Tx, limit: Limit, subject: Subject, at = now()): Promise<void> {
	const counts = config().rateLimits ? countsOf(limit, subject, at) : [];
	if (counts.length === 0) return;
	const values = counts.flatMap(({ key, cost, bound }, n) => [
		[`key${n}`, key],
		[`wholeAt${n}`, new Date(at.getTime() + cost)],
		[`bound${n}`, bound]
	]);
	const spend = spenders[counts.length](tx);
	const taken = await spend.execute({ start: at, ...Object.fromEntries(values) });
	const over = counts.filter(({ key }) => !taken.some((row) => row.key === key));
	if (over.length > 0) throw refusal(limit, over, await rowsOf(tx, over), at);
}

/**
 * Takes one act of an actor from a limit, for the account and for the network.
 * @throws {Refusal} 429 with `retryAfter`.
 */
export function take(tx: Tx, limit: Limit, actor: Actor, at = now()): Promise<void> {
	return takeFor(tx, limit, subjectOf(limit, actor), at);
}

/**
 * Asks whether a limit would refuse an act of an actor now, and takes nothing: for before work that would
 * be done for nothing. What decides is `take`, in the act's transaction.
 * @throws {Refusal} 429 with `retryAfter`.
 */
export async function ask(read: Read, limit: Limit, actor: Actor, at = now()): Promise<void> {
	const counts = config().rateLimits ? countsOf(limit, subjectOf(limit, actor), at) : [];
	const rows = counts.length > 0 ? await rowsOf(read, counts) : [];
	const over = counts.filter(({ key, bound }) =>
		rows.some((row) => row.key === key && row.wholeAt > bound)
	);
	if (over.length > 0) throw refusal(limit, over, rows, at);
}

/** What tells somebody from others under a limit, the account or else the network; null whom it does not hold for. */
export function keyOf(limit: Limit, actor: Actor): string | null {
	const { account, network } = config().rateLimits ? subjectOf(limit, actor) : {};
	return account ?? network ?? null;
}

/** Makes a subject's allowances whole again: the attempts turned out to be its own. */
export async function forget(tx: Tx, limit: Limit, subject: Subject): Promise<void> {
	const keys = countsOf(limit, subject, now()).map((count) => count.key);
	if (keys.length > 0) await tx.delete(rateLimits).where(inArray(rateLimits.key, keys));
}

/** Whether a subject has used more than this share (0 to 1) of an allowance of a limit. */
export async function isNear(
	read: Read,
	limit: Limit,
	subject: Subject,
	share: number
): Promise<boolean> {
	const at = now();
	const counts = config().rateLimits ? countsOf(limit, subject, at) : [];
	for (const { key, cost, bound } of counts) {
		const [row] = await read.select().from(rateLimits).where(eq(rateLimits.key, key));
		const whole = bound.getTime() + cost - at.getTime();
		if (row && row.wholeAt.getTime() - at.getTime() > whole * share) return true;
	}
	return false;
}

/** Gives one act back: it turned out to be none that the limit is meant for. */
export async function giveBack(tx: Tx, limit: Limit, subject: Subject): Promise<void> {
	for (const { key, cost } of countsOf(limit, subject, now())) {
		const [row] = await forUpdate(tx.select().from(rateLimits).where(eq(rateLimits.key, key)));
		if (!row) continue;
		const wholeAt = new Date(row.wholeAt.getTime() - cost);
		await tx.update(rateLimits).set({ wholeAt }).where(eq(rateLimits.key, key));
	}
}

/**
 * Deletes what is whole again and so says nothing, and what a clock that was wrong for a while left
 * in the far future.
 */
export async function sweep(db: Database | Tx): Promise<void> {
	await within(db, async (tx) => {
		const { wholeAt } = rateLimits;
		const implausible = new Date(now().getTime() + LONGEST_DEBT_MS);
		await tx.delete(rateLimits).where(or(lt(wholeAt, now()), gt(wholeAt, implausible)));
	});
}
