import { parseArgs } from 'node:util';
import { announce } from './front-door/announce.ts';
import { createFrontDoor } from './front-door/front-door.ts';
import { endOnSignals } from './front-door/ending.ts';
import { fillWithDemo } from './front-door/demo.ts';
import { logWarnings } from './front-door/warnings.ts';
import { config, ConfigError, type Config } from './lib/server/config.ts';
import { migrate } from './lib/server/database/migrate.ts';
import { NotInService } from './lib/server/database/moved.ts';
import * as timed from './lib/server/jobs/timed.ts';
import { tracer } from './lib/server/monitoring/tracing.ts';
import { database } from './lib/server/site/running.ts';

const OPTIONS = { demo: { type: 'boolean', default: false } } as const;

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

/** The schema brought up to date; no server begins on a database that its site has left. */
async function prepare(databaseUrl: string): Promise<void> {
	try {
		await migrate(databaseUrl);
	} catch (error) {
		if (!(error instanceof NotInService)) throw error;
		console.error(error.message);
		process.exit(1);
	}
}

/** The production server: settings, schema, port, then SvelteKit's handler behind the front door. */
async function main(): Promise<void> {
	logWarnings();
	const { values } = parseArgs({ options: OPTIONS });
	if (values.demo) easeDemo();
	const settled = settings();
	await prepare(settled.databaseUrl);
	const db = await database();
	if (values.demo) await fillWithDemo(db);
	const server = await createFrontDoor(settled, db);
	const stopJobs = timed.start(db);
	endOnSignals(server, settled.drainSeconds, async () => {
		await stopJobs();
		await db.close();
		await tracer()?.stop();
	});
	await announce(server, settled, db);
}

await main();
