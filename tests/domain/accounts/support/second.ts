import { TOTP } from 'otpauth';
import * as authenticators from '#lib/server/accounts/factors/authenticators.ts';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import { actorOf } from '#lib/server/accounts/accounts.ts';
import type { Member } from '#lib/server/actor.ts';
import { now } from '#lib/server/clock.ts';
import type { Database } from '#lib/server/database/database.ts';

/** Signs somebody in, and gives the actor that the session is. */
export async function signedIn(
	db: Database,
	accountId: string,
	beginning: sessions.Beginning = {}
): Promise<{ token: string; actor: Member }> {
	const { token } = await sessions.create(db, accountId, beginning);
	return { token, actor: await actorBy(db, token) };
}

/** The actor that a session's token is at this moment. */
export async function actorBy(db: Database, token: string): Promise<Member> {
	const read = await sessions.read(db, token);
	return actorOf(read!.account, '10.0.0.1', { session: read!.session }) as Member;
}

/** What an authenticator app shows, so many steps from now. */
export function codeOf(secret: string, steps = 0): string {
	return new TOTP({ secret }).generate({ timestamp: now().getTime() + steps * 30_000 });
}

/** Sets an authenticator app up; the code that confirmed it was of the step before this one. */
export async function withApp(
	db: Database,
	actor: Member
): Promise<{ secret: string; recovery: string[] }> {
	await authenticators.begin(db, actor);
	const { secret } = (await authenticators.pending(db, actor))!;
	return { secret, recovery: await authenticators.confirm(db, actor, codeOf(secret, -1)) };
}
