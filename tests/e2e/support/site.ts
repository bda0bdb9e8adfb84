import { test as base, expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startSite } from '../../support/server.ts';
import type { Result, Site, SiteOptions } from '../../support/server.ts';
import { behind, isWithin } from './behind.ts';

export { expect };
export type { Site };

/** What somebody needs to sign in. */
export interface Person {
	name: string;
	email: string;
	password: string;
}

/** The roles of an account, as the command line names them. */
export type Role = 'reader' | 'moderator' | 'editor' | 'admin';

/** How long a server may take to start on a loaded machine (milliseconds). */
const START_TIMEOUT = 60_000;

interface WorkerFixtures {
	/** How the worker's site is started: `test.use({ siteOptions: { env: … } })`. */
	siteOptions: SiteOptions;
	/** The worker's own production server, which all test files that run in the worker share. */
	site: Site;
}

/** Playwright's `test`, with a `site`; `page.goto('/…')` goes there. */
export const test = base.extend<object, WorkerFixtures>({
	siteOptions: [{}, { option: true, scope: 'worker' }],
	site: [
		async ({ siteOptions }, use) => {
			const site = await startSite(siteOptions);
			await use(site);
			await site.stop();
		},
		{ scope: 'worker', timeout: START_TIMEOUT }
	],
	baseURL: async ({ site }, use) => use(site.url)
});

/** Runs a command and gives what it printed; fails, with what it said, if the command did. */
export async function command(site: Site, args: string[], input?: string): Promise<string> {
	const result: Result = await site.cli(args, input);
	expect(result.code, `${args.join(' ')}\n${result.stderr}`).toBe(0);
	return result.stdout;
}

/** Makes an account as the command line does. `name` must be new on the site, as `unique` makes it. */
export async function createAccount(
	site: Site,
	name: string,
	role: Role = 'reader'
): Promise<Person> {
	const person = {
		name,
		email: `${name.toLowerCase().replace(/[^a-z0-9]+/g, '.')}@example.org`,
		password: `${crypto.randomUUID()} correct`
	};
	if (isWithin(site)) {
		const accounts = await import('../../../src/lib/server/accounts/accounts.ts');
		const { system } = await import('../../../src/lib/server/actor.ts');
		await behind(site, (db) => accounts.create(db, system, { ...person, role }));
		return person;
	}
	const { email, password } = person;
	await command(site, [
		...['account', 'create', name, '--email', email, '--role', role, '--password', password]
	]);
	return person;
}

/** A name that no other test of the run has used. */
export function unique(name: string): string {
	return `${name} ${crypto.randomUUID().slice(0, 8)}`;
}

/** Makes a token with which a program acts as an account. */
export async function createToken(site: Site, name: string): Promise<string> {
	if (!isWithin(site)) return (await command(site, ['token', 'create', name])).trim();
	const tokens = await import('../../../src/lib/server/accounts/tokens.ts');
	return behind(site, (db) => tokens.create(db, name));
}

/** Lets anybody sign up without their browser's work: tests make accounts as fast as nobody else does. */
export async function letSignUp(site: Site): Promise<void> {
	const settings = await import('../../../src/lib/server/settings/settings.ts');
	const { signUpGuard } =
		await import('../../../src/lib/server/accounts/signing-up/sign-up-guard.ts');
	const { system } = await import('../../../src/lib/server/actor.ts');
	await behind(site, (db) => settings.change(db, system, signUpGuard, { mode: 'off' }));
}

/** Signs in by the form, as a person would. */
export async function signIn(page: Page, { name, password }: Person): Promise<void> {
	await page.goto('/sign-in');
	const form = page.locator('form', { has: page.locator('input[name="password"]') });
	await form.locator('input[name="name"]').fill(name);
	await form.locator('input[name="password"]').fill(password);
	await form.locator('button[type="submit"], button:not([type])').first().click();
	await expect(page).not.toHaveURL(/\/sign-in/);
}
