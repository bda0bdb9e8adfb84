import type { Page } from '@playwright/test';
import { expect } from './support/site.ts';
import { linkOf, takeMail, test } from './support/with-mail.ts';

test.describe.configure({ timeout: 120_000 });

const PASSWORD = 'violets in the rain';
const NEW = 'a long walk at low tide';
const EMAIL = 'wanda.tide@example.org';

async function fill(page: Page, values: Record<string, string>): Promise<void> {
	for (const [name, value] of Object.entries(values)) {
		await page.locator(`main [name="${name}"]:visible`).fill(value);
	}
}

function button(page: Page, name: string) {
	return page.locator('main').getByRole('button', { name, exact: true });
}

test('somebody signs up, forgets, comes back, is called otherwise and moves', async ({
	page,
	smtp
}) => {
	const follow = async (email: string, subject: string) =>
		void (await page.goto(linkOf(await takeMail(smtp, email, subject))));

	await page.goto('/sign-up?next=/help');
	await fill(page, { name: 'Wanda Tide', email: EMAIL, password: PASSWORD });
	await button(page, 'Create the account').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mail');
	await expect(page.locator('main')).toContainText(EMAIL);
	await follow(EMAIL, 'Confirm your e-mail address');
	await button(page, 'Create the account').click();
	await expect(page).toHaveURL(/\/help$/);
	await expect(page.getByRole('navigation', { name: 'Site' })).toContainText('Wanda Tide');

	await page.context().clearCookies();
	await page.goto('/sign-in');
	await page.getByRole('link', { name: 'Forgotten your password?' }).click();
	await fill(page, { name: 'wanda tide' });
	await button(page, 'Send the link').click();
	await follow(EMAIL, 'Set a new password');
	await fill(page, { password: 'password123' });
	await button(page, 'Set the password').click();
	await expect(page.locator('.field-wrong [name=password]')).toBeVisible();
	await fill(page, { password: NEW });
	await button(page, 'Set the password').click();
	await expect(page.locator('.notice')).toContainText('Your password is changed');

	await page.getByRole('link', { name: 'Sign in by a link in a mail' }).click();
	await fill(page, { name: EMAIL });
	await button(page, 'Send the link').click();
	await follow(EMAIL, 'Your link to sign in');
	await button(page, 'Sign in').click();
	await expect(page.getByRole('navigation', { name: 'Site' })).toContainText('Wanda Tide');

	await page.goto('/account/profile');
	await page.locator('#name [name=name]').fill('Wanda Marsh');
	await button(page, 'Change the name').click();
	await expect(page.getByRole('status')).toContainText('Your name is changed');
	await expect(page.locator('#name')).toContainText('You can take another name again on');
	await page.locator('#about [name=bio]').fill('She sails.');
	await button(page, 'Save').click();
	await page.goto('/people/Wanda%20Tide');
	await expect(page).toHaveURL(/\/people\/Wanda%20Marsh$/);
	await expect(page.locator('main')).toContainText('She sails.');

	await page.goto('/account/profile');
	await fill(page, { email: 'wanda@elsewhere.example', current: NEW });
	await button(page, 'Change the address').click();
	await follow('wanda@elsewhere.example', 'Confirm your new e-mail address');
	await button(page, 'Use this address').click();
	await expect(page.getByRole('status')).toContainText('This is your e-mail address now');
	await follow(EMAIL, 'Your e-mail address is being changed');
	await button(page, 'Keep the address and sign everybody out').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set a new password');
	await fill(page, { password: PASSWORD });
	await button(page, 'Set the password').click();
	await fill(page, { name: EMAIL, password: PASSWORD });
	await button(page, 'Sign in').click();
	await page.goto('/account/confirm?next=/account/profile');
	await fill(page, { current: PASSWORD });
	await button(page, 'Go on').click();
	await expect(page).toHaveURL(/\/account\/profile$/);
	await expect(page.locator('#address')).toContainText(EMAIL);
});
