import type { CDPSession, Page } from '@playwright/test';

/** What answering somebody took, or would have taken on the slower processor (milliseconds). */
export interface Answered {
	/** Of the page's own thread, its next picture with it: other work of the machine does not count. */
	work: number;
	/** From the press until the next picture, as the browser measures it; 0 for less than it tells (16). */
	wait: number;
}

/** How often each thing is done: an even number, so that what was opened is closed again. */
const TIMES = 4;

declare global {
	/** How long the browser's interactions took, the last at the end. */
	var waits: number[];
}

type Act = () => Promise<unknown>;

/** A page that is measured. */
interface Measured {
	browser: CDPSession;
	/** How much slower a processor is thought of than this machine's. */
	slower: number;
}

/** Begins to measure how a page answers. */
export async function measure(page: Page, slower: number): Promise<Measured> {
	const browser = await page.context().newCDPSession(page);
	await browser.send('Performance.enable', { timeDomain: 'threadTicks' });
	await page.evaluate(() => {
		globalThis.waits = [];
		new PerformanceObserver((list) => {
			const entries = list.getEntries() as PerformanceEventTiming[];
			waits.push(...entries.filter((one) => one.interactionId).map(({ duration }) => duration));
		}).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
	});
	return { browser, slower };
}

async function workOf(browser: CDPSession): Promise<number> {
	const { metrics } = await browser.send('Performance.getMetrics');
	return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
}

/** Waits until what was done can be seen. */
function picture(page: Page): Promise<void> {
	return page.evaluate(
		() =>
			new Promise<void>((resolve) =>
				requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))
			)
	);
}

function median(values: number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function workFor(page: Page, browser: CDPSession, act: Act): Promise<number> {
	const before = await workOf(browser);
	await act();
	await picture(page);
	return (await workOf(browser)) - before;
}

async function waitFor(page: Page, act: Act): Promise<number> {
	await page.evaluate(() => (globalThis.waits = []));
	await act();
	await picture(page);
	return page.evaluate(() => Math.max(0, ...globalThis.waits));
}

/**
 * Does something several times at the machine's own pace, for the work, and as often on a processor that is
 * `slower` times slower, for the wait. The work is the median; the wait is the shortest, because a busy
 * machine adds to it and nothing takes from it.
 * @param ready makes it ready and gives what then sends the input, and nothing else, or that would be counted.
 */
export async function answer(
	page: Page,
	{ browser, slower }: Measured,
	ready: (time: number) => Promise<Act>
): Promise<Answered> {
	const works: number[] = [];
	const waits: number[] = [];
	for (let time = 0; time < 2 * TIMES; time++) {
		const isSlow = time >= TIMES;
		const act = await ready(time);
		await browser.send('Emulation.setCPUThrottlingRate', { rate: isSlow ? slower : 1 });
		await picture(page);
		if (isSlow) waits.push(await waitFor(page, act));
		else works.push(slower * (await workFor(page, browser, act)));
		await browser.send('Emulation.setCPUThrottlingRate', { rate: 1 });
	}
	return { work: median(works), wait: Math.min(...waits) };
}
