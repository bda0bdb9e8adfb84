import { addressesOf, placeOf } from '../database/addresses.ts';
import { withClient } from '../database/postgres-client.ts';
import { look, type Identity } from '../database/servers.ts';
import { ok, warning, wrong, type Check, type Finding } from './finding.ts';

const NOBODY_WAITS = "select current_setting('synchronous_standby_names') = '' as nobody";

interface Seen {
	place: string;
	/** Null where it does not answer. */
	identity: Identity | null;
}

async function see(url: string): Promise<Seen> {
	return { place: placeOf(url), identity: await look(url).catch(() => null) };
}

/** Several servers that take writes have gone apart; the site writes to the one that was promoted last. */
function rolesOf(seen: Seen[]): Finding[] {
	const writers = seen.filter(({ identity }) => identity?.isPrimary);
	if (writers.length === 0) {
		return [wrong('None of the servers takes writes.', 'Promote one of them: pg_ctl promote.')];
	}
	if (writers.length === 1) return [];
	const places = writers.map(({ place }) => place).join(' and ');
	const mend =
		'Stop the one that was given up, and have it follow the other one: pg_rewind, then standby.signal.';
	return [wrong(`More than one server takes writes: ${places}.`, mend)];
}

function silent({ place }: Seen): Finding {
	const mend = 'Start it, or leave it out of DATABASE_URL: nothing can be expected of it.';
	return warning(`The server ${place} does not answer.`, mend);
}

/** Whether one of several servers that DATABASE_URL names takes writes, and another one could. */
export const servers: Check = {
	key: 'servers',
	name: 'Servers of the database',
	async look({ config: { databaseUrl } }) {
		const urls = addressesOf(databaseUrl);
		if (urls.length === 1) return [];
		const seen = await Promise.all(urls.map(see));
		const faults = [
			...rolesOf(seen),
			...seen.filter(({ identity }) => identity === null).map(silent)
		];
		if (faults.length > 0) return faults;
		const { rows } = await withClient(databaseUrl, (client) =>
			client.query<{ nobody: boolean }>(NOBODY_WAITS)
		);
		const lost = rows[0].nobody
			? 'What was written in the moment before a failover may be lost: synchronous_standby_names is empty.'
			: 'What was acknowledged survives a failover.';
		return [ok(`One of ${urls.length} servers takes writes. ${lost}`)];
	}
};
