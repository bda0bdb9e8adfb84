import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tooHeavy } from '../../../src/bootstrap/weight.js';

const ASSETS = '_app/immutable/assets';
let client: string;

beforeEach(() => {
	client = mkdtempSync(path.join(tmpdir(), 'afterword-weight-'));
	mkdirSync(path.join(client, ASSETS), { recursive: true });
	publish('theme.js', 100);
	publish(`${ASSETS}/afterword-1.js`, 30_000);
	publish(`${ASSETS}/_layout.1.css`, 11_000);
});

afterEach(() => rmSync(client, { recursive: true }));

/** Publishes a file of so many bytes, none of which can be spared, as a build does. */
function publish(name: string, bytes: number): void {
	const content = randomBytes(bytes);
	writeFileSync(path.join(client, name), content);
	writeFileSync(path.join(client, `${name}.br`), brotliCompressSync(content));
}

test('a build within its budgets is let be', () => {
	publish(`${ASSETS}/desk-1.js`, 14_000);
	publish(`${ASSETS}/passkeys-1.js`, 14_000);
	expect(tooHeavy(client)).toEqual([]);
});

test('it is what is sent that weighs', () => {
	const file = path.join(client, ASSETS, 'afterword-1.js');
	const content = Buffer.alloc(1_000_000, 'a');
	writeFileSync(file, content);
	writeFileSync(`${file}.br`, brotliCompressSync(content));
	expect(tooHeavy(client)).toEqual([]);
});

test('too much script is named, with its weight and the budget', () => {
	publish(`${ASSETS}/afterword-1.js`, 46_000);
	expect(tooHeavy(client)).toEqual([
		'The scripts of a page weigh 46.1 kB with Brotli, of at most 45 kB: theme.js 0.1 kB, afterword-1.js 46.0 kB.'
	]);
});

test('a page’s own script counts beside what every page loads', () => {
	publish(`${ASSETS}/desk-1.js`, 16_000);
	const [said, ...others] = tooHeavy(client);
	expect(said).toMatch(/^The scripts of a page weigh 46\.1 kB .* desk-1\.js 16\.0 kB\.$/);
	expect(others).toEqual([]);
});

test('too many styles are named, wherever they are', () => {
	publish(`${ASSETS}/Desk.1.css`, 2000);
	expect(tooHeavy(client)).toEqual([
		'The styles of a page weigh 13.0 kB with Brotli, of at most 12 kB: Desk.1.css 2.0 kB, _layout.1.css 11.0 kB.'
	]);
});
