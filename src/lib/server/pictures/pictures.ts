import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { isLimited, requireAccount, type Actor } from '../actor.ts';
import { now } from '../clock.ts';
import { config } from '../config.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { accounts, pictures } from '../database/schema.ts';
import * as limits from '../limits/limits.ts';
import * as log from '../moderation/log.ts';
import { find, mayActOn } from '../moderation/sanctions/target.ts';
import { fetchOutside } from '../outside/fetch.ts';
import { forbidden, invalid, notFound } from '../refusal.ts';
import { normaliseText } from '../text/normalise.ts';
import * as site from '../site/site.ts';
import { remake } from './remake.ts';
import * as unused from './unused.ts';

// What a telephone's picture has when it was made a little smaller.
const LARGEST = 2 * 1024 * 1024;
// What a form has around a file.
const AROUND = 4096;
const ID_LENGTH = 32;
const LONGEST_REASON = 1000;
const TYPES = ['image/jpeg', 'image/png', 'image/webp'];

/** The most bytes that an uploaded picture may have. */
export function largest(): number {
	return Math.max(0, Math.min(LARGEST, config().bodyLimit - AROUND));
}

/** Whether people may give themselves pictures. */
export function areOn(): boolean {
	return config().pictures;
}

/** The image of a picture (WebP); null for none. */
export async function read(db: Read, id: string): Promise<Buffer | null> {
	const [row] = await db.select().from(pictures).where(eq(pictures.id, id));
	return row ? Buffer.from(row.image, 'base64') : null;
}

/** The id of the actor's picture; null for the one that is drawn. @throws {Refusal} 401 for a guest. */
export async function own(db: Database, actor: Actor): Promise<string | null> {
	requireAccount(actor);
	const where = eq(accounts.id, actor.accountId);
	const [row] = await db.read.select({ id: accounts.pictureId }).from(accounts).where(where);
	return row.id;
}

/** Gives an account a picture or none; the one before goes, unless another account has the same. */
async function change(tx: Tx, accountId: string, id: string | null): Promise<boolean> {
	const where = eq(accounts.id, accountId);
	const [{ before }] = await tx.select({ before: accounts.pictureId }).from(accounts).where(where);
	if (before === id) return false;
	const revision = sql`${accounts.revision} + 1`;
	await tx.update(accounts).set({ pictureId: id, revision }).where(where);
	await unused.drop(tx, before);
	// It stands beside the name wherever its owner wrote.
	await site.touch(tx);
	return true;
}

async function give(db: Database, accountId: string, bytes: Uint8Array): Promise<void> {
	const image = await remake(bytes);
	const id = createHash('sha256').update(image).digest('hex').slice(0, ID_LENGTH);
	await db.write(async (tx) => {
		const row = { id, image: image.toString('base64'), createdAt: now() };
		// One that is there is locked, so that it does not go while it is given.
		const { id: target, createdAt } = pictures;
		const same = { createdAt: sql`${createdAt}` };
		await tx.insert(pictures).values(row).onConflictDoUpdate({ target, set: same });
		await change(tx, accountId, id);
	});
}

/**
 * Gives the actor's account a picture.
 * @throws {Refusal} 401 for a guest, 403 for who may not take part, 404 where there are no pictures, 422
 * for a file that is none of ours, 429.
 */
export async function set(db: Database, actor: Actor, bytes: Uint8Array): Promise<void> {
	requireAccount(actor);
	if (!areOn()) throw notFound('page');
	if (actor.barred) throw forbidden();
	if (bytes.length === 0 || bytes.length > largest()) {
		const most = Math.floor(largest() / 1024);
		throw invalid('picture-size', `Please choose a picture of at most ${most} kB.`, 'picture');
	}
	await db.write((tx) => limits.take(tx, limits.picture, actor));
	await give(db, actor.accountId, bytes);
}

/** Takes the actor's picture away; the drawn one shows again. @throws {Refusal} 401 for a guest. */
export async function remove(db: Database, actor: Actor): Promise<void> {
	requireAccount(actor);
	const { accountId } = actor;
	await db.write((tx) => change(tx, accountId, null));
}

/**
 * Takes somebody's picture away, with a line in the log.
 * @throws {Refusal} 401, 403 below moderator, about oneself or staff at one's rank or above or limited to
 * categories, 404, 422 without a reason.
 */
export async function take(
	db: Database,
	actor: Actor,
	input: { name: string; reason: string }
): Promise<void> {
	const target = await find(db.read, actor, input.name);
	if (!mayActOn(actor, target)) throw forbidden('Somebody above them decides about this.');
	if (isLimited(actor)) throw forbidden('This is for moderators of the whole site.');
	const reason = normaliseText(input.reason).trim();
	if (reason === '' || reason.length > LONGEST_REASON) {
		throw invalid('reason', `Give a reason of at most ${LONGEST_REASON} characters.`, 'reason');
	}
	await db.write(async (tx) => {
		if (!(await change(tx, target.id, null))) throw notFound('picture');
		await log.record(tx, actor, {
			kind: 'account.picture',
			subject: { accountId: target.id },
			reason
		});
	});
}

/** Gives a new account the picture that it has elsewhere; without one that can be had, nothing happens. */
export async function adopt(db: Database, accountId: string, url: string): Promise<void> {
	if (!areOn() || url === '') return;
	const fetched = await fetchOutside(url, { types: TYPES }).catch(() => null);
	if (fetched) await give(db, accountId, fetched.body).catch(() => undefined);
}
