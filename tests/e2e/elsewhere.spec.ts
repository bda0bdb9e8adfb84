import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { startOpenId } from '../support/openid.ts';
import { startSite } from '../support/server.ts';
import { createAccount, expect, signIn, test as base, unique } from './support/site.ts';
import type { Site } from './support/site.ts';
import type { OpenId } from '../support/openid.ts';
import type { Page } from '@playwright/test';

const SECRET = 'a secret of at least thirty-two characters';
const GAZETTE = 'http://127.0.0.1:9/gazette';
/** Starts of two servers on a loaded machine (milliseconds). */
const PATIENCE = 120_000;

interface Elsewhere {
	openid: OpenId;
	talk: Site & { origin: string };
}

/** A site that works with a provider's accounts, and with those of a newsroom. */
const test = base.extend<object, Elsewhere>({
	openid: [
		async ({}, use) => {
			const openid = await startOpenId();
			await use(openid);
			await openid.stop();
		},
		{ scope: 'worker', timeout: PATIENCE }
	],
	talk: [
		async ({ openid }, use) => {
			// Two starts: only a server that runs knows its free port, which tokens name.
			const first = await startSite();
			const port = new URL(first.url).port;
			await first.stop();
			const origin = `http://127.0.0.1:${port}`;
			const site = await startSite({
				env: {
					...{ PORT: port, ORIGIN: origin, OIDC_PROVIDERS: JSON.stringify([openid.entry]) },
					...{ SSO_URL: GAZETTE, SSO_ISSUER: GAZETTE, SSO_SECRET: SECRET, SSO_NAME: 'The Gazette' }
				}
			});
			await use({ ...site, origin });
			await site.stop();
		},
		{ scope: 'worker', timeout: PATIENCE }
	],
	baseURL: async ({ talk }, use) => use(talk.origin)
});

function token(audience: string, change: Record<string, unknown> = {}): Promise<string> {
	const at = Math.floor(Date.now() / 1000);
	const times = { iat: at, exp: at + 120, jti: randomUUID() };
	const claims = { iss: GAZETTE, aud: audience, ...times, sub: 'g-1', name: 'Gwen Gazette' };
	const signer = new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: 'HS256' });
	return signer.sign(new TextEncoder().encode(SECRET));
}

async function expectSignedIn(page: Page, name: string): Promise<void> {
	await page.goto('/account');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
}

test('somebody new signs in with a provider, chooses a name, and comes back', async ({
	page,
	openid,
	browser,
	talk
}) => {
	const name = unique('Nora');
	openid.signInAs({ sub: name, name, email: 'nora@example.org', email_verified: true });
	await page.goto('/sign-in?next=/help');
	await page.getByRole('button', { name: 'Go on with Letters' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Choose your name');
	await expect(page.getByLabel('Name')).toHaveValue(name);
	await page.getByRole('button', { name: 'Create the account' }).click();
	await expect(page).toHaveURL(`${talk.origin}/help`);
	await expectSignedIn(page, name);

	const context = await browser.newContext({ baseURL: talk.origin });
	const again = await context.newPage();
	await again.goto('/sign-up');
	await again.getByRole('button', { name: 'Go on with Letters' }).click();
	await expect(again).toHaveURL(`${talk.origin}/`);
	await expectSignedIn(again, name);
	await context.close();
});

test('who declines, and who sends an answer twice, is told so', async ({ page, openid, talk }) => {
	openid.signInAs(null);
	await page.goto('/sign-in');
	await page.getByRole('button', { name: 'Go on with Letters' }).click();
	await expect(page.getByRole('alert')).toContainText('You did not sign in with Letters');
	const replayed = await page.reload();
	expect(replayed?.status()).toBe(200);
	await expect(page.getByRole('alert')).toContainText('Please begin again');
	await page.goto(`${talk.origin}/sign-in/with/letters/back`);
	await expect(page.getByRole('alert')).toContainText('Please begin again');
});

test('an account is linked and unlinked by its owner', async ({ page, openid, talk }) => {
	const person = await createAccount(talk, unique('Lena'));
	openid.signInAs({ sub: person.name, name: 'L.', email: person.email, email_verified: true });
	await page.goto('/sign-in');
	await page.getByRole('button', { name: 'Go on with Letters' }).click();
	await expect(page.getByRole('alert')).toContainText('There is an account with your e-mail');
	await signIn(page, person);
	await page.goto('/account/identities');
	await page.getByRole('button', { name: 'Link Letters' }).click();
	await expect(page.getByRole('status')).toContainText('It is linked');
	await page.getByRole('button', { name: 'Unlink Letters' }).click();
	await expect(page.getByRole('status')).toContainText('not linked any more');
});

test('the newsroom signs its readers in; a link alone does not', async ({ page, talk }) => {
	const name = unique('Gwen');
	const jwt = await token(talk.origin, { sub: name, name });
	await page.goto(`/sign-in/sso?token=${jwt}&next=/help`);
	await page.getByRole('button', { name: `Continue as ${name}` }).click();
	await page.getByRole('button', { name: 'Create the account' }).click();
	await expect(page).toHaveURL(`${talk.origin}/help`);
	await expectSignedIn(page, name);
	await page.context().clearCookies();

	await page.goto(`/sign-in/sso?token=${jwt}`);
	await page.getByRole('button', { name: `Continue as ${name}` }).click();
	await expect(page.getByRole('alert')).toContainText('used already');
	await page.goto('/account');
	await expect(page).toHaveURL(/sign-in/);
});

test('who was sent to the newsroom comes back signed in', async ({ page, talk }) => {
	const name = unique('Gus');
	// What stands at the newsroom's: it sends the browser back with a token.
	await page.route(`${GAZETTE}?*`, async (route) => {
		const back = new URL(new URL(route.request().url()).searchParams.get('return_to')!);
		back.searchParams.set('token', await token(talk.origin, { sub: name, name }));
		await route.fulfill({ contentType: 'text/html', body: `<a href="${back.href}">Back</a>` });
	});
	await page.goto('/sign-in?next=/help');
	await page.getByRole('button', { name: 'Go on with The Gazette' }).click();
	await page.getByRole('link', { name: 'Back' }).click();
	await page.getByRole('button', { name: 'Create the account' }).click();
	await expect(page).toHaveURL(`${talk.origin}/help`);
	await expectSignedIn(page, name);
});
