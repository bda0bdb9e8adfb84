import type { Page } from '@playwright/test';
import { change } from './security/support/database.ts';
import { member, newArticle } from './support/api.ts';
import type { Client } from './support/api.ts';
import { signInNew, test } from './support/people.ts';
import type { Someone } from './support/people.ts';
import { expect, signIn } from './support/site.ts';
import type { Site } from './support/site.ts';
import { body, press, textsOf, write } from './support/writing.ts';

/** Milliseconds that making accounts may take on a loaded machine. */
const PATIENCE = 180_000;
const HOUR = 60 * 60 * 1000;

let editor: Client;
let bob: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(PATIENCE);
	editor = await member(site, 'editor');
	bob = await signInNew(browser, site, 'reader');
});

test.afterAll(() => bob.page.context().close());

/** Opens the form in which somebody edits their comment, and writes there. */
async function beginEdit(page: Page, id: string, words: string): Promise<void> {
	await page.goto(`/c/${id}/edit`);
	await body(page).fill(words);
}

test.describe('a comment that can no longer be edited', () => {
	const MEANWHILE = [
		[
			'its time is over',
			'for 15 minutes',
			(site: Site, _slug: string, id: string) => {
				const before = Date.now() - HOUR;
				change(site, 'update comments set created_at = ? where id = ?', before, id);
			}
		],
		[
			'the article was closed',
			'Commenting is disabled',
			(_site: Site, slug: string) =>
				editor.call('PATCH', `/articles/${slug}`, { json: { commenting: 'disabled' } })
		],
		[
			'a moderator removed it',
			'taken down',
			(_site: Site, _slug: string, id: string) =>
				editor.call('POST', `/comments/${id}/remove`, { json: { reason: 'A test.' } })
		]
	] as const;
	for (const [why, words, happen] of MEANWHILE) {
		test(`because ${why}, gives the new words back`, async ({ site }) => {
			const { page } = bob;
			const slug = await newArticle(editor);
			const id = await write(page, slug, 'The first words.');
			await beginEdit(page, id, 'The words that came too late.');
			await happen(site, slug, id);
			expect(await press(page, 'Save')).toBe(403);
			await expect(page.getByRole('alert')).toContainText(words);
			await expect(body(page)).toHaveValue('The words that came too late.');
			await expect(body(page)).not.toBeEditable();
			await expect(page.locator('.composer').getByRole('button')).toHaveCount(0);
			expect(await textsOf(site, slug)).not.toContain('The words that came too late.');
		});
	}
});

test('an edit outlives the session in which it was begun', async ({ browser, site }) => {
	test.setTimeout(PATIENCE);
	const { page, ...person } = await signInNew(browser, site, 'reader');
	const slug = await newArticle(editor);
	const id = await write(page, slug, 'The first words.');
	await beginEdit(page, id, 'The second words.');
	await page.context().clearCookies();
	expect(await press(page, 'Save')).toBe(401);
	await expect(page.getByRole('alert')).toContainText('Your words are still here.');
	await expect(body(page)).toHaveValue('The second words.');
	const tab = await page.context().newPage();
	await signIn(tab, person);
	expect(await press(page, 'Save')).toBe(303);
	expect(await textsOf(site, slug)).toEqual(['The second words.']);
	await page.context().close();
});

test('of two windows that edit one comment, the second sees what the first wrote', async ({
	site
}) => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const id = await write(page, slug, 'The first words.');
	const other = await page.context().newPage();
	await beginEdit(page, id, 'From the first window.');
	await beginEdit(other, id, 'From the second window.');
	expect(await press(page, 'Save')).toBe(303);
	expect(await press(other, 'Save')).toBe(409);
	await expect(other.getByRole('region', { name: 'As it stands' })).toContainText(
		'From the first window.'
	);
	await expect(body(other)).toHaveValue('From the second window.');
	expect(await press(other, 'Save')).toBe(303);
	expect(await textsOf(site, slug)).toEqual(['From the second window.']);
	await other.close();
});
