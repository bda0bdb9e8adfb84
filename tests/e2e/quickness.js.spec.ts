import type { Locator, Page } from '@playwright/test';
import { answer, measure } from './support/interactions.ts';
import { longDiscussion } from './support/long-discussion.ts';
import { open } from './support/pages.ts';
import { test } from './support/people.ts';
import { expect } from './support/site.ts';
import { body } from './support/writing.ts';

/** Milliseconds that the whole may take on a loaded machine. */
const PATIENCE = 240_000;
/** From here on an answer feels slow (milliseconds). */
const SLOW = 100;
/** The bar of a selected passage comes when the selection has rested; this is a little more (milliseconds). */
const SELECTION_RESTS = 300;
/** A telephone of the middle kind against this machine. */
const SLOWER = 4;

/** Where to press for an element. */
async function middle(element: Locator): Promise<[number, number]> {
	await element.evaluate((one) => one.scrollIntoView({ block: 'center', behavior: 'instant' }));
	const { x, y, width, height } = (await element.boundingBox())!;
	return [x + width / 2, y + height / 2];
}

/** What readers do on the page of a discussion, again and again: each made ready, and then the input itself. */
const ACTS: Record<string, (page: Page, time: number) => Promise<() => Promise<unknown>>> = {
	'fold and unfold a thread': async (page) => {
		const at = await middle(page.locator('.thread .fold').first());
		return () => page.mouse.click(...at);
	},
	'open and close a menu': async (page) => {
		const at = await middle(page.locator('.threads .menu summary').nth(3));
		return () => page.mouse.click(...at);
	},
	'recommend, and take it back': async (page) => {
		const at = await middle(page.getByRole('button', { name: 'Recommend' }).nth(2));
		return () => page.mouse.click(...at);
	},
	'go to the next comment, and back, by key': async (page, time) => {
		await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
		return () => page.keyboard.press(time % 2 ? 'k' : 'j');
	},
	'select a passage': async (page, time) => {
		const [x, y] = await middle(page.locator('.threads .comment-body p').nth(4));
		return async () => {
			await page.mouse.move(x, y);
			await page.mouse.down();
			await page.mouse.move(x + 40 + 10 * time, y);
			await page.mouse.up();
			await page.evaluate(
				(rest) => new Promise((resolve) => setTimeout(resolve, rest)),
				SELECTION_RESTS
			);
		};
	},
	'answer a comment': async (page, time) => {
		const at = await middle(page.locator('.threads .acts a', { hasText: 'Reply' }).nth(time));
		return () => page.mouse.click(...at);
	},
	'write a letter': async (page) => {
		await body(page).focus();
		return () => page.keyboard.press('a');
	}
};

test('a page of 200 comments answers within 100 ms on a machine four times slower', async ({
	site,
	someone
}) => {
	test.setTimeout(PATIENCE);
	const slug = await longDiscussion(site);
	const { page } = await someone('reader');
	await open(page, `/articles/${slug}`);
	const measured = await measure(page, SLOWER);
	const nothing = await answer(page, measured, async () => async () => {});
	for (const [what, act] of Object.entries(ACTS)) {
		const { work, wait } = await answer(page, measured, (time) => act(page, time));
		expect.soft(work - nothing.work, `the page’s own work to ${what}`).toBeLessThan(SLOW);
		expect.soft(wait, `the wait to ${what}`).toBeLessThan(SLOW);
		test.info().annotations.push({ type: what, description: `${work - nothing.work} ${wait}` });
	}
	await expect(body(page)).toHaveValue(/a{8}/);
});
