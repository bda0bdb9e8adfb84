import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { member, MEMBERS_TIMEOUT, newArticle, post } from './support/api.ts';
import type { Client } from './support/api.ts';
import { signInNew, test } from './support/people.ts';
import type { Someone } from './support/people.ts';
import { expect, unique } from './support/site.ts';

/** Two moderators take turns here. */
test.describe.configure({ timeout: 90_000 });

let editor: Client;
let reader: Client;
let mona: Someone;
let ann: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	editor = await member(site, 'editor');
	reader = await member(site, 'reader');
	mona = await signInNew(browser, site, 'moderator');
	ann = await signInNew(browser, site, 'moderator');
});

test.afterAll(async () => {
	for (const { page } of [mona, ann]) await page.context().close();
});

/** Comments that wait, on an article of their own; gives their ids. */
async function held(...texts: string[]): Promise<string[]> {
	const slug = await newArticle(editor, { commenting: 'premoderated' });
	const ids: string[] = [];
	for (const text of texts) ids.push((await post(reader, slug, text)).id);
	return ids;
}

/** Decides about everything that earlier tests left. */
async function clear(): Promise<void> {
	for (let left = true; left;) {
		const { items } = await editor.expect(200, 'QueuePage', 'GET', '/moderation/queue');
		left = items.length > 0;
		for (const { comment } of items) {
			const json = { ground: 'other', reason: 'For the test.', anyway: true };
			await editor.call('POST', `/comments/${comment.id}/reject`, { json });
		}
	}
}

async function open(page: Page, path = '/moderation'): Promise<void> {
	await page.goto(path);
	await expect(page.locator('html')).toHaveAttribute('data-desk', 'true');
}

const caseOf = (page: Page, id: string): Locator => page.locator(`#w-${id}`);
const statusOf = async (id: string) =>
	(await editor.expect(200, 'Comment', 'GET', `/comments/${id}`)).status;

test.beforeEach(clear);

test('the whole queue is worked by keyboard alone', async () => {
	const { page } = mona;
	const [good, spam, worded, last] = await held('Good.', 'Buy it.', 'Wrong.', 'The last.');
	await open(page);
	await page.keyboard.press('j');
	await expect(caseOf(page, good)).toBeFocused();
	await expect(caseOf(page, good)).toHaveAttribute('data-held', 'yes');
	await page.keyboard.press('j');
	await expect(caseOf(page, spam)).toBeFocused();
	await page.keyboard.press('k');
	await page.keyboard.press('a');
	await expect(caseOf(page, spam)).toBeFocused();
	await expect(caseOf(page, good).locator('.case-done')).toContainText('Approved');
	await expect(page.getByRole('status').filter({ hasText: 'Approved' })).toBeAttached();

	// A number says nothing before x, and x nothing before a number.
	await page.keyboard.press('3');
	await page.keyboard.press('x');
	await expect(caseOf(page, spam)).toHaveClass(/choosing/);
	await page.keyboard.press('Escape');
	await expect(caseOf(page, spam)).not.toHaveClass(/choosing/);
	expect(await statusOf(spam)).toBe('pending');
	await page.keyboard.press('x');
	await page.keyboard.press('3');
	await expect(caseOf(page, worded)).toBeFocused();
	await expect(caseOf(page, spam).getByRole('button', { name: 'Undo' })).toBeVisible();
	expect(await statusOf(spam)).toBe('rejected');
	await page.keyboard.press('u');
	await expect(caseOf(page, spam)).toBeFocused();
	await expect(caseOf(page, spam).locator('.case-done')).toHaveCount(0);
	expect(await statusOf(spam)).toBe('pending');
	await page.keyboard.press('x');
	await page.keyboard.press('3');

	await expect(caseOf(page, worded)).toBeFocused();
	await page.keyboard.press('x');
	await page.keyboard.press('9');
	await page.keyboard.type('jak is no word.');
	await page.keyboard.press('Enter');
	await expect(caseOf(page, last)).toBeFocused();
	await page.keyboard.press('a');
	await expect(page.getByRole('link', { name: 'That was the last here' })).toBeVisible();
	await expect.poll(() => statusOf(last)).toBe('published');
	expect(await statusOf(good)).toBe('published');
	expect(await statusOf(worded)).toBe('rejected');

	await open(page);
	await expect(page.locator('.empty')).toContainText('Nothing waits.');
	await expect(page.locator('.desk-head')).toContainText(/median \d+ s a decision, \d+ decisions?/);
});

test('b leads to the author’s record; ? lists the keys and switches them off', async () => {
	const { page } = mona;
	const [id] = await held('Who is this?');
	await open(page);
	await page.keyboard.press('j');
	const record = caseOf(page, id).getByRole('link', { name: 'Author' });
	await expect(record).toHaveAttribute(
		'href',
		`/moderation/people/${encodeURIComponent(reader.name)}?from=${id}`
	);
	await page.keyboard.press('?');
	const list = page.getByRole('dialog', { name: 'Keys' });
	await list.getByLabel('Use these keys').uncheck();
	await page.keyboard.press('Escape');
	await expect(caseOf(page, id).locator('kbd').first()).toBeHidden();
	await page.keyboard.press('a');
	expect(await statusOf(id)).toBe('pending');
	await page.getByRole('button', { name: 'Keys', exact: true }).click();
	await list.getByLabel('Use these keys').check();
	await list.getByRole('button', { name: 'Close' }).click();
	await page.keyboard.press('b');
	await expect(page).toHaveURL(/\/moderation\/people\//);
});

test('two moderators see what the other looks at and decides', async () => {
	const [first, second] = await held('The first of two.', 'Another matter.');
	await open(mona.page);
	await open(ann.page);
	await mona.page.keyboard.press('j');
	await expect(caseOf(mona.page, first)).toHaveAttribute('data-held', 'yes');
	await expect(caseOf(ann.page, first)).toContainText(`${mona.name} is looking at this.`);
	// What somebody else looks at is passed by.
	await ann.page.keyboard.press('j');
	await expect(caseOf(ann.page, second)).toBeFocused();
	await caseOf(ann.page, first)
		.getByRole('button', { name: /^Approve/ })
		.click();
	await expect(caseOf(ann.page, first).getByRole('alert')).toContainText('Decide again');
	expect(await statusOf(first)).toBe('pending');
	await mona.page.keyboard.press('a');
	await expect(caseOf(mona.page, first).getByRole('button', { name: 'Undo' })).toBeVisible();
	await expect(caseOf(ann.page, first)).toContainText('Somebody has decided this meanwhile.');
	await ann.page.keyboard.press('a');
	await expect(caseOf(ann.page, first).getByRole('alert')).toContainText('Somebody was quicker');
	const [fresh] = await held('Come since.');
	await expect(ann.page.getByRole('link', { name: '1 new case' })).toBeVisible();
	await ann.page.getByRole('link', { name: '1 new case' }).click();
	await expect(caseOf(ann.page, fresh)).toBeVisible();
});

test('what is alike is decided together, and what was chosen', async () => {
	const { page } = mona;
	const text = 'Best shoes in town, now half the price, only today, only here, for you';
	const alike = await held(text, `${text} all`, text);
	const [one, other] = await held('Something else.', 'Nothing of the kind.');
	await open(page);
	await expect(page.locator('.alike')).toContainText('3 with the same or nearly the same text.');
	await page.keyboard.press('j');
	await page.keyboard.press('X');
	await page.locator('.alike select').selectOption('spam');
	await page
		.locator('.alike')
		.getByRole('button', { name: /^Reject/ })
		.click();
	await expect(page.locator('.notice')).toContainText('3 comments are decided.');
	for (const id of alike) expect(await statusOf(id)).toBe('rejected');
	await expect(page.locator('html')).toHaveAttribute('data-desk', 'true');
	for (const id of [one, other]) {
		await page.keyboard.press('j');
		await expect(caseOf(page, id)).toBeFocused();
		await page.keyboard.press('s');
	}
	await page.keyboard.press('A');
	await expect(page.locator('.notice')).toContainText('2 comments are decided.');
	for (const id of [one, other]) expect(await statusOf(id)).toBe('published');
});

test('the thread is read where the case is', async () => {
	const { page } = mona;
	const slug = await newArticle(editor);
	const { id: root } = await post(reader, slug, 'A question.');
	await post(editor, slug, 'An answer.', root);
	await editor.call('POST', `/comments/${root}/report`, { json: { reason: 'spam' } });
	await open(page, '/moderation?tab=reported');
	await caseOf(page, root).getByRole('link', { name: 'In its thread' }).click();
	await expect(caseOf(page, root).locator('.case-thread')).toContainText('An answer.');
	await caseOf(page, root).getByRole('link', { name: 'In its thread' }).click();
	await expect(caseOf(page, root).locator('.case-thread')).toHaveCount(0);
});

test('suits every screen, eye and ear', async () => {
	const { page } = mona;
	const text = unique('Best shoes in town, now half the price, only today, only here');
	await held('Short.', text, text);
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		for (const width of [390, 1280]) {
			await page.setViewportSize({ width, height: 900 });
			await open(page);
			await page.keyboard.press('j');
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(overflow, `overflow at ${width}`).toBe(0);
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
			if (process.env.SHOTS) {
				await page.screenshot({
					...{ path: `${process.env.SHOTS}/queue-${width}-${colorScheme}.png`, fullPage: true }
				});
			}
		}
	}
});
