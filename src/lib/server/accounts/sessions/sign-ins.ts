import { eq } from 'drizzle-orm';
import type { Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database, Read } from '../../database/database.ts';
import { sessions } from '../../database/schema.ts';
import * as events from '../../security/events.ts';
import * as knownDevices from './known-devices.ts';
import { tell } from '../addresses/owner-mail.ts';
import type { SignInMethod } from './sign-in-methods.ts';

/** A sign-in that is whole. */
export interface SignedIn {
	accountId: string;
	method: SignInMethod;
	/** The browser and system in words. */
	device: string;
	/** What the browser's cookie of known devices holds; '' for none. */
	secret: string;
}

async function wasSignedInBefore(read: Read, accountId: string): Promise<boolean> {
	if (await knownDevices.hasAny(read, accountId)) return true;
	return (await read.$count(sessions, eq(sessions.accountId, accountId))) > 0;
}

/**
 * Records a sign-in, before its session begins; tells the owner of an account that was used before
 * when the browser is new to it. Gives the secret that the browser is known by.
 */
export async function record(db: Database, actor: Actor, signedIn: SignedIn): Promise<string> {
	const { accountId, method, device, secret } = signedIn;
	return db.write(async (tx) => {
		const isKnown = await knownDevices.isKnown(tx, secret, accountId);
		const isNew = !isKnown && (await wasSignedInBefore(tx, accountId));
		const owner = { ...actor, accountId };
		await events.record(tx, owner, 'sign-in', { details: { method, device } });
		if (isNew) {
			await events.record(tx, owner, 'sign-in.new-device', { details: { device } });
			await tell(tx, accountId, {
				subject: 'A new browser signed in to your account',
				paragraphs: [
					`${device || 'A browser that does not say which'} signed in to your account on ${now().toUTCString()}, for the first time.`
				]
			});
		}
		return knownDevices.remember(tx, accountId, secret);
	});
}
