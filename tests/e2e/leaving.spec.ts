import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { guest, member, MEMBERS_TIMEOUT, newArticle, post, type Client } from './support/api.ts';
import { createAccount, expect, signIn, unique, type Person, type Site } from './support/site.ts';
import { linkOf, takeMail, test } from './support/with-mail.ts';
import { write } from './support/writing.ts';
import { change, query } from './security/support/database.ts';

// Each sign-in hashes a password on purpose slowly, and each account is made by a new process.
test.describe.configure({ timeout: 120_000 });

const HOUR_MS = 60 * 60 * 1000;

let quoter: Client;
let slug: string;
test.beforeAll(async ({ site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	quoter = await member(site, 'reader');
	slug = await newArticle(await member(site, 'editor'));
});

function button(page: Page, name: string) {
	return page.locator('main').getByRole('button', { name, exact: true });
}

/** Asks for one's account to be deleted, as a person would. */
async function leave(page: Page, comments: 'keep' | 'delete'): Promise<void> {
	await page.goto('/account/data');
	await page.locator(`[name=comments][value=${comments}]`).check();
	await button(page, 'Delete my account').click();
}

/** As if everybody had proved an hour ago who they are. */
function forgetProofs(site: Site): void {
	change(site, 'update sessions set authenticated_at = authenticated_at - ?', HOUR_MS);
}

/** Says who it is, on the page that asks. */
async function confirm(page: Page, { password }: Person): Promise<void> {
	await expect(page).toHaveURL(/\/account\/confirm\?next=/);
	await page.locator('main [name=current]').fill(password);
	await button(page, 'Go on').click();
	await expect(page).toHaveURL(/\/account\/data$/);
}

/** Posts a comment that quotes another; gives its id. */
async function quote(name: string, id: string, words: string): Promise<string> {
	return (await post(quoter, slug, `> [${name} said,](/c/${id})\n> ${words}\n\nWell put.`)).id;
}

test('who deletes their account proves who they are, and keeps it by the notice on every page', async ({
	site,
	someone
}) => {
	const { page, ...person } = await someone('reader');
	forgetProofs(site);
	await leave(page, 'delete');
	await confirm(page, person);
	await leave(page, 'delete');
	await expect(page).toHaveURL('/account/data?done=leaving#delete');
	await expect(page.locator('#delete')).toContainText('will be taken away with it');

	for (const path of ['/', `/articles/${slug}`, '/help']) {
		await page.goto(path);
		const notice = page.getByRole('complementary', { name: 'Your account will be deleted' });
		await expect(notice).toContainText('Your account will be deleted on');
	}
	await page.getByRole('button', { name: 'Keep my account' }).click();
	await expect(page.locator('.notice')).toHaveText('Your account stays as it is.');
	await expect(button(page, 'Delete my account')).toBeVisible();
});

test('the link of the mail keeps the account, once', async ({ other, someone, smtp }) => {
	const { page, email } = await someone('reader');
	await leave(page, 'keep');
	await expect(page.locator('#delete')).toContainText('will stay, under “Deleted account”');
	const link = linkOf(await takeMail(smtp, email, 'will be deleted'));
	await other.goto(link);
	// Looking does nothing.
	await other.reload();
	await button(other, 'Keep my account').click();
	await expect(other.locator('.notice')).toContainText('Your account stays as it was.');
	expect((await other.goto(link))?.status()).toBe(404);
	await page.goto('/account/data');
	await expect(button(page, 'Delete my account')).toBeVisible();
});

test('the sessions elsewhere end when it is asked for', async ({ other, someone }) => {
	const { page, ...person } = await someone('reader');
	await signIn(other, person);
	await leave(page, 'keep');
	await expect(page).toHaveURL('/account/data?done=leaving#delete');
	await other.goto('/account');
	await expect(other).toHaveURL('/sign-in?next=/account');
});

test('when the time is over the name is gone everywhere, and the comments stay', async ({
	other,
	site,
	someone
}) => {
	const { page, name, email } = await someone('reader');
	const words = `The tide ${crypto.randomUUID()} waits for nobody.`;
	const id = await write(page, slug, words);
	const quoting = await quote(name, id, words);
	await page.goto(`/articles/${slug}`);
	await expect(page.locator(`#c-${quoting} .said a`)).toHaveText(`${name} said,`);

	await leave(page, 'keep');
	await expect(page).toHaveURL('/account/data?done=leaving#delete');
	change(site, 'update accounts set deletes_at = 1 where name = ?', name);
	expect((await site.doDue()).code).toBe(0);

	await page.goto('/account');
	await expect(page).toHaveURL('/sign-in?next=/account');
	await other.goto(`/articles/${slug}`);
	await expect(other.locator(`#c-${id} .comment-body`)).toHaveText(words);
	await expect(other.locator(`#c-${id} .author`)).toHaveText('Deleted account');
	await expect(other.locator(`#c-${id} .author`)).not.toHaveAttribute('href');
	await expect(other.locator(`#c-${quoting} .said a`)).toHaveText('Deleted account said,');
	expect(await other.content()).not.toContain(name);
	const shown = await guest(site).call('GET', `/comments/${id}`);
	expect(shown.text).toContain('Deleted account');
	expect((await guest(site).call('GET', `/comments/${quoting}`)).text).not.toContain(name);
	expect((await other.goto(`/people/${encodeURIComponent(name)}`))?.status()).toBe(404);
	expect((await other.goto('/people/Deleted%20account'))?.status()).toBe(404);
	expect(query(site, 'select id from accounts where email = ? or name = ?', email, name)).toEqual(
		[]
	);
	// The name is free, what stands in its place is nobody's.
	for (const [wanted, answer] of [
		[name, 'Look into your mail'],
		['Deleted account', 'Create an account']
	]) {
		await other.goto('/sign-up');
		await other.locator('main [name=name]').fill(wanted);
		await other.locator('main [name=email]').fill(`${crypto.randomUUID()}@example.org`);
		await other.locator('main [name=password]').fill('violets in the rain');
		await button(other, 'Create the account').click();
		await expect(other.getByRole('heading', { level: 1 })).toHaveText(answer);
	}
	await expect(other.locator('.field-wrong [name=name]')).toBeVisible();
});

test('who takes the comments along takes the words out of every quote', async ({ page, site }) => {
	const leaving = await createAccount(site, unique('Lee Ebb'));
	await signIn(page, leaving);
	const words = `The harbour ${crypto.randomUUID()} is full.`;
	const id = await write(page, slug, words);
	const quoting = await quote(leaving.name, id, words);
	expect((await site.cli(['account', 'delete', leaving.name, '--comments'])).code).toBe(0);
	await page.goto(`/articles/${slug}`);
	await expect(page.locator(`#c-${quoting}`)).toContainText('This passage was withdrawn');
	await expect(page.locator(`#c-${quoting}`)).toContainText('Well put.');
	expect(await page.content()).not.toContain(words);
	expect(await page.content()).not.toContain(leaving.name);
});

test('everything known about somebody is one file, for who proves who they are', async ({
	site,
	someone
}) => {
	const { page, ...person } = await someone('reader');
	const words = `A word ${crypto.randomUUID()} of mine.`;
	await write(page, slug, words);
	forgetProofs(site);
	await page.goto('/account/data');
	await button(page, 'Download your data').click();
	await confirm(page, person);
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		button(page, 'Download your data').click()
	]);
	expect(file.suggestedFilename()).toBe('your-data.json');
	const data = JSON.parse(await readFile(await file.path(), 'utf8')) as Record<string, unknown>;
	expect(data.account).toMatchObject({ name: person.name, email: person.email, role: 'reader' });
	expect(JSON.stringify(data.comments)).toContain(words);
	for (const section of ['sessions', 'security_events', 'mail']) {
		expect(data[section], section).toBeInstanceOf(Array);
	}
	expect(JSON.stringify(data)).not.toMatch(/argon2|[0-9a-f]{64}/);

	const answer = await page.request.post('/account/data/download', {
		headers: { origin: new URL(page.url()).origin }
	});
	expect(answer.headers()).toMatchObject({
		'content-type': 'application/json; charset=utf-8',
		'content-disposition': 'attachment; filename="your-data.json"',
		'cache-control': 'private, no-store',
		'x-content-type-options': 'nosniff',
		'transfer-encoding': 'chunked'
	});
});
