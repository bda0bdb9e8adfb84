import { addressesOf, placeOf } from '../database/addresses.ts';
import { withClient } from '../database/postgres-client.ts';
import { reachedAt } from '../database/servers.ts';
import { ok, warning, type Check, type Finding } from './finding.ts';

const NEAR_MS = 1000;

interface Facts {
	recovering: boolean;
	streaming: boolean;
	behind: number | null;
}

// Behind only while something that came has not been repeated: where nobody writes, the last change is old.
const FACTS = `select pg_is_in_recovery() as recovering,
	exists (select from pg_stat_wal_receiver where pid is not null) as streaming,
	case when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
		else extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float * 1000 end as behind`;

/** @param isOneOfThem whether DATABASE_URL names it too: then it may take the writes at any time */
async function look(url: string, isOneOfThem: boolean): Promise<Finding> {
	const place = placeOf(url);
	const about = (words: string, mend: string) => warning(`The replica ${place} ${words}`, mend);
	const facts = await withClient(url, (client) => client.query<Facts>(FACTS)).catch(() => null);
	if (!facts) {
		return about('does not answer, so that nobody reads from it.', 'Start it, or leave it out.');
	}
	const { recovering, streaming, behind } = facts.rows[0];
	if (!recovering && isOneOfThem) return ok(`${place} takes the writes itself just now.`);
	if (!recovering) {
		const mend = 'Name replicas only in DATABASE_REPLICA_URLS: what follows nobody is never read.';
		return about('is none: it follows no other server.', mend);
	}
	if (!streaming)
		return about('does not stream.', 'Its own log says why: look at primary_conninfo.');
	if (behind !== null && behind > NEAR_MS) {
		return about('is more than a second behind.', 'Look what keeps it busy.');
	}
	return ok(`The replica ${place} follows closely.`);
}

/** Whether the replicas can be read from. */
export const replicas: Check = {
	key: 'replicas',
	name: 'Replicas',
	look({ config: { databaseUrl, replicaUrls } }) {
		if (replicaUrls.length === 0) return [];
		const servers = addressesOf(databaseUrl).map(reachedAt);
		const several = servers.length > 1 ? servers : [];
		return Promise.all(replicaUrls.map((url) => look(url, several.includes(reachedAt(url)))));
	}
};
