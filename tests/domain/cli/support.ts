import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, vi } from 'vitest';
import { PROCESSES_MS, runCommand } from '../../support/command.ts';

const directory = mkdtempSync(join(tmpdir(), 'afterword-cli-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

vi.setConfig({ testTimeout: PROCESSES_MS, hookTimeout: PROCESSES_MS });

let made = 0;

/** A path in a directory that goes after the tests. */
export function pathFor(name: string): string {
	return join(directory, name);
}

/** A file with these lines. @returns its path */
export function fileOf(...lines: (object | string)[]): string {
	const path = pathFor(`${++made}.jsonl`);
	const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
	writeFileSync(path, texts.join('\n'));
	return path;
}

/** What commands do on one database. */
export function commandsOn(databaseUrl: string) {
	return (...args: string[]) => runCommand(databaseUrl, args);
}

/** The address of a SQLite file that is not there yet. */
export function newSqliteUrl(): string {
	return `file:${pathFor(`${++made}.db`)}`;
}
