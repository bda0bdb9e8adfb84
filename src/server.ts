import { parseArgs } from 'node:util';
import { announce } from './front-door/announce.ts';
import { loadApplication } from './front-door/application/application.ts';
import { createFrontDoor } from './front-door/front-door.ts';
import { endOnSignals } from './front-door/ending.ts';
import { fillWithDemo } from './front-door/demo.ts';
import { logWarnings } from './front-door/warnings.ts';
import { config, ConfigError, type Config } from './lib/server/config.ts';
import { upgrade } from './lib/server/backup/upgrade.ts';
import { MigrationError } from './lib/server/database/migrations.ts';
import { NotInService } from './lib/server/database/moved.ts';
import { schemaState } from './lib/server/database/schema-state.ts';
import * as timed from './lib/server/jobs/timed.ts';
import { tracer } from './lib/server/monitoring/tracing.ts';
import { database } from './lib/server/site/running.ts';

const OPTIONS = {
	demo: { type: 'boolean', default: false },
	// For the build: loads all that the server is made of and ends, which has Node keep it compiled.
	'only-load': { type: 'boolean', default: false }
} as const;

function settings(): Config {
	try {
		return config();
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		console.error(error.message);
		process.exit(1);
	}
}

/** Whoever tries the demo signs in as its staff by password, unless the operator says otherwise. */
function easeDemo(): void {
	if (process.env.STAFF_SECOND_FACTOR) return;
	process.env.STAFF_SECOND_FACTOR = 'off';
	console.log(
		'This is the demo: its staff work without a second factor (STAFF_SECOND_FACTOR=off).'
	);
}

/** Brings the database up to date; what keeps it from that is said in words, and nothing is served. */
async function prepareDatabase(settled: Config): Promise<void> {
	try {
		if ((await schemaState(settled.databaseUrl)).kind === 'none') {
			console.log('There is no database yet: an empty one is made (DATABASE_URL says where).');
		}
		await upgrade(settled, (file) => {
			console.log(
				file === null
					? 'The database is of an older version: it is backed up first, which takes minutes where it is large.'
					: `It was backed up as ${file} and is updated.`
			);
		});
	} catch (error) {
		if (!(error instanceof MigrationError || error instanceof NotInService)) throw error;
		console.error(error.message);
		process.exit(1);
	}
}

/** The production server: settings, schema, port, then SvelteKit behind the front door. */
async function main(): Promise<void> {
	logWarnings();
	const { values } = parseArgs({ options: OPTIONS });
	if (values.demo) easeDemo();
	const settled = settings();
	await prepareDatabase(settled);
	if (values['only-load']) {
		await loadApplication();
		process.exit();
	}
	const db = await database();
	if (values.demo) await fillWithDemo(db);
	const door = await createFrontDoor(settled, db);
	const stopJobs = timed.start(db);
	endOnSignals(door, settled.drainSeconds, async () => {
		await stopJobs();
		await db.close();
		await tracer()?.stop();
	});
	await announce(door.server, settled, db);
}

await main();
