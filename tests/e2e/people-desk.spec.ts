import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { post, writeArticle } from './support/newsroom.ts';
import { signInNew, test } from './support/people.ts';
import type { Someone } from './support/people.ts';
import { expect } from './support/site.ts';

/** Milliseconds that making four accounts may take on a loaded machine. */
const PATIENCE = 120_000;

// Several people take turns in each of these.
test.describe.configure({ timeout: 90_000 });

let editor: Someone;
let moderator: Someone;
let reader: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(PATIENCE);
	editor = await signInNew(browser, site, 'editor');
	moderator = await signInNew(browser, site, 'moderator');
	reader = await signInNew(browser, site, 'reader');
});

test.afterAll(async () => {
	for (const { page } of [editor, moderator, reader]) await page.context().close();
});

/** Looks at the page: on a phone and on a desk, by day and by night; the inspection itself needs script. */
async function inspect(page: Page): Promise<void> {
	if (test.info().project.name === 'no-javascript') return;
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		for (const width of [390, 1280]) {
			await page.setViewportSize({ width, height: 900 });
			const overflow = () =>
				page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth
				);
			await expect.poll(overflow, `overflow at ${width}`).toBe(0);
			await page.screenshot({
				path: test.info().outputPath(`${width}-${colorScheme}.png`),
				fullPage: true
			});
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
		}
	}
}

/** Lays something on the reader, by the form of their record. */
async function lay(kind: string, more: { until?: string; removing?: string } = {}): Promise<void> {
	const { page } = moderator;
	await page.goto(`/moderation/people/${encodeURIComponent(reader.name)}`);
	await page.locator(`#kind-${kind}`).check();
	await page.locator('#sanction-ground').selectOption('spam');
	await page.locator('#sanction-reason').fill('Shoes, again.');
	if (more.until) await page.locator('#sanction-until').fill(more.until);
	if (more.removing) await page.locator('#sanction-removing').selectOption(more.removing);
	await page.getByRole('button', { name: 'Do it' }).click();
	await expect(page.getByRole('status')).toContainText('It is done');
}

test('a warning is read, and said to be', async () => {
	await lay('warning');
	const { page } = reader;
	await page.goto('/');
	await page.getByRole('link', { name: 'Read the warning' }).click();
	await expect(page.getByText('Shoes, again.')).toBeVisible();
	await inspect(page);
	await page.getByRole('button', { name: 'I have read this' }).click();
	await expect(page.getByRole('status')).toContainText('You can post again');
	await expect(page.locator('.standing')).toHaveCount(0);
});

test('a ban with what was written lately, an objection to it, and its end', async () => {
	const { url } = await writeArticle(editor.page);
	await post(reader.page, url, 'Buy these shoes.');
	await lay('ban', { removing: 'hour' });
	await expect(moderator.page.getByRole('status')).toContainText('1 comment of theirs is removed');
	await inspect(moderator.page);

	const { page } = reader;
	await page.goto(url);
	await expect(page.locator('.tombstone')).toHaveText('Removed by a moderator: spam.');
	await expect(page.locator('.standing')).toContainText('This account is banned');
	await page.locator('.standing a').click();
	await page.getByRole('link', { name: 'Your account is banned' }).first().click();
	await expect(page.getByText('Do not advertise')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Your comment was removed' })).toBeVisible();
	await page.locator('[name=words]').fill('They were my own shoes.');
	await inspect(page);
	await page.getByRole('button', { name: 'Object' }).click();
	await expect(page.getByText('They were my own shoes.')).toBeVisible();
	await expect(page.locator('[name=words]')).toHaveCount(0);

	await moderator.page.goto('/moderation/appeals');
	await expect(moderator.page.locator('.case', { hasText: reader.name })).toContainText(
		'Somebody else decides'
	);
	const desk = editor.page;
	await desk.goto('/moderation/appeals');
	const own = desk.locator('.case', { hasText: reader.name });
	await inspect(desk);
	await own.locator('[name=answer]').fill('So they were.');
	await own.getByRole('button', { name: 'Take it back' }).click();
	await expect(desk.getByRole('status')).toContainText('taken back');

	await page.goto('/notifications');
	await page.getByRole('link', { name: 'We looked again: the decision is taken back' }).click();
	await expect(page.getByText('So they were.')).toBeVisible();
	await expect(page.locator('.standing')).toHaveCount(0);
});

test('a note, a name that is searched for, and what cannot be', async () => {
	const { page } = moderator;
	await page.goto(`/moderation/people?name=${encodeURIComponent(reader.name)}`);
	await page.getByRole('link', { name: reader.name }).click();
	await page.locator('[name=note]').fill('Sells shoes.');
	await page.getByRole('button', { name: 'Keep the note' }).click();
	await expect(page.locator('.case-note')).toHaveText('Sells shoes.');
	await page.locator('#kind-suspension').check();
	await page.locator('#sanction-reason').fill('Kept words.');
	await page.getByRole('button', { name: 'Do it' }).click();
	await expect(page.getByRole('alert')).toContainText('until when');
	await expect(page.locator('#sanction-reason')).toHaveValue('Kept words.');
	await page.goto('/moderation/people');
	await inspect(page);
});
