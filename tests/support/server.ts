import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOADING, serverEnvironment, serverFlags } from '../../src/bootstrap/flags.js';

/** The directory of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a program that ran to its end left. */
export interface Result {
	stdout: string;
	stderr: string;
	/** Its exit code; null if a signal ended it. */
	code: number | null;
}

/** A production server with a database of its own, and the commands that work beside it. */
export interface Site {
	/** Its address, without a slash at the end. */
	url: string;
	databaseUrl: string;
	/** The server's process, for tests that end it in their own way. */
	process: ChildProcess;
	/** Everything the server has written so far, standard output and errors together. */
	output(): string;
	/** Runs `npm run cli -- ARGS` on the site's database, with `input` as its standard input and settings of its own. */
	cli(args: string[], input?: string, more?: NodeJS.ProcessEnv): Promise<Result>;
	/** Does what the server has to do by the clock and is due by now, in a process beside it. */
	doDue(): Promise<Result>;
	/** Ends the server gracefully, and removes its data if they were made for it. */
	stop(): Promise<Result>;
}

/** How a site is started; nothing is needed. */
export interface SiteOptions {
	/** An existing database; an empty SQLite file in a temporary directory without it. */
	databaseUrl?: string;
	/** Settings of the server and of its commands. */
	env?: NodeJS.ProcessEnv;
	/** What follows `npm start --`. */
	args?: string[];
}

/** Settings of whoever runs the tests, which must not reach the server. */
const NOT_INHERITED = [
	...['STAFF_SECOND_FACTOR', 'DATABASE_URL', 'HOST', 'PORT', 'ORIGIN', 'MAIL_URL', 'MAIL_FROM'],
	...['NODE_ENV', 'NODE_OPTIONS']
];

/**
 * Starts the production server, from the build that is there, on a free port.
 * @throws {Error} With what it wrote, if it ends before it is ready.
 */
export async function startSite(options: SiteOptions = {}): Promise<Site> {
	const directory = await mkdtemp(join(tmpdir(), 'afterword-site-'));
	const databaseUrl = options.databaseUrl ?? `file:${join(directory, 'afterword.db')}`;
	const env = environment({ DATABASE_URL: databaseUrl, PORT: '0', ...options.env });
	const server = node([...serverFlags(env), 'src/server.ts', ...(options.args ?? [])], env);
	// For tests that are broken off, which stop nothing themselves.
	const breakOff = () => {
		server.child.kill('SIGKILL');
		rmSync(directory, { recursive: true, force: true });
	};
	process.once('exit', breakOff);
	const url = await address(server);
	return {
		url,
		databaseUrl,
		process: server.child,
		output: server.output,
		cli(args, input = '', more = {}) {
			const command = node([...LOADING, 'src/cli/main.ts', ...args], { ...env, ...more });
			command.child.stdin?.end(input);
			return command.ended;
		},
		doDue: () => node([...LOADING, 'tests/support/due.ts'], env).ended,
		async stop() {
			process.off('exit', breakOff);
			server.child.kill('SIGTERM');
			const result = await server.ended;
			await rm(directory, { recursive: true, force: true });
			return result;
		}
	};
}

function environment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const env = { ...process.env };
	for (const name of NOT_INHERITED) delete env[name];
	return {
		...{ ...serverEnvironment({ ...env, ...more }), NODE_ENV: 'production' },
		// Tests of what staff do sign them in by password; those of second factors set this themselves.
		STAFF_SECOND_FACTOR: 'off',
		...more
	};
}

interface Running {
	child: ChildProcess;
	output(): string;
	ended: Promise<Result>;
}

/** Runs a script of ours with the Node that runs the tests. */
function node(args: string[], env: NodeJS.ProcessEnv): Running {
	const child = spawn(process.execPath, args, { cwd: root, env });
	let stdout = '';
	let stderr = '';
	let both = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		both += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
		both += text;
	});
	// A command that does not read its input closes it early; its exit code says whether that was well.
	child.stdin.on('error', () => {});
	const ended = new Promise<Result>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => resolve({ stdout, stderr, code }));
	});
	return { child, output: () => both, ended };
}

/** Waits for the line by which the server says that it answers, and where. */
function address({ child, output, ended }: Running): Promise<string> {
	return new Promise((resolve, reject) => {
		const look = () => {
			const found = /Afterword is at (http:\/\/\S+?)\/?\s/.exec(output());
			if (found) resolve(found[1]);
		};
		child.stdout?.on('data', look);
		ended.then(
			() => reject(new Error(`The server ended before it was ready:\n${output()}`)),
			reject
		);
	});
}
