import type { Page } from '@playwright/test';
import { startSite } from '../support/server.ts';
import { test } from './support/people.ts';
import { createAccount, expect, letSignUp, signIn, unique } from './support/site.ts';

test.beforeAll(({ site }) => letSignUp(site));

const PASSWORD = 'violets in the rain';

// Each sign-in hashes a password on purpose slowly, and each account is made by a new process.
test.describe.configure({ timeout: 90_000 });

function account(name: string) {
	return { name, email: `${crypto.randomUUID()}@example.org`, password: PASSWORD };
}

async function fill(page: Page, values: Record<string, string>): Promise<void> {
	for (const [name, value] of Object.entries(values)) {
		await page.locator(`main [name="${name}"]`).fill(value);
	}
}

function masthead(page: Page) {
	return page.getByRole('navigation', { name: 'Site' });
}

async function sessionOf(page: Page) {
	const cookies = await page.context().cookies();
	return cookies.find(({ name }) => name === 'session');
}

test.describe('signing up', () => {
	test('makes an account, signs it in and leads on', async ({ page }) => {
		const { name, email, password } = account(unique('Ann Reader'));
		await page.goto('/sign-up?next=/help');
		await fill(page, { name, email, password });
		await page.getByRole('button', { name: 'Create the account' }).click();
		await expect(page).toHaveURL('/help');
		await expect(masthead(page)).toContainText(name);
		expect(await sessionOf(page)).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
	});

	const WRONG = [
		['a password that everybody has', { password: 'password123' }, 'password', 422],
		['a password made of the name', { password: 'Rosa Quill 99' }, 'password', 422],
		['a name of the newsroom', { name: 'Administrator' }, 'name', 422],
		['a name in two alphabets', { name: 'Rоsa Quill' }, 'name', 422],
		['an address that nothing reaches', { email: 'rosa@localhost' }, 'email', 422]
	] as const;
	for (const [what, change, field, status] of WRONG) {
		test(`refuses ${what}, and keeps the rest`, async ({ page }) => {
			const values = {
				name: 'Rosa Quill',
				email: 'rosa@example.org',
				password: PASSWORD,
				...change
			};
			await page.goto('/sign-up');
			await fill(page, values);
			const [answer] = await Promise.all([
				page.waitForResponse((response) => response.request().method() === 'POST'),
				page.getByRole('button', { name: 'Create the account' }).click()
			]);
			expect(answer.status()).toBe(status);
			await expect(page.locator(`.field-wrong [name="${field}"]`)).toBeVisible();
			await expect(page.locator('main [name=name]')).toHaveValue(values.name);
			await expect(page.locator('main [name=email]')).toHaveValue(values.email);
			await expect(page.locator('main [name=password]')).toHaveValue('');
			expect(await page.content()).not.toContain(values.password);
		});
	}

	test('refuses a name that looks like somebody’s', async ({ page, site }) => {
		const { name } = await createAccount(site, unique('Mormon Burns'));
		await page.goto('/sign-up');
		await fill(page, account(name.replace('Burns', 'Bums')));
		await page.getByRole('button', { name: 'Create the account' }).click();
		await expect(page.getByRole('alert')).toContainText('Somebody has this name');
	});
});

test.describe('signing in', () => {
	test('takes a name or an address, and leads on', async ({ page, site }) => {
		const { name, email, password } = await createAccount(site, unique('Ned Tide'));
		for (const known of [name, name.toUpperCase(), email]) {
			await page.goto('/sign-in?next=/help%3Fx=1');
			await fill(page, { name: known, password });
			await page.getByRole('button', { name: 'Sign in', exact: true }).click();
			await expect(page).toHaveURL('/help?x=1');
			await expect(masthead(page)).toContainText(name);
			await masthead(page).getByRole('button', { name: 'Sign out' }).click();
			await expect(masthead(page)).toContainText('Sign in');
		}
	});

	test('refuses a wrong password in the words for an unknown name', async ({ page, site }) => {
		const { name } = await createAccount(site, unique('Ned Tide'));
		const answers = [];
		for (const typed of [name, unique('Nobody')]) {
			await page.goto('/sign-in');
			await fill(page, { name: typed, password: 'not the password' });
			await page.getByRole('button', { name: 'Sign in', exact: true }).click();
			await expect(page.locator('main [name=name]')).toHaveValue(typed);
			await expect(page.locator('main [name=password]')).toHaveValue('');
			answers.push(await page.getByRole('alert').textContent());
		}
		expect(answers[0]).toBe(answers[1]);
	});

	test('leads to no other site', async ({ page, site }) => {
		const person = await createAccount(site, unique('Ned Tide'));
		for (const next of [
			'//example.org',
			'/\\example.org',
			'https://example.org',
			'/%09/example.org'
		]) {
			await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
			await fill(page, { name: person.name, password: person.password });
			await page.getByRole('button', { name: 'Sign in', exact: true }).click();
			await expect(masthead(page)).toContainText(person.name);
			expect(page.url().startsWith(`${site.url}/`)).toBe(true);
			await page.context().clearCookies();
		}
	});

	test('gives a new token, whatever the browser held before', async ({ page, site }) => {
		const person = await createAccount(site, unique('Ned Tide'));
		const chosen = 'a'.repeat(40);
		await page.context().addCookies([{ name: 'session', value: chosen, url: site.url }]);
		await signIn(page, person);
		const first = await sessionOf(page);
		expect(first?.value).not.toBe(chosen);
		const answer = await page.goto('/account');
		expect(answer?.headers()['cache-control']).toBe('private, no-store');
	});
});

test.describe('signing out', () => {
	test('ends the session, so that its token is worth nothing', async ({ site, someone }) => {
		const { page } = await someone('reader');
		const session = await sessionOf(page);
		await page.goto('/sign-out');
		// Looking does nothing.
		await expect(page.getByRole('heading', { name: 'Sign out?' })).toBeVisible();
		await page.locator('main').getByRole('button', { name: 'Sign out' }).click();
		await expect(masthead(page)).toContainText('Sign in');
		expect(await sessionOf(page)).toBeUndefined();
		await page.context().addCookies([{ name: 'session', value: session!.value, url: site.url }]);
		await page.goto('/account');
		await expect(page).toHaveURL('/sign-in?next=/account');
	});

	test('everywhere ends the other browsers’ sessions too', async ({ other, someone }) => {
		const { page, ...person } = await someone('reader');
		await signIn(other, person);
		await page.goto('/account');
		await page.getByRole('button', { name: 'Sign out everywhere' }).click();
		await expect(page.locator('.notice')).toHaveText('You are signed out everywhere.');
		await other.goto('/account');
		await expect(other).toHaveURL('/sign-in?next=/account');
	});
});

test.describe('one’s account', () => {
	test('shows who one is', async ({ someone }) => {
		const { page, name, email } = await someone('moderator');
		await page.goto('/account');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
		await expect(page.locator('.facts')).toContainText('Moderator');
		await expect(page.locator('.facts')).toContainText(email);
		await page.getByRole('link', { name: 'Your page' }).click();
		await expect(page).toHaveURL(`/people/${encodeURIComponent(name)}`);
	});

	test('takes a new password for the present one, and signs out elsewhere', async ({
		other,
		someone
	}) => {
		const { page, ...person } = await someone('reader');
		await signIn(other, person);
		await page.goto('/account');
		await fill(page, { current: 'not the password', password: PASSWORD });
		await page.getByRole('button', { name: 'Change the password' }).click();
		await expect(page.locator('.field-wrong [name=current]')).toHaveValue('');
		await fill(page, { current: person.password, password: PASSWORD });
		await page.getByRole('button', { name: 'Change the password' }).click();
		await expect(page.getByRole('status')).toContainText('Your password is changed');
		await other.goto('/account');
		await expect(other).toHaveURL('/sign-in?next=/account');
		await signIn(other, { ...person, password: PASSWORD });
	});
});

test('the first administrator is made by a link that works once', async ({ browser }) => {
	const site = await startSite();
	try {
		const context = await browser.newContext({ baseURL: site.url });
		const page = await context.newPage();
		const [link] = /http\S+\/setup\?token=\S+/.exec(site.output()) ?? [];
		expect((await page.goto('/setup?token=guessed'))?.status()).toBe(404);
		const answer = await page.goto(link!);
		expect(answer?.headers()['referrer-policy']).toBe('no-referrer');
		expect(answer?.headers()['cache-control']).toBe('no-store');
		await fill(page, { name: 'Ada Chief', email: 'ada@example.org', password: 'password123' });
		await page.getByRole('button', { name: 'Make the administrator' }).click();
		await expect(page.locator('.field-wrong [name=password]')).toBeVisible();
		await fill(page, { password: PASSWORD });
		await page.getByRole('button', { name: 'Make the administrator' }).click();
		await expect(page).toHaveURL('/newsroom');
		await expect(masthead(page)).toContainText('Administration');
		expect((await page.goto(link!))?.status()).toBe(404);
		await context.close();
	} finally {
		await site.stop();
	}
});
