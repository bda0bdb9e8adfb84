import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { root } from '../../support/server.ts';

/** A bare program to hold our own against: it prints its address and serves until it is ended. */
export interface Program {
	url: string;
	process: ChildProcess;
	stop(): Promise<void>;
}

/** Starts a script of `tests/bench/bare` and waits for the address on its first line. */
export async function startProgram(script: string, args: string[]): Promise<Program> {
	const child = spawn(process.execPath, [`tests/bench/bare/${script}`, ...args], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_ENV: 'production' }
	});
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const lines = createInterface({ input: child.stdout });
	const { value } = (await lines[Symbol.asyncIterator]().next()) as { value: string };
	return {
		url: value,
		process: child,
		async stop() {
			child.kill('SIGTERM');
			await ended;
		}
	};
}

const NANOSECONDS = 1e-6;

/**
 * The processor time that the threads of a process have used so far, in milliseconds (Linux:
 * /proc/PID/task/TID/schedstat, to the nanosecond; /proc/PID/stat counts hundredths of a second).
 */
export function processorTime(pid: number): number {
	const tasks = readdirSync(`/proc/${pid}/task`);
	const spent = tasks.map((task) => readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8'));
	return spent.reduce((sum, line) => sum + parseInt(line), 0) * NANOSECONDS;
}

/** The resident memory of a process in MB (Linux: /proc/PID/status). */
export function residentMemory(pid: number): number {
	const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(
		readFileSync(`/proc/${pid}/status`, 'utf8')
	) as RegExpExecArray;
	return Number(kilobytes) / 1024;
}
