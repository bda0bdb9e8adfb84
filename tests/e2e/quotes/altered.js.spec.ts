import { member, MEMBERS_TIMEOUT, newArticle, post } from '../support/api.ts';
import { test } from '../support/people.ts';
import { expect } from '../support/site.ts';

test('the difference opens and closes in its place', async ({ page, site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	const [editor, ann] = [await member(site, 'editor'), await member(site, 'reader')];
	const slug = await newArticle(editor);
	const source = await post(ann, slug, 'I doubt it very much.');
	const body = `> [${ann.name} said,](/c/${source.id})\n> I believe it very much.\n\nDo you?`;
	const { id } = await post(editor, slug, body);
	await page.goto(`/articles/${slug}`);
	await expect(page.locator('html')).toHaveAttribute('data-hydrated', 'true');
	const quote = page.locator(`#c-${id} .quote`);
	const link = quote.getByRole('link', { name: 'not the exact words' });
	await link.click();
	await expect(quote.locator('.difference-words ins')).toHaveText('believe');
	await expect(link).toHaveAttribute('aria-expanded', 'true');
	await link.click();
	await expect(quote.locator('.difference')).toBeHidden();
	await expect(link).toHaveAttribute('aria-expanded', 'false');
	await link.click();
	await expect(quote.locator('.difference')).toBeVisible();
	await expect(page).toHaveURL(`/articles/${slug}`);
});
