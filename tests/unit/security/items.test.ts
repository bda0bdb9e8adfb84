import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const TESTS = new URL('../../', import.meta.url);
const COUNTS = { A: 14, S: 9, Z: 7, X: 12, I: 20, L: 7, R: 21 };
const IDS = Object.entries(COUNTS).flatMap(([letter, count]) =>
	Array.from({ length: count }, (_, n) => `${letter}${n + 1}`)
);

/** The rows of the list: an item, and what proves it. */
function listed(): [id: string, proof: string][] {
	const text = readFileSync(new URL('security-items.md', TESTS), 'utf8');
	const rows = text.matchAll(/^\| ([A-Z]\d+) +\| [^|]+\| ([^|]+?) +\|$/gm);
	return [...rows].map(([, id, proof]) => [id, proof]);
}

/** The items after which tests are named. */
function named(): Set<string> {
	const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' });
	const sources = files
		.filter((file) => /\.(test|spec)\.ts$/.test(file))
		.map((file) => readFileSync(new URL(file, TESTS), 'utf8'));
	// What a call of `test` or `describe`, or of what `test.each` gave, begins with.
	const titles = sources.flatMap((text) => [...text.matchAll(/[)\w]\(\s*['"`]((?:[A-Z]\d+ )+)/g)]);
	return new Set(titles.flatMap(([, ids]) => ids.trim().split(' ')));
}

describe('the items of security', () => {
	const rows = listed();
	const tested = named();

	test('are all listed, in their order', () => {
		expect(rows.map(([id]) => id)).toEqual(IDS);
	});

	test.each(rows)('%s has a test of its name, or a reason', (id, proof) => {
		if (/^test\b/.test(proof)) expect(tested).toContain(id);
		else expect(proof.split(' ').length).toBeGreaterThan(3);
	});

	test('have no others that tests are named after', () => {
		expect([...tested].filter((id) => !IDS.includes(id))).toEqual([]);
	});
});
