import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * What a suite counts for whose report says nothing of why it failed: a suite that ended badly,
 * wrote no report, or ran nothing at all counts as one failure, never as none.
 * @param {Count} count
 * @param {boolean} endedWell Whether its program's exit code was 0.
 * @returns {Count}
 */
export function settle(count, endedWell) {
	const ran = count.passed + count.failed + count.skipped > 0;
	return count.failed === 0 && !(endedWell && ran) ? { ...count, failed: 1 } : count;
}

/**
 * Counts the tests in Vitest's JSON report.
 * @param {string} file
 * @returns {Count}
 */
export function readVitest(file) {
	const count = { passed: 0, failed: 0, skipped: 0 };
	/** @type {{ testResults: { status: string, assertionResults: { status: string }[] }[] } | undefined} */
	const report = read(file);
	for (const { status, assertionResults } of report?.testResults ?? []) {
		const failed = assertionResults.filter((test) => test.status === 'failed').length;
		const passed = assertionResults.filter((test) => test.status === 'passed').length;
		// A file that could not be loaded has failed, though no test in it has.
		count.failed += status === 'failed' ? Math.max(failed, 1) : failed;
		count.passed += passed;
		count.skipped += assertionResults.length - failed - passed;
	}
	return count;
}

/**
 * Counts the tests in Playwright's JSON report. A test that passed when tried again counts as
 * passed: Playwright's own report names it.
 * @param {string} file
 * @returns {Count}
 */
export function readPlaywright(file) {
	/** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] } | undefined} */
	const report = read(file);
	if (!report) return { passed: 0, failed: 0, skipped: 0 };
	const { expected, unexpected, flaky, skipped } = report.stats;
	return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped };
}

/** @param {string} file */
function read(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
