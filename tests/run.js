/**
 * `npm test`: every check and every suite, one after the other, whatever fails before. With
 * `unit`, `domain` or `e2e` only that part. Plain JavaScript for Node 18, because it installs the
 * packages first. The last line counts everything, and the exit code is 1 if anything failed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ensureBuilt } from '../src/bootstrap/build.js';
import { CHECKS, passes } from '../src/bootstrap/checks.js';
import { ensureInstalled, ensureSynced, program } from '../src/bootstrap/install.js';
import { findNode } from '../src/bootstrap/node.js';
import { environment, main, run, say } from '../src/bootstrap/process.js';
import { ensureChromium } from './support/chromium.js';
import { readPlaywright, readVitest, settle } from './support/reports.js';

/** @typedef {import('./support/reports.js').Count} Count */
/** @typedef {{ name: string, part: string, count: () => Promise<Count> }} Suite */

const reports = mkdtempSync(path.join(os.tmpdir(), 'afterword-reports-'));
process.once('exit', () => rmSync(reports, { recursive: true, force: true }));

// What the person has set for their own site must not reach the tests.
for (const name of ['DATABASE_URL', 'HOST', 'PORT', 'ORIGIN', 'NODE_ENV']) delete process.env[name];

/** @type {Suite[]} */
const SUITES = [
	...CHECKS.map((check) => ({
		name: check.name,
		part: 'check',
		count: () => once(() => passes(check))
	})),
	vitest('unit', 'unit'),
	vitest('domain on SQLite', 'domain', { TEST_DATABASE: 'sqlite' }),
	vitest('domain on PostgreSQL', 'domain', { TEST_DATABASE: 'postgres' }),
	{ name: 'build', part: 'e2e', count: () => once(() => ensureBuilt().then(() => true)) },
	playwright('in the browser', 'chromium'),
	playwright('in the browser, without JavaScript', 'no-javascript')
];

/**
 * Something that passes or fails as a whole.
 * @param {() => Promise<boolean>} check
 * @returns {Promise<Count>}
 */
async function once(check) {
	const passed = await check();
	return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/**
 * @param {string} name
 * @param {string} project A project of vitest.config.ts.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Suite}
 */
function vitest(name, project, env) {
	const report = path.join(reports, `${name}.json`);
	const args = ['run', '--project', project, '--allowOnly=false'];
	const output = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
	return {
		name,
		part: project,
		async count() {
			const code = await run(findNode(), [program('vitest'), ...args, ...output], {
				env: environment(env)
			});
			return settle(readVitest(report), code === 0);
		}
	};
}

/**
 * @param {string} name
 * @param {string} project A project of playwright.config.ts.
 * @returns {Suite}
 */
function playwright(name, project) {
	const report = path.join(reports, `${project}.json`);
	const args = ['test', '--project', project, '--forbid-only', '--reporter=list,json'];
	return {
		name,
		part: 'e2e',
		async count() {
			const chromium = await ensureChromium();
			if (!chromium) throw new Error('There is no Chromium: set CHROMIUM_PATH to one.');
			const code = await run(findNode(), [program('playwright'), ...args], {
				env: environment({ CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report })
			});
			return settle(readPlaywright(report), code === 0);
		}
	};
}

/**
 * Runs one suite; one that cannot run has failed.
 * @param {Suite} suite
 * @returns {Promise<Count>}
 */
async function attempt({ count }) {
	try {
		return await count();
	} catch (error) {
		say(error instanceof Error ? error.message : String(error));
		return { passed: 0, failed: 1, skipped: 0 };
	}
}

/** @param {Count} count */
function words({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @param {Suite[]} suites */
async function runAll(suites) {
	const total = { passed: 0, failed: 0, skipped: 0 };
	const lines = [];
	for (const [index, suite] of suites.entries()) {
		console.log(`\n▶ ${index + 1}/${suites.length} ${suite.name}`);
		const started = Date.now();
		const count = await attempt(suite);
		const seconds = ((Date.now() - started) / 1000).toFixed(1);
		lines.push(`${count.failed ? '✗' : '✓'} ${suite.name}: ${words(count)} (${seconds} s)`);
		console.log(lines.at(-1));
		for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) {
			total[key] += count[key];
		}
	}
	console.log(`\n${lines.join('\n')}\n`);
	console.log(words(total));
	process.exitCode = total.failed > 0 ? 1 : 0;
}

await main(async () => {
	const part = process.argv[2];
	const suites = SUITES.filter((suite) => part === undefined || suite.part === part);
	if (suites.length === 0)
		throw new Error('Usage: npm test, npm run test:unit|test:domain|test:e2e');
	try {
		await ensureInstalled();
		await ensureSynced();
	} catch (error) {
		say(error instanceof Error ? error.message : String(error));
		console.log(words({ passed: 0, failed: 1, skipped: 0 }));
		process.exitCode = 1;
		return;
	}
	await runAll(suites);
});
