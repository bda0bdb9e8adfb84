import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { log } from '../log.ts';
import { closeEar, openEar, type Ear } from './ear.ts';
import { KnownRevisions } from './known-revisions.ts';
import type { Servers } from './servers.ts';

/** What the triggers of the schema notify on. */
const CHANNEL = 'afterword';
const TABLES = ['site', 'articles', 'accounts'];
const TRIGGERS = `select count(*)::int as count from pg_trigger
	where tgname = 'tell_of_revision' and tgenabled in ('O', 'A') and tgrelid = any ($1::regclass[])`;

// Three proofs fit into the second that a page may be old, so that one may be late.
const PROVE_EVERY_MS = 300;
const TRUSTED_MS = 1000;
// Nobody asks: then nothing has to be proved, and a quiet site writes nothing.
const USED_MS = 5000;
// A proof that was committed is heard within milliseconds, or never.
const DEAF_MS = 5000;
// All that is known is asked anew so often, in case that something changed and nobody told.
const CHECK_EVERY_MS = 10_000;
const QUERY_TIMEOUT_MS = 3000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 60_000;
// A connection that is lost is back in a moment; it is news when it is not.
const TOLD_AFTER_MS = 10_000;

/** Is told which things changed; null when that can be anything. */
export type Told = (things: readonly string[] | null) => void;

/**
 * Hears what changes in a PostgreSQL, whoever changes it, on a connection of its own. Whether it hears is
 * proved over and over: it has the database notify it, through the pool that writes go through, and what is
 * known counts only while such a proof is younger than a second. So neither a lost connection, half a one, nor
 * a pooler that swallows notifications makes anything look younger than it is: then it must be asked.
 */
export class Hearing {
	#servers: Servers;
	#pool: Pick<Pool, 'query'>;
	#known = new KnownRevisions();
	#tellers = new Set<Told>();
	#ear: Ear | null = null;
	/** The channel of proofs: no other process needs to hear them. */
	#own = `${CHANNEL}_${randomUUID().replaceAll('-', '')}`;
	#proofs = 0;
	#isProving = false;
	/** When the last proof that was heard was sent. */
	#provenAt = -Infinity;
	#usedAt = -Infinity;
	#checkedAt = 0;
	#tryAt = 0;
	#retry = FIRST_RETRY_MS;
	#outSince: number | null = performance.now();
	#isTold = false;
	#timer: NodeJS.Timeout;

	constructor(servers: Servers, pool: Pick<Pool, 'query'>) {
		this.#servers = servers;
		this.#pool = pool;
		this.#timer = setInterval(() => this.#tick(), PROVE_EVERY_MS).unref();
		void this.#connect();
	}

	/** Whether all that was committed until a second ago has certainly been heard. */
	get isTrusted(): boolean {
		this.#usedAt = performance.now();
		return this.#usedAt - this.#provenAt < TRUSTED_MS;
	}

	/** Whether it hears, as far as that was tried: for those who watch over it. */
	get isWorking(): boolean {
		return this.#ear !== null && this.#outSince === null;
	}

	/** Another number after every change; null while what is known does not count. */
	version(): number | null {
		return this.isTrusted ? this.#known.version : null;
	}

	/** Whether what was so at a version is so still, as far as was heard. */
	stands(seen: ReadonlyMap<string, number>, since: number): boolean {
		return this.#known.stands(seen, since);
	}

	/** Has somebody told of changes. @returns what ends that */
	tell(told: Told): () => void {
		this.#tellers.add(told);
		return () => void this.#tellers.delete(told);
	}

	/** Notes what a transaction of this process changed, in the words of the triggers: that need not be waited for. */
	note(words: string): void {
		const news = words.split(' ').filter((word) => this.#isNews(word));
		if (news.includes('*')) this.#forget();
		else if (news.length > 0) this.#tell(news.map((word) => word.slice(0, word.indexOf('@'))));
	}

	/** Hears no more. */
	async close(): Promise<void> {
		clearInterval(this.#timer);
		const ear = this.#ear;
		this.#ear = null;
		this.#provenAt = -Infinity;
		if (ear) await closeEar(ear);
	}

	#isNews(word: string): boolean {
		const [thing, revision] = word.split('@');
		if (revision === undefined) return word === '*';
		// Before it listens nothing is known, and nothing kept.
		if (!this.#ear?.isListening) return true;
		return this.#known.note(thing, revision === 'gone' ? Infinity : Number(revision));
	}

	#tell(things: readonly string[] | null): void {
		for (const told of this.#tellers) told(things);
	}

	#forget(): void {
		this.#known.forget();
		this.#tell(null);
	}

	#tick(): void {
		const at = performance.now();
		const ear = this.#ear;
		if (!ear) {
			if (at >= this.#tryAt) void this.#connect();
			return;
		}
		if (!ear.isListening) return;
		const [oldest] = ear.unheard.values();
		if (oldest !== undefined && at - oldest > DEAF_MS) {
			return this.#lose(ear, 'What the database tells does not arrive: a pooler may be between.');
		}
		if (at - this.#checkedAt >= CHECK_EVERY_MS) void this.#check(ear);
		if (at - this.#usedAt < USED_MS) void this.#prove(ear);
	}

	#notified(ear: Ear, channel: string, payload: string): void {
		if (ear !== this.#ear) return;
		if (channel === this.#own) this.#heard(ear, payload);
		else this.note(payload);
	}

	async #connect(): Promise<void> {
		let ear: Ear | null = null;
		try {
			ear = this.#ear = openEar(this.#servers, {
				notified: (...news) => this.#notified(...news),
				lost: (...news) => this.#lose(...news)
			});
			await ear.client.connect();
			await ear.client.query(`listen ${CHANNEL}; listen ${this.#own}`);
			// Meanwhile it was lost, or is closed.
			if (ear !== this.#ear) return void ear.socket.destroy();
			ear.isListening = true;
			await this.#check(ear);
			await this.#prove(ear);
		} catch (error) {
			this.#lose(ear, wordsOf(error));
		}
	}

	/** Asks whether changes are told at all, and has everything that is known asked anew. */
	async #check(ear: Ear): Promise<void> {
		this.#checkedAt = performance.now();
		this.#forget();
		try {
			const { rows } = await ear.client.query<{ count: number }>(TRIGGERS, [TABLES]);
			if (rows[0].count < TABLES.length)
				this.#lose(ear, 'Triggers of the schema are switched off.');
		} catch (error) {
			this.#lose(ear, wordsOf(error));
		}
	}

	/** Has the database tell it something, on the way that writes go. */
	async #prove(ear: Ear): Promise<void> {
		if (this.#isProving || ear !== this.#ear) return;
		this.#isProving = true;
		const proof = `${++this.#proofs} ${performance.now()}`;
		try {
			const query = {
				text: 'select pg_notify($1, $2)',
				values: [this.#own, proof],
				query_timeout: QUERY_TIMEOUT_MS
			};
			// It may be heard before this is answered.
			ear.unheard.set(proof, Infinity);
			await this.#pool.query(query);
			if (ear.unheard.has(proof)) ear.unheard.set(proof, performance.now());
		} catch {
			// Nothing was told, so there is nothing to be heard.
			ear.unheard.delete(proof);
		} finally {
			this.#isProving = false;
		}
	}

	/** Hears a proof; those that were sent before have been heard, or never will be. */
	#heard(ear: Ear, proof: string): void {
		if (!ear.unheard.has(proof)) return;
		for (const earlier of ear.unheard.keys()) {
			ear.unheard.delete(earlier);
			if (earlier === proof) break;
		}
		this.#provenAt = Number(proof.split(' ')[1]);
		this.#retry = FIRST_RETRY_MS;
		this.#outSince = null;
		if (this.#isTold) log('info', 'hearing.in', {});
		this.#isTold = false;
	}

	#lose(ear: Ear | null, reason: string): void {
		if (ear !== this.#ear) return;
		const at = performance.now();
		this.#ear = null;
		this.#provenAt = -Infinity;
		this.#tryAt = at + this.#retry;
		this.#retry = Math.min(this.#retry * 2, LAST_RETRY_MS);
		this.#outSince ??= at;
		ear?.socket.destroy();
		if (this.#isTold || at - this.#outSince < TOLD_AFTER_MS) return;
		this.#isTold = true;
		log('warn', 'hearing.lost', { reason });
	}
}

function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
