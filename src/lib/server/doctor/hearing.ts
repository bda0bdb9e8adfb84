import { setTimeout } from 'node:timers/promises';
import { Hearing } from '../database/hearing.ts';
import { withClient } from '../database/postgres-client.ts';
import { Servers } from '../database/servers.ts';
import { ok, warning, type Check } from './finding.ts';

const PATIENCE_MS = 3000;
const LOOK_EVERY_MS = 20;
const UNHEARD =
	'What the database tells of changes does not arrive, so that it is asked for every kept page, and once a second for open ones.';
const MEND =
	'A pooler that shares connections between transactions lets nothing through: name the database itself in DATABASE_LISTEN_URL. If there is none, the triggers tell_of_revision may be switched off.';

/** Whether it is heard at an address what is notified through a pool, within a moment. */
async function isHeard(url: string, pool: ConstructorParameters<typeof Hearing>[1]) {
	const hearing = new Hearing(new Servers(url), pool);
	const until = performance.now() + PATIENCE_MS;
	while (!hearing.isWorking && performance.now() < until) await setTimeout(LOOK_EVERY_MS);
	const { isWorking } = hearing;
	await hearing.close();
	return isWorking;
}

/** Whether processes hear of each other’s changes. */
export const hearing: Check = {
	key: 'hearing',
	name: 'News of changes',
	async look({ config: { databaseUrl, listenUrl } }) {
		if (listenUrl === null) return [];
		const heard = await withClient(databaseUrl, (client) => isHeard(listenUrl, client));
		return [heard ? ok('What changes is heard at once.') : warning(UNHEARD, MEND)];
	}
};
