import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPlaywright, readVitest, settle } from '../../support/reports.js';

const directory = mkdtempSync(join(tmpdir(), 'afterword-unit-'));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, content: unknown): string {
	const path = join(directory, name);
	writeFileSync(path, JSON.stringify(content));
	return path;
}

test('a file that Vitest could not load counts as one failure', () => {
	const tests = (...statuses: string[]) => statuses.map((status) => ({ status }));
	const testResults = [
		{ status: 'passed', assertionResults: tests('passed', 'passed', 'pending', 'todo') },
		{ status: 'failed', assertionResults: tests('passed', 'failed', 'failed') },
		{ status: 'failed', assertionResults: [] }
	];
	const count = readVitest(file('vitest.json', { testResults }));
	expect(count).toEqual({ passed: 3, failed: 3, skipped: 2 });
});

test('a test that Playwright tried again with success counts as passed', () => {
	const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
	const count = readPlaywright(file('playwright.json', { stats, errors: ['no such fixture'] }));
	expect(count).toEqual({ passed: 6, failed: 2, skipped: 2 });
});

test('without a report nothing has passed', () => {
	const nothing = { passed: 0, failed: 0, skipped: 0 };
	expect(readVitest(join(directory, 'none.json'))).toEqual(nothing);
	expect(readPlaywright(join(directory, 'none.json'))).toEqual(nothing);
});

test.each([
	{ count: { passed: 2, failed: 0, skipped: 0 }, well: true, failed: 0 },
	{ count: { passed: 2, failed: 0, skipped: 0 }, well: false, failed: 1 },
	{ count: { passed: 2, failed: 3, skipped: 0 }, well: false, failed: 3 },
	{ count: { passed: 0, failed: 0, skipped: 0 }, well: true, failed: 1 },
	{ count: { passed: 0, failed: 0, skipped: 4 }, well: true, failed: 0 }
])('$count, ended well: $well → $failed failed', ({ count, well, failed }) => {
	expect(settle(count, well)).toEqual({ ...count, failed });
});
