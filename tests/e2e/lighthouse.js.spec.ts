import { availableParallelism, loadavg } from 'node:os';
import type { Result } from 'lighthouse';
import { MOST } from '../../src/bootstrap/weight.js';
import { audit, faultsOf, requestsOf, scoreOf, slowness } from './support/lighthouse.ts';
import { longDiscussion } from './support/long-discussion.ts';
import { expect, test } from './support/site.ts';

/** Milliseconds that three audits may take on a loaded machine. */
const PATIENCE = 300_000;
/**
 * Performance is measured: what else the machine does takes from it, and nothing adds to it. So the best
 * counts, and the phone is thought slower than this machine as Lighthouse rates it while it is as busy.
 */
const TRIES = 3;
/** With so much of it a page can be read (kB). */
const READABLE = 45;
const KB = 1000;
/** What is new has its date told as an age by the script, a word shorter; nothing else may move. */
const SHIFT = 0.01;
/** Where others wait for the processor all the while, its rating says little: then so much must be left of 100. */
const BUSY = 75;

function isBusy(): boolean {
	return loadavg()[0] > availableParallelism();
}

test.describe.configure({ timeout: PATIENCE });

let slug: string;
test.beforeAll(async ({ site }) => {
	slug = await longDiscussion(site);
});

const PAGES = {
	'the front page': () => '/',
	'an article with 200 comments': () => `/articles/${slug}`
};
/** What depends on the page alone, so that once is enough. */
const SETTLED = ['accessibility', 'best-practices', 'seo'];

/** What a page weighs, as it came over the line (kB). */
function weigh(requests: { url: string; transferSize: number }[]): number {
	return requests.reduce((sum, { transferSize }) => sum + transferSize, 0) / KB;
}

function expectLight(report: Result, origin: string): void {
	const requests = requestsOf(report);
	const elsewhere = requests.filter(({ url }) => !url.startsWith(`${origin}/`));
	expect(elsewhere, 'asked of others').toEqual([]);
	expect(weigh(requests)).toBeLessThanOrEqual(MOST.firstVisit);
	// The script comes when the page is there.
	const first = requests.filter(({ url }) => !/\/afterword-|\/live|\/favicon/.test(url));
	expect(weigh(first)).toBeLessThanOrEqual(READABLE);
	expect(report.audits['cumulative-layout-shift'].numericValue).toBeLessThan(SHIFT);
}

for (const [what, path] of Object.entries(PAGES)) {
	test(`${what} has four times 100 from Lighthouse`, async ({ site, launchOptions }) => {
		const scores: number[] = [];
		let faults: string[] = [];
		let slower: number | undefined;
		while (Math.max(...scores) < 100 && scores.length < TRIES) {
			const report = await audit(site.url + path(), launchOptions, slower);
			for (const category of SETTLED) {
				expect(faultsOf(report, category), category).toEqual([]);
				expect(scoreOf(report, category), category).toBe(100);
			}
			expectLight(report, site.url);
			scores.push(scoreOf(report, 'performance'));
			faults = faultsOf(report, 'performance');
			slower = slowness(report);
		}
		const best = Math.max(...scores);
		const least = isBusy() ? BUSY : 100;
		// What was asked of it, and what it was given, is to be seen where the tests ran.
		console.log(`Lighthouse, performance of ${what}: ${best}, at least ${least}`);
		expect(best, `${scores.join(', ')}: ${faults.join('; ')}`).toBeGreaterThanOrEqual(least);
	});
}
