import { expect, test, unique } from './support/site.ts';
import { signInNew } from './support/people.ts';

test('under guard a browser without JavaScript is told so, and the words are kept', async ({
	browser,
	page,
	site
}) => {
	const admin = await signInNew(browser, site, 'admin');
	await admin.page.goto('/admin/settings');
	await admin.page.getByLabel('Ask for proof of work').selectOption('always');
	await admin.page.locator('form[action="?/guard"] button').click();
	const name = unique('Newcomer');
	await page.goto('/sign-up');
	await expect(page.getByRole('status')).toContainText('needs JavaScript');
	await page.fill('main [name=name]', name);
	await page.fill('main [name=email]', `${Date.now()}@example.org`);
	await page.fill('main [name=password]', 'tern gannet fulmar skua');
	await page.getByRole('button', { name: 'Create the account' }).click();
	await expect(page.getByRole('alert')).toContainText('needs JavaScript');
	await expect(page.locator('main [name=name]')).toHaveValue(name);
	await admin.page.getByLabel('Ask for proof of work').selectOption('automatic');
	await admin.page.locator('form[action="?/guard"] button').click();
	await admin.page.context().close();
});
