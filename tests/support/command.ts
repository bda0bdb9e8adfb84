import { spawn } from 'node:child_process';
import { LOADING } from '../../src/bootstrap/flags.js';
import { root, type Result } from './server.ts';

/** Time for a test that runs commands, in milliseconds: each begins a Node of its own, on a busy machine too. */
export const PROCESSES_MS = 180_000;

/** Runs one of our commands as a process of its own on a database, with the Node that runs the tests. */
export function runCommand(
	databaseUrl: string,
	args: string[],
	options: { input?: string; env?: NodeJS.ProcessEnv; cwd?: string } = {}
): Promise<Result> {
	const env: NodeJS.ProcessEnv = { ...process.env, ...options.env, DATABASE_URL: databaseUrl };
	// What the tests themselves run under is not what an operator has.
	for (const name of ['NODE_OPTIONS', 'npm_lifecycle_event', 'VITEST']) delete env[name];
	const child = spawn(process.execPath, [...LOADING, `${root}src/cli/main.ts`, ...args], {
		cwd: options.cwd ?? root,
		env: { ...env, ...options.env }
	});
	let stdout = '';
	let stderr = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
	child.stdin.on('error', () => {});
	child.stdin.end(options.input ?? '');
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => resolve({ stdout, stderr, code }));
	});
}
