import type BetterSqlite from 'better-sqlite3';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Refusal } from '../refusal.ts';
import type { AfterCommit, Tx } from './database.ts';
import { assertOutside, runInside } from './nesting.ts';

// One fsync serves a whole group; the bound keeps the first of a group from waiting for too many others.
const GROUP_SIZE = 64;
// Another process may hold the lock for a moment (a backup, a second server); after this the reader is told.
const BUSY_PATIENCE_MS = 10_000;
const BUSY_PAUSE_MS = 15;

interface Job {
	work: (tx: Tx, afterCommit: AfterCommit) => Promise<unknown>;
	resolve: (value: unknown) => void;
	reject: (reason: unknown) => void;
}

interface Outcome {
	job: Job;
	value?: unknown;
	callbacks: (() => void)[];
}

/** Whether SQLite says that another connection holds the lock. */
function isBusy(thrown: unknown): boolean {
	const code = (thrown as { code?: unknown } | null)?.code;
	return typeof code === 'string' && code.startsWith('SQLITE_BUSY');
}

/** The refusal for a database that cannot be written to now. */
function unavailable(): Refusal {
	return new Refusal(
		503,
		'busy',
		'The database is busy just now. Nothing was lost: please try again in a moment.',
		{ retryAfter: 5 }
	);
}

/** SQLite's one writer: transactions in the order they came, committed in groups, each in a savepoint of its own. */
export class WriteQueue {
	#connection: BetterSqlite.Database;
	#tx: Tx;
	#waiting: Job[] = [];
	#running: Promise<void> | null = null;

	constructor(connection: BetterSqlite.Database, tx: Tx) {
		this.#connection = connection;
		this.#tx = tx;
	}

	/** Runs `work` in its turn; settles after the commit of its group. */
	add<T>(work: (tx: Tx, afterCommit: AfterCommit) => Promise<T>): Promise<T> {
		assertOutside();
		return new Promise<T>((resolve, reject) => {
			this.#waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
			this.#running ??= this.#drain();
		});
	}

	/** Resolves when nothing waits or runs. */
	async drained(): Promise<void> {
		while (this.#running) await this.#running;
	}

	async #drain(): Promise<void> {
		// Yielding first lets requests that arrived together join one group.
		for (await setImmediate(); this.#waiting.length > 0; await setImmediate()) {
			await this.#runGroup(this.#waiting.splice(0, GROUP_SIZE));
		}
		this.#running = null;
	}

	async #runGroup(group: Job[]): Promise<void> {
		const outcomes: Outcome[] = [];
		try {
			await this.#begin();
			for (const job of group) {
				const outcome = await this.#runOne(job);
				if (outcome) outcomes.push(outcome);
			}
			this.#connection.exec('COMMIT');
		} catch (error) {
			if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
			const reason = isBusy(error) ? unavailable() : error;
			for (const job of group) job.reject(reason);
			return;
		}
		for (const { job, value, callbacks } of outcomes) {
			job.resolve(value);
			for (const callback of callbacks) callback();
		}
	}

	async #begin(): Promise<void> {
		const giveUpAt = performance.now() + BUSY_PATIENCE_MS;
		for (;;) {
			try {
				this.#connection.exec('BEGIN IMMEDIATE');
				return;
			} catch (error) {
				if (!isBusy(error) || performance.now() > giveUpAt) throw error;
				await setTimeout(BUSY_PAUSE_MS);
			}
		}
	}

	/** Null when the job's own work failed: it is rolled back and told alone, the group goes on. */
	async #runOne(job: Job): Promise<Outcome | null> {
		const callbacks: (() => void)[] = [];
		this.#connection.exec('SAVEPOINT job');
		try {
			const value = await runInside(() => job.work(this.#tx, (run) => callbacks.push(run)));
			this.#connection.exec('RELEASE job');
			return { job, value, callbacks };
		} catch (error) {
			// A full disk rolls the whole transaction back; then the group fails as one.
			if (!this.#connection.inTransaction) throw error;
			this.#connection.exec('ROLLBACK TO job; RELEASE job');
			job.reject(error);
			return null;
		}
	}
}
