import type { Browser, Page } from '@playwright/test';
import { createAccount, signIn, test as base, unique } from './site.ts';
import type { Person, Role, Site } from './site.ts';

/** Somebody with an account of a role, signed in with a browser of their own. */
export interface Someone extends Person {
	page: Page;
}

/** A page in a browser of its own: tests that share a browser would share its session. */
export async function newPage(browser: Browser): Promise<Page> {
	return (await browser.newContext()).newPage();
}

/** Makes an account by the command line and signs it in with a browser of its own. */
export async function signInNew(browser: Browser, site: Site, role: Role): Promise<Someone> {
	const person = await createAccount(site, unique('Somebody'), role);
	const page = await newPage(browser);
	await signIn(page, person);
	return { ...person, page };
}

interface People {
	/** Another browser for this test, closed after it. */
	other: Page;
	/** Makes an account and signs it in, for this test. */
	someone(role: Role): Promise<Someone>;
}

/** The `test` of `site.ts`, with people who have browsers of their own. */
export const test = base.extend<People>({
	other: async ({ browser }, use) => {
		const page = await newPage(browser);
		await use(page);
		await page.context().close();
	},
	someone: async ({ browser, site }, use) => {
		const all: Someone[] = [];
		await use(async (role) => {
			const one = await signInNew(browser, site, role);
			all.push(one);
			return one;
		});
		for (const { page } of all) await page.context().close();
	}
});
