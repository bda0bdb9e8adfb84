import { query, change } from './security/support/database.ts';
import {
	button,
	byName,
	giveCredentials,
	plugInAuthenticator,
	signOut
} from './support/factors.ts';
import { createAccount, expect, signIn, test as base, unique } from './support/site.ts';

const PAGE = '/account/security/passkeys';

const test = base.extend({ baseURL: async ({ site }, use) => use(byName(site.url)) });

test.describe.configure({ timeout: 120_000 });

test('a passkey is added, renamed, used in every place, and removed', async ({ page, site }) => {
	const person = await createAccount(site, unique('Kay Passer'));
	const subjects = () =>
		query<{ subject: string }>(
			site,
			'select subject from mails where recipient = ?',
			person.email
		).map(({ subject }) => subject);
	await plugInAuthenticator(page);
	await signIn(page, person);

	await page.goto(PAGE);
	await page.locator('main [name=label]').fill('My telephone');
	await button(page, 'Add a passkey').click();
	const item = page.locator('.arranged > li');
	await expect(item).toContainText('My telephone');
	await expect(item).toContainText('not used yet');
	expect(subjects()).toContain('A passkey was added');
	await item.getByText('Rename').click();
	await item.locator('[name=label]').fill('My old telephone');
	await item.getByRole('button', { name: 'Save' }).click();
	await expect(item.locator('strong')).toHaveText('My old telephone');

	// The device knows that it has one already.
	await page.locator('main form[data-passkey] [name=label]').fill('Again');
	await button(page, 'Add a passkey').click();
	await expect(page.locator('[data-passkey-said]')).toHaveText(/has a passkey .* already/);

	await signOut(page);
	await page.goto('/sign-in?next=/help');
	await button(page, 'Sign in with a passkey').click();
	await expect(page).toHaveURL('/help');
	await expect(page.getByRole('navigation', { name: 'Site' })).toContainText(person.name);
	await page.goto(PAGE);
	await expect(item).toContainText('last used');

	await signOut(page);
	await giveCredentials(page, person);
	await expect(page).toHaveURL('/sign-in/second-step');
	await expect(page.getByRole('navigation', { name: 'Site' })).toContainText('Sign in');
	await button(page, 'Use a passkey').click();
	await expect(page).toHaveURL('/help');

	change(site, 'update sessions set authenticated_at = 0');
	await page.goto(PAGE);
	await expect(page.locator('main')).toContainText('Confirm that it is you first.');
	await button(page, 'Remove My old telephone').click();
	await expect(page).toHaveURL(/\/account\/confirm\?next=/);
	await button(page, 'Use a passkey').click();
	await expect(page).toHaveURL(PAGE);
	await button(page, 'Remove My old telephone').click();
	await expect(item).toHaveText('None yet.');
	expect(subjects()).toContain('A passkey was removed');

	// The device has it still, and shows it in vain.
	await signOut(page);
	await page.goto('/sign-in');
	await button(page, 'Sign in with a passkey').click();
	await expect(page.getByRole('alert')).toContainText('This passkey could not be used.');
	await giveCredentials(page, person);
	await expect(page).toHaveURL('/help');
});

test('a device without a passkey is told so, and can sign in another way', async ({ page }) => {
	await plugInAuthenticator(page);
	await page.goto('/sign-in');
	await button(page, 'Sign in with a passkey').click();
	await expect(page.locator('[data-passkey-said]')).toHaveText('No passkey was given.');
	await expect(button(page, 'Sign in with a passkey')).toBeFocused();
});

test('at a bare network address no passkeys are offered', async ({ page, site }) => {
	const origin = site.url;
	const person = await createAccount(site, unique('Bea Bare'));
	await page.goto(`${origin}/sign-in`);
	await expect(button(page, 'Sign in with a passkey')).toHaveCount(0);
	await page.locator('main [name=name]').fill(person.name);
	await page.locator('main [name=password]').fill(person.password);
	await button(page, 'Sign in').click();
	await page.goto(`${origin}${PAGE}`);
	await expect(page.locator('main')).toContainText('bare network address');
});
