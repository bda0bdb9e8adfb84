import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { log } from '../log.ts';
import { addressesOf, placeOf, wantedOf, type Wanted } from './addresses.ts';
import { hasSqlState } from './errors.ts';
import { pastOf } from './past.ts';

// Who does not say within this whether it takes writes is not waited for.
const LOOK_MS = 2000;
// Once one has said that it does, the others may say so within this: who answers at all does it in a moment.
const GRACE_MS = 300;
// A server that hangs or was cut off breaks no connection: it is looked so often whether another one has taken over.
const LOOK_EVERY_MS = 3000;

/** A server, as the driver reads its address. */
interface Server {
	url: string;
	host: string;
	port: number;
}

/** What a server is: those with the same system, timeline and database have the same past. */
export interface Identity {
	isPrimary: boolean;
	takesWrites: boolean;
	/** Of which database cluster it is; '' where it does not say. */
	system: string;
	/** The number of promotions that its past has had; 0 where it does not say. */
	timeline: number;
	/** The number of the database there; another one when it is made anew. '' where it does not say. */
	database: string;
}

/** The timeline that a server writes, or, while it follows another one, had come to when it last rested. */
export const TIMELINE = `case when pg_is_in_recovery() then (select timeline_id from pg_control_checkpoint())
	else ('x' || left(pg_walfile_name(pg_current_wal_flush_lsn()), 8))::bit(32)::int end`;
/** Which database cluster a server is of. */
const SYSTEM = '(select system_identifier from pg_control_system())::text';
const DATABASE = '(select oid from pg_database where datname = current_database())::text';

const IDENTITY = `select not pg_is_in_recovery() as "isPrimary",
	current_setting('transaction_read_only') = 'off' as "takesWrites", ${SYSTEM} as system, ${TIMELINE} as timeline,
	${DATABASE} as database`;

// What speaks PostgreSQL without being it may have none of these, or let nobody ask.
const NOT_TOLD = ['42883', '42501', '0A000'];
/** Those that do not say, which are not asked again: each time would be an error in their log. */
const silent = new Set<string>();

async function identityOf(client: Client): Promise<Identity> {
	const place = `${client.host}:${client.port}`;
	try {
		if (!silent.has(place)) return (await client.query<Identity>(IDENTITY)).rows[0];
	} catch (error) {
		if (!NOT_TOLD.some((state) => hasSqlState(error, state))) throw error;
		silent.add(place);
	}
	const query = 'show transaction_read_only';
	const { rows } = await client.query<{ transaction_read_only: string }>(query);
	const takesWrites = rows[0].transaction_read_only === 'off';
	return { isPrimary: takesWrites, takesWrites, system: '', timeline: 0, database: '' };
}

/** Nobody there takes writes, for now. */
export class NoPrimary extends Error {
	/** PostgreSQL's own for a server that cannot be used yet. */
	readonly code = '57P03';
}

function suits({ isPrimary, takesWrites }: Identity, wanted: Wanted): boolean {
	return wanted === 'any' || (wanted === 'primary' ? isPrimary : takesWrites);
}

function serverOf(url: string): Server {
	const { host, port } = new Client({ connectionString: url });
	return { url, host, port };
}

/** Where the driver finds a server: the same for all addresses that lead there by the same name. */
export function reachedAt(url: string): string {
	const { host, port } = serverOf(url);
	return `${host}:${port}`;
}

/** Asks a server what it is. @throws {Error} when it does not say so in a moment */
export async function look(url: string): Promise<Identity> {
	const socket = new Socket();
	const client = new Client({
		connectionString: url,
		stream: () => socket,
		connectionTimeoutMillis: LOOK_MS,
		query_timeout: LOOK_MS
	});
	client.on('error', () => {});
	try {
		await client.connect();
		return await identityOf(client);
	} finally {
		socket.destroy();
	}
}

/**
 * The servers that an address names, of which one takes writes. Which one that is, is asked when it is not known:
 * at first, and whenever a connection is lost or cannot be made. When several take writes, because one that was given up has
 * come back, it is the one that was promoted last, or of those that are alike the one before; and one that is behind what was met already is never gone
 * back to.
 */
export class Servers {
	readonly #servers: Server[];
	readonly #wanted: Wanted;
	/** Connections, to which server each leads, and what that was when it was met. */
	readonly #clients = new Map<Client, { server: Server; met: Identity | null }>();
	#known: Server | null = null;
	/** The one that was found last: of several that are as good, as two poolers before one server are, it stays. */
	#last: Server | null = null;
	#finding: Promise<Server> | null = null;
	#met: Identity | null = null;
	#history = 0;

	constructor(url: string) {
		this.#servers = addressesOf(url).map(serverOf);
		this.#wanted = wantedOf(url) ?? 'primary';
	}

	/** The address of one of them, for what is the same in all. */
	get anyUrl(): string {
		return this.#servers[0].url;
	}

	/** Which past the server that was met last has: the same number wherever it is met. 0 before any was. */
	get history(): number {
		return this.#history;
	}

	/** The one that takes writes, as far as is known. @throws {NoPrimary} */
	async primary(): Promise<Server> {
		if (this.#servers.length === 1) return this.#servers[0];
		return this.#known ?? this.#find();
	}

	/** Notes where a connection leads, until it ends. */
	lead(client: Client, server: Server): void {
		this.#clients.set(client, { server, met: null });
		client.once('end', () => this.#clients.delete(client));
	}

	/** Looks now and then whether another server has taken over, and ends the connections to the one before. @returns what ends that */
	watch(): () => void {
		if (this.#servers.length === 1) return () => {};
		const timer = setInterval(() => void this.#lookAround(), LOOK_EVERY_MS).unref();
		return () => clearInterval(timer);
	}

	/** It may be another one by now. */
	suspect(): void {
		this.#known = null;
	}

	/** Looks whom a new connection leads to, before anything is asked. @throws {NoPrimary} when that is the wrong one */
	async meet(client: Client): Promise<void> {
		const identity = await identityOf(client);
		const place = `${client.host}:${client.port}`;
		if (!suits(identity, this.#wanted)) {
			throw new NoPrimary(`${place} takes no writes: it only follows another server.`);
		}
		if (this.#isBehind(identity)) {
			throw new NoPrimary(`${place} was given up: another server was promoted since.`);
		}
		this.#met = identity;
		const way = this.#clients.get(client);
		if (way) way.met = identity;
		const before = this.#history;
		this.#history = pastOf(identity.system, identity.timeline, identity.database);
		if (before === 0 || before === this.#history) return;
		log('warn', 'database.replaced', { server: place, timeline: identity.timeline });
		this.#endBefore(identity);
	}

	/** Ends the connections to what was given up: what is read there from now on would count as true, what is written be lost. */
	#endBefore({ system, timeline }: Identity): void {
		for (const [client, { met }] of this.#clients) {
			if (met === null || (met.system === system && met.timeline >= timeline)) continue;
			client.connection.stream.destroy();
		}
	}

	#isBehind({ system, timeline }: Identity): boolean {
		if (this.#wanted === 'any' || this.#met === null) return false;
		return system === this.#met.system && timeline < this.#met.timeline;
	}

	async #lookAround(): Promise<void> {
		if (this.#clients.size === 0) return;
		// While none takes writes there is nothing better than to wait for the one that did.
		const primary = await this.#find().catch(() => null);
		if (primary === null) return;
		for (const [client, { server }] of this.#clients) {
			if (server !== primary) client.connection.stream.destroy();
		}
	}

	/** Asks all of them, once for all who want to know. */
	#find(): Promise<Server> {
		return (this.#finding ??= this.#ask().finally(() => (this.#finding = null)));
	}

	async #ask(): Promise<Server> {
		const found: { server: Server; timeline: number }[] = [];
		const looks = this.#servers.map(async (server) => {
			const identity = await look(server.url);
			const isIt = suits(identity, this.#wanted) && !this.#isBehind(identity);
			if (!isIt) throw new NoPrimary(`${placeOf(server.url)} takes no writes.`);
			found.push({ server, timeline: identity.timeline });
		});
		const all = Promise.allSettled(looks);
		await Promise.any(looks).catch(() => {});
		await Promise.race([all, setTimeout(GRACE_MS, undefined, { ref: false })]);
		const isLast = ({ server }: { server: Server }) => Number(server === this.#last);
		const [best] = found.toSorted((a, b) => b.timeline - a.timeline || isLast(b) - isLast(a));
		if (!best) {
			const places = this.#servers.map(({ url }) => placeOf(url)).join(', ');
			throw new NoPrimary(`None of these takes writes: ${places}`);
		}
		return (this.#known = this.#last = best.server);
	}
}

/** Makes the class of connections to the one of the servers that takes writes, for pools too. */
export function clientOf(servers: Servers) {
	return class extends Client {
		constructor(config: ClientConfig = {}) {
			super({ ...config, connectionString: servers.anyUrl });
			// Whoever asks something is told of a lost connection; unheard, it would end the process.
			this.on('error', () => servers.suspect());
		}

		override connect(): Promise<Client>;
		override connect(callback: (error: Error) => void): void;
		override connect(callback?: (error: Error) => void): Promise<Client> | void {
			const reached = this.#reach();
			if (!callback) return reached;
			reached.then(() => callback(null as never), callback);
		}

		get #parameters(): object {
			return (this as unknown as { connectionParameters: object }).connectionParameters;
		}

		async #reach(): Promise<Client> {
			try {
				const server = await servers.primary();
				const { host, port } = server;
				Object.assign(this, { host, port });
				// By these its line of the password file is found.
				Object.assign(this.#parameters, { host, port });
				// A server that hangs may hang from here on.
				servers.lead(this, server);
				await super.connect();
				await servers.meet(this);
				return this;
			} catch (error) {
				servers.suspect();
				this.end().catch(() => {});
				throw error;
			}
		}
	};
}
