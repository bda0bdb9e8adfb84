import { member, MEMBERS_TIMEOUT, newArticle, post, type Client } from '../support/api.ts';
import { test } from '../support/people.ts';
import { expect } from '../support/site.ts';

let editor: Client;
let ann: Client;

test.beforeAll(async ({ site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	editor = await member(site, 'editor');
	ann = await member(site, 'reader');
});

test('an altered quote shows what differs from its source', async ({ page }) => {
	const slug = await newArticle(editor);
	const source = await post(ann, slug, 'I doubt it very much.');
	const body = `> [${ann.name} said,](/c/${source.id})\n> I believe it very much.\n\nDo you?`;
	const { id } = await post(editor, slug, body);
	await page.goto(`/articles/${slug}`);
	const words = page.locator('.difference-words');
	await expect(words).toHaveCount(0);
	await page.locator(`#c-${id}`).getByRole('link', { name: 'not the exact words' }).click();
	await expect(words.locator('del')).toHaveText('doubt');
	await expect(words.locator('ins')).toHaveText('believe');
	await expect(words).toHaveText(/I\s+doubt\s+believe\s+it very much\./);
});

test('what was quoted from an earlier version leads to that version', async ({ page }) => {
	const slug = await newArticle(editor, { body: 'It was lit again.' });
	const source = await post(ann, slug, 'The first words.');
	const comment = `> [${ann.name} said,](/c/${source.id})\n> The first words.`;
	const article = `> [The article said,](/articles/${slug})\n> It was lit again.`;
	const { id } = await post(editor, slug, `${comment}\n\n${article}\n\nSee.`);
	await ann.expect(200, 'Comment', 'PATCH', `/comments/${source.id}`, {
		json: { body: 'Other words.' }
	});
	await editor.expect(200, 'Article', 'PATCH', `/articles/${slug}`, {
		json: { body: 'It stayed dark.', title: 'The dark tower' }
	});
	const earlier = page.locator(`#c-${id}`).getByRole('link', { name: 'an earlier version' });
	await page.goto(`/articles/${slug}`);
	await earlier.nth(0).click();
	await expect(page).toHaveURL(`/c/${source.id}/history#revision-1`);
	await expect(page.locator('#revision-1')).toContainText('The first words.');
	await page.goto(`/articles/${slug}`);
	await earlier.nth(1).click();
	await expect(page).toHaveURL(`/articles/${slug}/versions/1`);
	await expect(page.locator('.article-body')).toHaveText('It was lit again.');
	await expect(page.getByText('as it stood until')).toBeVisible();
});
