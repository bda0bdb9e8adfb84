import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type LaunchOptions } from '@playwright/test';
import lighthouse, { type Result } from 'lighthouse';

/** The slow phone is thought to be so many times slower than a machine of this rating (`benchmarkIndex`). */
const SLOWER = 4;
const RATED = 1500;

/** How much slower the phone is than this machine, as busy as it was found to be. */
export function slowness({ environment }: Result): number {
	return Math.max(1, Math.min(SLOWER, (SLOWER * environment.benchmarkIndex) / RATED));
}

/** What Lighthouse says of a page to a browser that has never been there, on a phone so many times slower. */
export async function audit(url: string, options: LaunchOptions, slower = SLOWER): Promise<Result> {
	const directory = await mkdtemp(join(tmpdir(), 'afterword-lighthouse-'));
	const args = [...(options.args ?? []), '--remote-debugging-port=0'];
	const browser = await chromium.launchPersistentContext(directory, { ...options, args });
	try {
		// Where the browser says which port it chose.
		const said = await readFile(join(directory, 'DevToolsActivePort'), 'utf8');
		const report = await lighthouse(
			url,
			{ port: parseInt(said), logLevel: 'error' },
			{
				extends: 'lighthouse:default',
				settings: {
					throttlingMethod: 'simulate',
					throttling: { cpuSlowdownMultiplier: slower }
				}
			}
		);
		if (!report) throw new Error('Lighthouse says nothing.');
		return report.lhr;
	} finally {
		await browser.close();
		await rm(directory, { recursive: true, force: true });
	}
}

/** A category's score as Lighthouse shows it, of 100. */
export function scoreOf({ categories }: Result, category: string): number {
	return Math.round((categories[category].score ?? 0) * 100);
}

/** What keeps a category from 100. */
export function faultsOf({ categories, audits }: Result, category: string): string[] {
	return categories[category].auditRefs
		.filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 1)
		.map(({ id }) => {
			const { displayValue, title, details } = audits[id];
			const found = details?.type === 'table' ? details.items : [];
			return `${id}: ${displayValue ?? title} ${JSON.stringify(found)}`;
		});
}

/** What a page asked for, with what came over the line (bytes). */
export function requestsOf({ audits }: Result): { url: string; transferSize: number }[] {
	const { details } = audits['network-requests'];
	if (details?.type !== 'table') throw new Error('Lighthouse lists no requests.');
	return details.items as unknown as { url: string; transferSize: number }[];
}
