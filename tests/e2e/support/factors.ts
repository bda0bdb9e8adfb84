import { TOTP } from 'otpauth';
import type { Page } from '@playwright/test';
import { expect } from './site.ts';
import type { Person } from './site.ts';

const STEP_MS = 30_000;

/** What an authenticator app shows, so many steps from now. */
export function codeOf(secret: string, steps = 0): string {
	return new TOTP({ secret }).generate({ timestamp: Date.now() + steps * STEP_MS });
}

/** A button of the page itself. */
export function button(page: Page, name: string) {
	return page.locator('main').getByRole('button', { name, exact: true });
}

/** Gives a name and a password, whatever comes of it. */
export async function giveCredentials(page: Page, { name, password }: Person): Promise<void> {
	await page.goto('/sign-in?next=/help');
	await page.locator('main [name=name]').fill(name);
	await page.locator('main [name=password]').fill(password);
	await button(page, 'Sign in').click();
}

/** Gives a code at the second step, whatever comes of it. */
export async function giveCode(page: Page, code: string): Promise<void> {
	await page.locator('main [name=code]').fill(code);
	await button(page, 'Sign in').click();
}

/** Signs out by the page's head. */
export async function signOut(page: Page): Promise<void> {
	const site = page.getByRole('navigation', { name: 'Site' });
	await site.getByRole('button', { name: 'Sign out' }).click();
	await expect(site).toContainText('Sign in');
}

/** The recovery codes that a page shows. */
export async function recoveryCodes(page: Page): Promise<string[]> {
	await expect(page.getByRole('heading', { name: 'Your recovery codes' })).toBeVisible();
	return page.locator('.recovery-codes code').allTextContents();
}

/** Sets an authenticator app up, with a code of the step before this one; gives what it knows. */
export async function setUpApp(page: Page): Promise<{ secret: string; codes: string[] }> {
	await page.goto('/account/security/authenticator');
	await button(page, 'Set up an authenticator app').click();
	const secret = (await page.locator('code.secret').innerText()).replace(/\s/g, '');
	await page.locator('main [name=code]').fill(codeOf(secret, -1));
	await button(page, 'Turn it on').click();
	return { secret, codes: await recoveryCodes(page) };
}

/** Gives the page's browser an authenticator that says yes to whatever it is asked. */
export async function plugInAuthenticator(page: Page): Promise<void> {
	const browser = await page.context().newCDPSession(page);
	await browser.send('WebAuthn.enable');
	await browser.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			...{ protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true },
			...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true }
		}
	});
}

/** An address by name: a bare network address has no passkeys. */
export function byName(url: string): string {
	return url.replace('//127.0.0.1:', '//localhost:');
}
