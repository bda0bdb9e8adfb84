import { stackOf } from '../faults.ts';
import { log } from '../log.ts';
import { proxies, publicAddress } from './address.ts';
import { backups } from './backups.ts';
import { clock } from './clock.ts';
import { databaseRole, durability, integrity, schema } from './database.ts';
import { disk, fileRights } from './files.ts';
import { wrong, type Check, type Finding, type Patient, type State } from './finding.ts';
import { hearing } from './hearing.ts';
import { lostMail, mail } from './mail.ts';
import { securityContact, staff } from './people.ts';
import { node, rateLimits, user } from './process.ts';
import { replicas } from './replicas.ts';
import { thisRequest } from './request.ts';
import { servers } from './servers.ts';

export type { Finding, RequestSeen, State } from './finding.ts';

/** What was found at a check. */
export interface Diagnosis extends Finding {
	/** The check, for programs. */
	key: string;
	name: string;
}

/** What is looked at, in the order in which it is told. */
const CHECKS: readonly Check[] = [
	...[publicAddress, proxies, thisRequest, rateLimits],
	...[schema, integrity, durability, databaseRole, servers, hearing, replicas],
	...[fileRights, disk, backups],
	...[mail, lostMail, clock, node, user, staff, securityContact]
];

async function look(check: Check, patient: Patient): Promise<Diagnosis[]> {
	const { key, name } = check;
	try {
		return (await check.look(patient)).map((finding) => ({ key, name, ...finding }));
	} catch (thrown) {
		// The message of a fault may hold what is secret; it is in the log.
		log('error', 'doctor.failed', { check: key, stack: stackOf(thrown) });
		return [{ key, name, ...wrong('This could not be looked at.', 'The log says why.') }];
	}
}

/** Looks at everything, and tells what was found in plain words, without secrets. */
export async function examine(patient: Patient): Promise<Diagnosis[]> {
	const found: Diagnosis[] = [];
	for (const check of CHECKS) found.push(...(await look(check, patient)));
	return found;
}

const RANKS: readonly State[] = ['ok', 'warning', 'wrong'];

/** The worst of what was found. */
export function worst(found: readonly Pick<Finding, 'state'>[]): State {
	const ranks = found.map(({ state }) => RANKS.indexOf(state));
	return RANKS[Math.max(0, ...ranks)];
}
