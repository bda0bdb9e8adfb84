import { gte } from 'drizzle-orm';
import * as v from 'valibot';
import type { Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Read } from '../../database/database.ts';
import { accounts } from '../../database/schema.ts';
import { lowestIdAt } from '../../ids.ts';
import * as limits from '../../limits/limits.ts';
import { network } from '../../limits/network.ts';
import * as settings from '../../settings/settings.ts';

/** So many new accounts in so many minutes are more than a good day has. */
export const MOST_NEW = 30;
const NEW_MINUTES = 10;
// Half of what a network may sign up at once.
const NEAR = 0.5;

/** When signing up asks the browser for work. */
export const GUARD_MODES = ['off', 'automatic', 'always'] as const;
/** See `GUARD_MODES`. */
export type GuardMode = (typeof GUARD_MODES)[number];

/** Whether who signs up has to let their browser work for some seconds first. */
export const signUpGuard: settings.Setting<{ mode: GuardMode }> = {
	key: 'sign-up-guard',
	schema: v.object({ mode: v.picklist(GUARD_MODES, 'Choose when it is asked for.') }),
	initial: { mode: 'automatic' },
	role: 'admin'
};

/** Whether very many accounts were made just now, on the whole site. */
async function isRush(read: Read): Promise<boolean> {
	const since = lowestIdAt(new Date(now().getTime() - NEW_MINUTES * 60_000));
	const { id } = accounts;
	const rows = await read.select({ id }).from(accounts).where(gte(id, since)).limit(MOST_NEW);
	return rows.length === MOST_NEW;
}

/** Whether somebody who signs up from there has to let their browser work first. */
export async function isUp(read: Read, { address }: Pick<Actor, 'address'>): Promise<boolean> {
	const { mode } = (await settings.cached(read, signUpGuard)).value;
	if (mode !== 'automatic') return mode === 'always';
	const subject = { network: address === null ? null : network(address) };
	return (await isRush(read)) || (await limits.isNear(read, limits.signUp, subject, NEAR));
}
