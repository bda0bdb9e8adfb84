import type { Actor } from '../actor.ts';
import type { Database, Tx } from '../database/database.ts';
import * as limits from '../limits/limits.ts';
import { network } from '../limits/network.ts';
import { isRefusal } from '../refusal.ts';
import * as events from '../security/events.ts';
import * as knownDevices from './known-devices.ts';
import { digest } from './secrets.ts';

/** Somebody who tries to sign in by password. */
interface Try {
	/** A digest of what was typed as a name, the same for an account that there is not. */
	typed: string;
	/** The account that it means; null for none. */
	accountId: string | null;
	/** What the browser's cookie of known devices holds; '' for nothing. */
	device: string;
}

/** A try that the limits let through. */
export interface Attempt {
	accountId: string | null;
	/** The limits that it was taken from, in their order; of each, whom it counts for. */
	taken: [limits.Limit, limits.Subject][];
}

/** A browser that signed in to the account before has an allowance of its own, whatever others do. */
async function countedBy(
	db: Database,
	actor: Actor,
	{ typed, accountId, device }: Try
): Promise<Attempt['taken']> {
	if (await knownDevices.isKnown(db.read, device, accountId ?? '')) {
		return [[limits.signInAccount, { account: `${typed}@device:${digest(device)}` }]];
	}
	const from = actor.address === null ? null : network(actor.address);
	return [
		[limits.signIn, { network: from }],
		[limits.signInAccount, { account: from && `${typed}@${from}` }],
		[limits.signInEverywhere, { account: typed }]
	];
}

/** Records that a try was limited, once an hour for each name that is tried. */
async function recordLimited(db: Database, actor: Actor, tried: Try): Promise<void> {
	const { typed, accountId } = tried;
	try {
		await db.write(async (tx) => {
			await limits.takeFor(tx, limits.limitedSaid, { account: typed });
			await events.record(tx, actor, 'sign-in.limited', { accountId });
		});
	} catch (thrown) {
		if (!isRefusal(thrown)) throw thrown;
	}
}

/** Takes a try from the limits, before the password is looked at. @throws {Refusal} 429 */
export async function begin(db: Database, actor: Actor, tried: Try): Promise<Attempt> {
	const taken = await countedBy(db, actor, tried);
	try {
		await db.write(async (tx) => {
			for (const [limit, subject] of taken) await limits.takeFor(tx, limit, subject);
		});
	} catch (thrown) {
		if (isRefusal(thrown)) await recordLimited(db, actor, tried);
		throw thrown;
	}
	return { accountId: tried.accountId, taken };
}

/** Records that the password was wrong. */
export async function failed(db: Database, actor: Actor, { accountId }: Attempt): Promise<void> {
	await events.record(db, actor, 'sign-in.failed', { accountId });
}

/**
 * The password was right: the tries of this network or browser were its owner's, and are forgotten;
 * those that others share get this one back.
 */
export async function succeeded(tx: Tx, { taken }: Attempt): Promise<void> {
	for (const [limit, subject] of taken) {
		if (limit === limits.signInAccount) await limits.forget(tx, limit, subject);
		else await limits.giveBack(tx, limit, subject);
	}
}
