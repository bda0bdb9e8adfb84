import { member, MEMBERS_TIMEOUT, newArticle, post } from './support/api.ts';
import { test } from './support/people.ts';
import { expect, letSignUp, unique } from './support/site.ts';
import { write } from './support/writing.ts';

test('a new name stands wherever its owner wrote or is quoted, and the old one leads to it', async ({
	other,
	site,
	someone
}) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	const slug = await newArticle(await member(site, 'editor'));
	const quoter = await member(site, 'reader');
	const { page, name } = await someone('reader');
	const id = await write(page, slug, 'The ferry is late again.');
	const text = `> [${name} said,](/c/${id})\n> The ferry is late again.\n\nIt always is.`;
	const quoting = await post(quoter, slug, text);
	// Guests are given a kept page, which must not stay as it was.
	for (let n = 0; n < 2; n++) {
		await other.goto(`/articles/${slug}`);
		await expect(other.locator(`#c-${quoting.id} .said a`)).toHaveText(`${name} said,`);
	}

	const wanted = unique('Rose Marsh');
	await page.goto('/account/profile');
	await page.locator('#name [name=name]').fill(wanted);
	await page.getByRole('button', { name: 'Change the name' }).click();
	await expect(page.locator('.notice')).toContainText('Your name is changed');
	await expect(page.locator('#name')).toContainText('You can take another name again on');

	await other.goto(`/articles/${slug}`);
	await expect(other.locator(`#c-${id} .author`)).toHaveText(wanted);
	await expect(other.locator(`#c-${quoting.id} .said a`)).toHaveText(`${wanted} said,`);
	expect(await other.content()).not.toContain(name);
	await other.goto(`/people/${encodeURIComponent(name)}`);
	await expect(other).toHaveURL(`/people/${encodeURIComponent(wanted)}`);
	await expect(other.locator(`#c-${id}`)).toBeVisible();
	// Nobody else may be called what somebody was.
	await letSignUp(site);
	await other.goto('/sign-up');
	await other.locator('main [name=name]').fill(name);
	await other.locator('main [name=email]').fill(`${crypto.randomUUID()}@example.org`);
	await other.locator('main [name=password]').fill('violets in the rain');
	await other.getByRole('button', { name: 'Create the account' }).click();
	await expect(other.getByRole('alert')).toContainText('Somebody has this name');
});
