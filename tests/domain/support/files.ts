import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let directory: string | null = null;
let made = 0;

/** A path in a directory that goes after the test file that runs. */
export function pathFor(name: string): string {
	directory ??= mkdtempSync(join(tmpdir(), 'afterword-domain-files-'));
	return join(directory, name);
}

/** Writes lines to a file of records. @returns its path */
export function fileOf(lines: (object | string)[], end = '\n'): string {
	const path = pathFor(`${++made}.jsonl`);
	const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
	writeFileSync(path, texts.join('\n') + end);
	return path;
}

/** Removes what the test file that has just run has written. */
export function removeFiles(): void {
	if (directory) rmSync(directory, { recursive: true, force: true });
	directory = null;
}
