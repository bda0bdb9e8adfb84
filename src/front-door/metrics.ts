import { and, count, isNotNull, isNull } from 'drizzle-orm';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Config } from '../lib/server/config.ts';
import type { Database } from '../lib/server/database/database.ts';
import { mails } from '../lib/server/database/schema.ts';
import { openStreams } from '../lib/server/live/live.ts';
import { KEPT } from '../lib/server/monitoring/visits.ts';
import { countBy, gauges } from '../lib/server/monitoring/meter.ts';
import { METHODS } from './turned-away.ts';
import type { Ended } from './visits.ts';

const ANSWERED = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const WRITTEN = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const GROUPED = [1, 2, 4, 8, 16, 32, 64];

/** The figures of this process, and how to count a request that is over. */
export interface Metrics {
	registry: Registry;
	/** A request has come. */
	begun(): void;
	/** A request is over. */
	ended(ended: Ended): void;
	/** A kept page was sent at once. */
	sent(method: string): void;
}

function countRequests(registry: Registry): Pick<Metrics, 'begun' | 'ended' | 'sent'> {
	const registers = [registry];
	// Sending one costs little more than counting it with its labels would: they are put on when somebody asks.
	const sent = { GET: 0, HEAD: 0 };
	const labelNames = ['method', 'route', 'status'] as const;
	const requests = new Counter({
		name: 'http_requests_total',
		help: 'Requests that are over, by method, pattern of the route and class of the status.',
		...{ labelNames, registers },
		collect() {
			for (const method of ['GET', 'HEAD'] as const) {
				if (sent[method] > 0) this.inc({ method, route: KEPT, status: '2xx' }, sent[method]);
				sent[method] = 0;
			}
		}
	});
	const durations = new Histogram({
		name: 'http_request_duration_seconds',
		help: 'From the head of a request to the end of its answer; without event streams.',
		...{ labelNames, registers, buckets: ANSWERED }
	});
	const underWay = new Gauge({
		name: 'http_requests_in_progress',
		help: 'Requests that are not over, event streams among them.',
		registers
	});
	return {
		begun: () => underWay.inc(),
		ended({ method, route, status, seconds }) {
			const named = METHODS.includes(method) ? method : 'other';
			const labels = { method: named, route, status: `${Math.floor(status / 100)}xx` };
			underWay.dec();
			requests.inc(labels);
			if (seconds !== null) durations.observe(labels, seconds);
		},
		sent: (method) => void (sent[method === 'HEAD' ? 'HEAD' : 'GET'] += 1)
	};
}

/** What the forum does, counted as it happens. */
function countActs(registry: Registry): void {
	const registers = [registry];
	const posts = new Counter({
		name: 'afterword_comments_posted_total',
		help: 'Comments that were posted, by the status that they got.',
		labelNames: ['status'],
		registers
	});
	const refusals = new Counter({
		name: 'afterword_refusals_total',
		help: 'Refusals by their code: rules that said no, and what did not work.',
		labelNames: ['code'],
		registers
	});
	const writes = new Histogram({
		name: 'afterword_database_write_duration_seconds',
		help: 'Transactions that write, from being asked for to the commit or the rollback.',
		...{ labelNames: ['outcome'], registers, buckets: WRITTEN }
	});
	const commits = new Histogram({
		name: 'afterword_database_commit_duration_seconds',
		help: 'Commits, each of a whole group on SQLite.',
		...{ registers, buckets: WRITTEN }
	});
	const groups = new Histogram({
		name: 'afterword_database_commit_transactions',
		help: 'Transactions that were committed together.',
		...{ registers, buckets: GROUPED }
	});
	const runs = new Counter({
		name: 'afterword_job_runs_total',
		help: 'What happens by the clock, by name and whether it went well.',
		labelNames: ['job', 'outcome'],
		registers
	});
	countBy({
		posted: (status) => posts.inc({ status }),
		refused: (code) => refusals.inc({ code }),
		wrote: (seconds, succeeded) =>
			writes.observe({ outcome: succeeded ? 'committed' : 'rolled_back' }, seconds),
		committed(transactions, seconds) {
			groups.observe(transactions);
			commits.observe(seconds);
		},
		ran: (job, succeeded) => runs.inc({ job, outcome: succeeded ? 'done' : 'failed' })
	});
}

/** What is looked at when somebody asks. */
function lookAtDatabase(registry: Registry): void {
	const registers = [registry];
	const { writeQueue, pools } = gauges();
	if (writeQueue) {
		new Gauge({
			name: 'afterword_database_write_queue_length',
			help: 'Transactions that wait for the one writer.',
			registers,
			collect() {
				this.set(writeQueue());
			}
		});
	}
	if (pools.size > 0) {
		new Gauge({
			name: 'afterword_database_pool_connections',
			help: 'Connections to PostgreSQL, and who waits for one, by pool and state.',
			labelNames: ['pool', 'state'],
			registers,
			collect() {
				for (const [pool, { totalCount, idleCount, waitingCount }] of pools) {
					this.set({ pool, state: 'idle' }, idleCount);
					this.set({ pool, state: 'in_use' }, totalCount - idleCount);
					this.set({ pool, state: 'waiting' }, waitingCount);
				}
			}
		});
	}
}

function lookAtOthers(registry: Registry, db: Database): void {
	const registers = [registry];
	const { hearing } = db;
	if (hearing) {
		new Gauge({
			name: 'afterword_database_hearing',
			help: 'Whether this process hears what changes (LISTEN); 0 while it asks the database instead.',
			registers,
			collect() {
				this.set(hearing.isWorking ? 1 : 0);
			}
		});
	}
	new Gauge({
		name: 'afterword_live_streams',
		help: 'Event streams that are open.',
		registers,
		collect() {
			this.set(
				openStreams()
					.values()
					.reduce((sum, streams) => sum + streams, 0)
			);
		}
	});
	new Gauge({
		name: 'afterword_mails',
		help: 'Mail of all processes that waits, and that was given up in the last two weeks.',
		labelNames: ['state'],
		registers,
		async collect() {
			this.reset();
			const { sentAt, failedAt } = mails;
			const countOf = (...conditions: Parameters<typeof and>) =>
				db.read
					.select({ count: count() })
					.from(mails)
					.where(and(isNull(sentAt), ...conditions));
			try {
				const [[waiting], [failed]] = await Promise.all([
					countOf(isNull(failedAt)),
					countOf(isNotNull(failedAt))
				]);
				this.set({ state: 'waiting' }, waiting.count);
				this.set({ state: 'failed' }, failed.count);
			} catch {
				// Of a database that does not answer readiness tells; all other figures are still there.
			}
		}
	});
}

/** Has this process count, and gathers what it counts. */
export function gather(config: Config, db: Database, version: string): Metrics {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const info = new Gauge({
		name: 'afterword_info',
		help: 'Always 1: what runs here.',
		labelNames: ['version', 'database'],
		registers: [registry]
	});
	info.set({ version, database: config.dialect }, 1);
	countActs(registry);
	lookAtDatabase(registry);
	lookAtOthers(registry, db);
	return { registry, ...countRequests(registry) };
}
