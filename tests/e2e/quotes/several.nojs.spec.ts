import { member, MEMBERS_TIMEOUT, newArticle, post } from '../support/api.ts';
import { test } from '../support/people.ts';
import { expect } from '../support/site.ts';
import { body } from '../support/writing.ts';

test('while quotes are being gathered, each further link carries them on', async ({
	site,
	someone
}) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	const [editor, ann] = [await member(site, 'editor'), await member(site, 'reader')];
	const { page } = await someone('reader');
	const slug = await newArticle(editor, { standfirst: 'It was lit again.' });
	const one = await post(ann, slug, 'One thing.');
	const two = await post(editor, slug, 'Another thing.');
	const quoteLink = (id: string) =>
		page.locator(`#c-${id} .acts`).getByRole('link', { name: 'Quote' });
	await page.goto(`/articles/${slug}`);
	await quoteLink(one.id).click();
	await quoteLink(two.id).click();
	await page.getByRole('link', { name: 'Quote the article' }).click();
	await expect(body(page)).toHaveValue(
		`> [${ann.name} said,](/c/${one.id})\n> One thing.\n\n` +
			`> [${editor.name} said,](/c/${two.id})\n> Another thing.\n\n` +
			`> [The article said,](/articles/${slug})\n> It was lit again.\n\n`
	);
	await body(page).fill(`${await body(page).inputValue()}All of it.`);
	await page.getByRole('button', { name: 'Preview' }).click();
	await expect(page.locator('.preview .quote')).toHaveCount(3);
	await expect(quoteLink(two.id)).toHaveAttribute(
		'href',
		new RegExp(`quote=${one.id}&quote=${two.id}&quote=article&quote=${two.id}#`)
	);
});
