import { member, MEMBERS_TIMEOUT, newArticle, post } from './support/api.ts';
import { signInNew, test } from './support/people.ts';
import { expect } from './support/site.ts';

test('a signed-in reader finds what is new since the last visit, guests get no cookie', async ({
	browser,
	page,
	site
}) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	const editor = await member(site, 'editor');
	const bob = await signInNew(browser, site, 'reader');
	const slug = await newArticle(editor);
	const before = await post(editor, slug, 'There before.');
	await bob.page.goto(`/articles/${slug}`);
	await expect(bob.page.locator('.mark-new, .first-new')).toHaveCount(0);
	const since = await post(editor, slug, 'There since.', before.id);
	await bob.page.goto(`/articles/${slug}`);
	await expect(bob.page.locator('.mark-new')).toHaveCount(1);
	await expect(bob.page.locator(`#c-${since.id} .mark-new`)).toHaveText('New');
	await bob.page.getByRole('link', { name: 'First new comment' }).click();
	await expect(bob.page).toHaveURL(new RegExp(`#c-${since.id}$`));
	await bob.page.reload();
	await expect(bob.page.locator('.mark-new'), 'a reload loses nothing').toHaveCount(1);

	const kept = async () => {
		const cookies = await bob.page.context().cookies(`${site.url}/articles/x`);
		return cookies.map(({ name }) => name).sort();
	};
	expect(await kept()).toEqual(['device', 'seen', 'session']);
	await bob.page.goto('/sign-out');
	await bob.page.locator('main').getByRole('button', { name: 'Sign out' }).click();
	await expect.poll(kept, 'only that this browser is known').toEqual(['device']);
	await bob.page.context().close();

	await page.goto(`/articles/${slug}`);
	expect(await page.context().cookies()).toEqual([]);
});
