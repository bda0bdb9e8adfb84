import { startSite } from '../support/server.ts';
import { startSmtp } from '../support/smtp.ts';
import { query } from './security/support/database.ts';
import {
	button,
	codeOf,
	giveCode,
	giveCredentials,
	recoveryCodes,
	setUpApp,
	signOut
} from './support/factors.ts';
import { newPage, test } from './support/people.ts';
import { command, createAccount, expect, signIn, unique } from './support/site.ts';

// Each sign-in hashes a password on purpose slowly, and each account is made by a new process.
test.describe.configure({ timeout: 120_000 });

const WRONG = 'This code is not right, or it was used already.';
const TELEPHONE =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

test('an authenticator app is set up, asked for, replaced by recovery codes, and removed', async ({
	page,
	site,
	someone
}) => {
	const person = await someone('reader');
	const own = person.page;
	const { secret, codes } = await setUpApp(own);
	expect(codes).toHaveLength(10);
	await own.getByRole('link', { name: 'Done' }).click();
	await expect(own.locator('#second-factor')).toContainText('10 left');

	await giveCredentials(page, person);
	await expect(page).toHaveURL('/sign-in/second-step');
	await page.goto('/account');
	await expect(page).toHaveURL('/sign-in?next=/account');
	await page.goto('/sign-in/second-step');
	await giveCode(page, '000000');
	await expect(page.getByRole('alert')).toContainText(WRONG);
	const code = codeOf(secret);
	await giveCode(page, code);
	await expect(page).toHaveURL('/help');

	await signOut(page);
	await giveCredentials(page, person);
	await giveCode(page, code);
	await expect(page.getByRole('alert')).toContainText(WRONG);
	await giveCode(page, codes[0].toUpperCase().replaceAll('-', ' '));
	await expect(page).toHaveURL('/help');
	await signOut(page);
	await giveCredentials(page, person);
	await giveCode(page, codes[0]);
	await expect(page.getByRole('alert')).toContainText(WRONG);
	await giveCode(page, codes[1]);
	await expect(page).toHaveURL('/help');

	await page.goto('/account/security/recovery-codes');
	await expect(page.locator('main')).toContainText('You have 8 left.');
	await button(page, 'Make new ones').click();
	const fresh = await recoveryCodes(page);
	expect(fresh.filter((one) => codes.includes(one))).toEqual([]);
	await page.goto('/account/security/authenticator');
	await button(page, 'Remove the authenticator app').click();
	await expect(page).toHaveURL('/account/security');
	await expect(page.locator('#second-factor')).not.toContainText('Recovery codes');
	await signOut(page);
	await giveCredentials(page, person);
	await expect(page).toHaveURL('/help');

	const mails = query<{ subject: string }>(
		site,
		'select subject from mails where recipient = ? order by created_at, id',
		person.email
	);
	expect(mails.map(({ subject }) => subject)).toEqual([
		'An authenticator app was added',
		'A new browser signed in to your account',
		...Array<string>(2).fill('A recovery code was used'),
		'New recovery codes',
		'Your authenticator app was removed'
	]);
});

test('the owner is told by mail, with the way to where it can be put right', async ({
	browser
}) => {
	const smtp = await startSmtp();
	const port = String(20_000 + Math.floor(Math.random() * 20_000));
	const env = { MAIL_URL: smtp.url, MAIL_FROM: 'talk@example.org' };
	const own = { ORIGIN: `http://localhost:${port}`, PORT: port, HOST: '127.0.0.1' };
	const site = await startSite({ env: { ...env, ...own } });
	const page = await (await browser.newContext({ baseURL: site.url })).newPage();
	try {
		const person = await createAccount(site, unique('Mel Told'));
		await signIn(page, person);
		await setUpApp(page);
		const told = () =>
			smtp.mails.find((mail) => mail.header('subject') === 'An authenticator app was added');
		await expect.poll(() => told()?.recipients).toEqual([person.email]);
		expect(told()?.text).toContain('/account/security');
	} finally {
		await page.context().close();
		await site.stop();
		await smtp.stop();
	}
});

test('staff who must have a second factor work once they gave one', async ({ browser, site }) => {
	const { databaseUrl } = site;
	const strict = await startSite({ databaseUrl, env: { STAFF_SECOND_FACTOR: 'required' } });
	const options = { baseURL: strict.url };
	const page = await (await browser.newContext(options)).newPage();
	const another = await (await browser.newContext(options)).newPage();
	try {
		const person = await createAccount(site, unique('Mo Strict'), 'moderator');
		await signIn(page, person);
		const notice = page.getByRole('complementary', { name: 'Your role' });
		await expect(notice).toContainText('Set up a second factor to work as a moderator.');
		expect((await page.goto('/moderation'))?.status()).toBe(404);
		await notice.getByRole('link', { name: 'Set up a second factor' }).click();
		await expect(page).toHaveURL('/account/security');
		await signIn(another, person);
		const { secret } = await setUpApp(page);
		expect((await page.goto('/moderation'))?.status()).toBe(200);
		await expect(notice).toHaveCount(0);

		// A session that began before is asked for it where it stands.
		expect((await another.goto('/moderation'))?.status()).toBe(404);
		await another.goto('/help');
		await another.getByRole('button', { name: 'Give your second factor' }).click();
		await giveCode(another, codeOf(secret));
		await expect(another).toHaveURL('/help');
		expect((await another.goto('/moderation'))?.status()).toBe(200);

		// Who lost everything is helped by the operator, and begins again.
		await command(strict, ['account', 'second-factors', person.name, '--remove']);
		await page.goto('/account');
		await expect(page).toHaveURL('/sign-in?next=/account');
		await signIn(page, person);
		expect((await page.goto('/moderation'))?.status()).toBe(404);
	} finally {
		await page.context().close();
		await another.context().close();
		await strict.stop();
	}
});

test('browsers that are signed in are listed, and signed out from afar', async ({
	browser,
	site,
	someone
}) => {
	const person = await someone('reader');
	const { page } = person;
	const telephone = await (await browser.newContext({ userAgent: TELEPHONE })).newPage();
	const third = await newPage(browser);
	for (const other of [telephone, third]) await signIn(other, person);

	await page.goto('/account/security');
	await page.getByRole('link', { name: '3 browsers, this one among them' }).click();
	const items = page.locator('.arranged > li');
	await expect(items).toHaveCount(3);
	const ownItem = items.filter({ hasText: 'this browser' });
	await expect(ownItem).toHaveCount(1);
	await expect(ownItem.getByRole('button')).toHaveCount(0);
	await expect(items.filter({ hasText: 'Safari on iOS' })).toContainText('from 127.0.0.1');

	const cookies = await telephone.context().cookies();
	await button(page, 'Sign Safari on iOS out').click();
	await expect(items).toHaveCount(2);
	await telephone.goto('/account');
	await expect(telephone).toHaveURL('/sign-in?next=/account');
	await telephone.context().addCookies(cookies);
	await telephone.goto('/account');
	await expect(telephone).toHaveURL('/sign-in?next=/account');

	await button(page, 'Sign out everywhere else').click();
	await expect(items).toHaveCount(1);
	await third.goto('/account');
	await expect(third).toHaveURL('/sign-in?next=/account');
	await page.goto('/account');
	await expect(page).toHaveURL('/account');
	const kinds = query<{ kind: string }>(
		site,
		"select kind from security_events where kind like 'session%' and account_id = (select id from accounts where name = ?) order by id",
		person.name
	);
	expect(kinds.map(({ kind }) => kind)).toEqual(['session.ended', 'sessions.ended']);
	for (const other of [telephone, third]) await other.context().close();
});
