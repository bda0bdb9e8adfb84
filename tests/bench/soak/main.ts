// `npm run soak [-- --minutes N] [-- --on postgres] [-- --json]`: an hour of mixed load on the production build.
import { parseArgs } from 'node:util';
import { startCluster } from '../../support/postgres.ts';

const MINUTE = 60;

const { values: options } = parseArgs({
	options: {
		minutes: { type: 'string', default: '60' },
		on: { type: 'string', default: 'sqlite' },
		json: { type: 'boolean', default: false }
	}
});
const seconds = Number(options.minutes) * MINUTE;
if (!(seconds > 0)) throw new Error('--minutes must be a number above 0.');

// Limits are for people: a load would meet them at once. The settings are read when they are first needed.
process.env.RATE_LIMITS = 'off';
const cluster = options.on === 'postgres' ? await startCluster({ durable: true }) : null;
await cluster?.create('soak');
// A process speaks one dialect, which it finds out as it loads.
if (cluster) process.env.DATABASE_URL = cluster.url('soak');
const { emptyDatabase } = await import('../support/discussion.ts');
const { soak } = await import('./soak.ts');

const held = await soak(cluster?.url('soak') ?? (await emptyDatabase()), seconds, options.json);
await cluster?.stop();
process.exit(held ? 0 : 1);
