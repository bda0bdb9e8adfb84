import type BetterSqlite from 'better-sqlite3';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { meter } from '../monitoring/meter.ts';
import { outside } from '../monitoring/visits.ts';
import { callbacks } from './after-commit.ts';
import type { AfterCommit, Tx } from './database.ts';
import { assertOutside, runInside } from './nesting.ts';
import { explain } from './unavailable.ts';

// One fsync serves a whole group; the bound keeps the first of a group from waiting for too many others.
const GROUP_SIZE = 64;
// Where transactions take long, others get the event loop between smaller groups.
const GROUP_MS = 50;
// Another process may hold the lock for a moment (a backup, a second server); after this the reader is told.
const BUSY_PATIENCE_MS = 10_000;
// Tries at uneven times, so that one who writes again and again does not always win.
const BUSY_PAUSE_MS = 12;

interface Job {
	work: (tx: Tx, afterCommit: AfterCommit) => Promise<unknown>;
	resolve: (value: unknown) => void;
	reject: (reason: unknown) => void;
}

/** Tells one caller how its work went; called when the whole group is on the disk. */
type Answer = () => void;

/** Whether SQLite says that another connection holds the lock. */
function isBusy(thrown: unknown): boolean {
	const code = (thrown as { code?: unknown } | null)?.code;
	return typeof code === 'string' && code.startsWith('SQLITE_BUSY');
}

/**
 * SQLite's one writer: transactions in the order they came, committed in groups, each after the first in a
 * savepoint of its own.
 */
export class WriteQueue {
	#connection: BetterSqlite.Database;
	#tx: Tx;
	#waiting: Job[] = [];
	#running: Promise<void> | null = null;
	#commits = 0;

	constructor(connection: BetterSqlite.Database, tx: Tx) {
		this.#connection = connection;
		this.#tx = tx;
	}

	/** Runs `work` in its turn; settles after the commit of its group. */
	add<T>(work: (tx: Tx, afterCommit: AfterCommit) => Promise<T>): Promise<T> {
		assertOutside();
		return new Promise<T>((resolve, reject) => {
			this.#waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
			this.#running ??= outside(() => this.#drain());
		});
	}

	/** How many groups were committed. */
	get commits(): number {
		return this.#commits;
	}

	/** How many wait for their turn. */
	get length(): number {
		return this.#waiting.length;
	}

	/** Resolves when nothing waits or runs. */
	async drained(): Promise<void> {
		while (this.#running) await this.#running;
	}

	async #drain(): Promise<void> {
		for (await this.#gathered(); this.#waiting.length > 0; await this.#gathered()) {
			await this.#runGroup();
		}
		this.#running = null;
	}

	/** Yields for as long as more come, so that those that arrived at about the same time join one group. */
	async #gathered(): Promise<void> {
		for (let before = -1; this.#waiting.length > before && before < GROUP_SIZE;) {
			before = this.#waiting.length;
			await setImmediate();
		}
	}

	/** The next of those that wait, while their group is neither too large nor too slow. */
	*#nextJobs(): Generator<Job> {
		const until = performance.now() + GROUP_MS;
		for (let count = 0; count < GROUP_SIZE && this.#waiting.length > 0; count++) {
			if (count > 0 && performance.now() > until) return;
			yield this.#waiting.shift()!;
		}
	}

	async #runGroup(): Promise<void> {
		const group: Job[] = [];
		const answers: Answer[] = [];
		try {
			await this.#begin();
			await runInside(() => this.#runJobs(group, answers));
			if (this.#connection.inTransaction) this.#commit(group.length);
		} catch (error) {
			this.#rollback();
			const reason = explain(error);
			// If it could not even begin, those that would have been in it are told.
			if (group.length === 0) group.push(...this.#waiting.splice(0, GROUP_SIZE));
			for (const job of group) job.reject(reason);
			return;
		}
		for (const answer of answers) answer();
	}

	/** Runs the next jobs; notes which, and what each is to be told. */
	async #runJobs(group: Job[], answers: Answer[]): Promise<void> {
		for (const job of this.#nextJobs()) {
			group.push(job);
			answers.push(await this.#runOne(job, group.length > 1));
			// The first has failed, and ended what would have been the transaction of the others too.
			if (!this.#connection.inTransaction) break;
		}
	}

	#commit(transactions: number): void {
		const start = performance.now();
		this.#connection.exec('COMMIT');
		this.#commits++;
		meter().committed(transactions, (performance.now() - start) / 1000);
	}

	/** Leaves no transaction open, whatever state the last one is in. */
	#rollback(): void {
		try {
			if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
		} catch {
			// What led here is told to the callers; the next group tells if it cannot begin either.
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
				await setTimeout(Math.ceil(Math.random() * BUSY_PAUSE_MS));
			}
		}
	}

	/**
	 * When the job's own work fails, it is rolled back alone and the group goes on. It is told after
	 * the commit too: it may have failed because of what another one of the group has written. The first
	 * has nothing before it that would have to be kept: it needs no savepoint, which keeps a copy of every
	 * page that it changes (of a large import, very many), and when it fails, the transaction ends.
	 */
	async #runOne(job: Job, inSavepoint: boolean): Promise<Answer> {
		const afterCommit = callbacks();
		if (inSavepoint) this.#connection.exec('SAVEPOINT job');
		try {
			const value = await job.work(this.#tx, afterCommit.register);
			// Ended beneath it (by a full disk, say), it has left nothing, whatever its work made of that.
			if (!this.#connection.inTransaction) throw new Error('The transaction has ended.');
			if (inSavepoint) this.#connection.exec('RELEASE job');
			return () => {
				job.resolve(value);
				afterCommit.run();
			};
		} catch (error) {
			// A full disk rolls the whole transaction back; then the group fails as one.
			if (!this.#connection.inTransaction) throw error;
			this.#connection.exec(inSavepoint ? 'ROLLBACK TO job; RELEASE job' : 'ROLLBACK');
			const reason = explain(error);
			return () => job.reject(reason);
		}
	}
}
