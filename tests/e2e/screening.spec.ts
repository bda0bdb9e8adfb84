import { member, newArticle } from './support/api.ts';
import { signInNew, test } from './support/people.ts';
import type { Someone } from './support/people.ts';
import { expect } from './support/site.ts';
import { body, press, write } from './support/writing.ts';

/** Milliseconds that making accounts may take on a loaded machine. */
const PATIENCE = 120_000;
// Nobody writes it in any other test.
const WORD = 'zeppelin';

test.describe.configure({ timeout: 90_000 });

let editor: Someone;
let reader: Someone;
let slug: string;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(PATIENCE);
	editor = await signInNew(browser, site, 'editor');
	reader = await signInNew(browser, site, 'reader');
	slug = await newArticle(await member(site, 'editor'));
	const { page } = editor;
	await page.goto('/moderation/words');
	await page.fill('[name=suspect]', WORD);
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByRole('status')).toContainText('The rules are saved');
});

test.afterAll(async () => {
	for (const { page } of [editor, reader]) await page.context().close();
});

test('the rules can be tried on last month, are read by moderators, and keep their history', async ({
	someone
}) => {
	const { page } = editor;
	await write(reader.page, slug, 'Once I saw a dirigible over the harbour.');
	await page.goto('/moderation/words');
	await expect(page.locator('[name=suspect]')).toHaveValue(WORD);
	await page.fill('[name=banned]', 'd1r*ble');
	await page.getByRole('button', { name: /last month/ }).click();
	const rehearsal = page.locator('#rehearsal');
	await expect(rehearsal).toContainText('Banned words: 1 would not have been published');
	await expect(rehearsal).toContainText('Once I saw a dirigible');
	await expect(page.locator('[name=banned]')).toHaveValue('d1r*ble');

	await page.fill('[name=banned]', '***');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.locator('.field-error')).toContainText('no letters');
	await expect(page.locator('[name=banned]')).toHaveValue('***');

	const moderator = await someone('moderator');
	await moderator.page.goto('/moderation/words');
	await expect(moderator.page.locator('[name=suspect]')).toBeDisabled();
	await expect(moderator.page.locator('[name=banned]')).toHaveValue('');
	await expect(moderator.page.getByRole('button', { name: 'Save' })).toHaveCount(0);
	await expect(moderator.page.locator('main')).toContainText('Suspect words: 1 entry added');
	expect((await (await someone('reader')).page.goto('/moderation/words'))?.status()).toBe(404);
});

test('a writer is told once before a comment is held, and then why it waits', async () => {
	const { page } = reader;
	const words = `A Z3PPEL1N would be quicker, says number ${Date.now()}.`;
	await page.goto(`/articles/${slug}`);
	await body(page).fill(words);
	expect(await press(page, 'Post')).toBe(409);
	await expect(page.locator('.composer .problem')).toContainText(`because it has words`);
	await expect(page.locator('.composer .problem')).toContainText(WORD);
	await expect(body(page)).toHaveValue(words);
	await page.getByRole('button', { name: 'Post anyway' }).click();
	const waiting = page.locator('.comment', { hasText: 'would be quicker' });
	await expect(waiting.locator('.status-line')).toContainText(`looks at first: “${WORD}”`);
	await expect(page.locator('.composer .problem')).toHaveCount(0);
});

test('an edit that is held keeps the place of the comment, without its words', async ({
	page: guest
}) => {
	const { page } = reader;
	const id = await write(page, slug, `I prefer trains, on day ${Date.now()}.`);
	await page.goto(`/c/${id}/edit`);
	await body(page).fill('I prefer the z e p p e l i n by far.');
	expect(await press(page, 'Save')).toBe(409);
	await expect(body(page)).toHaveValue('I prefer the z e p p e l i n by far.');
	await page.getByRole('button', { name: 'Save anyway' }).click();
	await expect(page.locator(`#c-${id} .status-line`)).toContainText(WORD);
	await guest.goto(`/articles/${slug}?c=${id}`);
	await expect(guest.locator(`#c-${id}`)).toContainText('This comment waits for a moderator.');
	await expect(guest.locator(`#c-${id}`)).not.toContainText('far');
});
