import type { Actor } from '../actor.ts';
import type { Database, Tx } from '../database/database.ts';
import * as limits from '../limits/limits.ts';
import { network } from '../limits/network.ts';
import * as events from '../security/events.ts';
import * as knownDevices from './sessions/known-devices.ts';
import { digest } from './secrets.ts';

const DIGEST_LENGTH = 16;

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
	typed: string;
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

// By it failures can be compared, and nobody learns the password that was typed as a name.
function detailsOf(typed: string): { typed: string } {
	return { typed: typed.slice(0, DIGEST_LENGTH) };
}

/** Takes a try from the limits, before the password is looked at. @throws {Refusal} 429 */
export async function begin(db: Database, actor: Actor, tried: Try): Promise<Attempt> {
	const taken = await countedBy(db, actor, tried);
	try {
		await db.write(async (tx) => {
			for (const [limit, subject] of taken) await limits.takeFor(tx, limit, subject);
		});
	} catch (thrown) {
		const details = detailsOf(tried.typed);
		await events.record(db, actor, 'sign-in.limited', { details });
		throw thrown;
	}
	return { accountId: tried.accountId, typed: tried.typed, taken };
}

/** Records that the password was wrong. */
export async function failed(db: Database, actor: Actor, attempt: Attempt): Promise<void> {
	const { accountId, typed } = attempt;
	await events.record(db, actor, 'sign-in.failed', { accountId, details: detailsOf(typed) });
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
