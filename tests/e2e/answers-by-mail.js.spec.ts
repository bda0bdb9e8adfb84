import { member, MEMBERS_TIMEOUT, newArticle, post, type Client } from './support/api.ts';
import { expect, signIn, type Site } from './support/site.ts';
import { linkOf, takeMail, test } from './support/with-mail.ts';
import { change, query } from './security/support/database.ts';
import type { Received, Smtp } from '../support/smtp.ts';

const HALF_AN_HOUR_MS = 30 * 60 * 1000;
const ONE_CLICK = {
	method: 'POST',
	headers: { 'content-type': 'application/x-www-form-urlencoded' },
	body: 'List-Unsubscribe=One-Click'
};

let asker: Client;
let answerer: Client;
let editor: Client;
test.beforeAll(async ({ site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	editor = await member(site, 'editor');
	asker = await member(site, 'reader');
	answerer = await member(site, 'reader');
});

/** Somebody answers, half an hour goes by, and the mail about it comes. */
async function answered(site: Site, smtp: Smtp): Promise<{ mail: Received; slug: string }> {
	// What came before is no news.
	change(site, 'update notifications set read_at = created_at');
	const slug = await newArticle(editor);
	const { id } = await post(asker, slug, 'Does the ferry run on Sundays?');
	await post(answerer, slug, 'It does, from the new pier.', id);
	change(site, 'update notifications set created_at = created_at - ?', HALF_AN_HOUR_MS);
	change(site, "update accounts set mailed_at = null, mails_answers = 'soon'");
	expect((await site.doDue()).code).toBe(0);
	return { mail: await takeMail(smtp, asker.person!.email, 'replied to you'), slug };
}

function paceOf(site: Site): string {
	const sql = 'select mails_answers as pace from accounts where name = ?';
	return query<{ pace: string }>(site, sql, asker.name)[0].pace;
}

function addressIn(mail: Received): string {
	return /^<(\S+)>$/.exec(mail.header('list-unsubscribe'))?.[1] ?? '';
}

test('an answer comes by mail, with a link to it and one that ends such mail', async ({
	page,
	site,
	smtp
}) => {
	const { mail, slug } = await answered(site, smtp);
	expect(mail.header('subject')).toMatch(`${answerer.name} replied to you`);
	expect(mail.text).toContain('It does, from the new pier.');
	expect(mail.html).toContain('It does, from the new pier.');
	expect(mail.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
	expect(mail.header('auto-submitted')).toBe('auto-generated');
	expect(addressIn(mail)).toBe(linkOf(mail));
	await signIn(page, asker.person!);
	await page.goto(/http\S+\/c\/\S+/.exec(mail.text)![0]);
	await expect(page.locator('main')).toContainText('It does, from the new pier.');
	expect(await page.content()).toContain(slug);
});

test('S8 mail ends by one click of its reader’s program, and by nothing else', async ({
	page,
	site,
	smtp
}) => {
	const { mail } = await answered(site, smtp);
	const address = addressIn(mail);
	for (const method of ['GET', 'HEAD', 'OPTIONS']) {
		const answer = await fetch(address, { method });
		expect(answer.status, method).toBeLessThan(500);
		await answer.text();
		expect(paceOf(site), method).toBe('soon');
	}
	const looked = await page.goto(address);
	expect(looked?.headers()).toMatchObject({
		'referrer-policy': 'no-referrer',
		'cache-control': 'no-store'
	});
	await expect(page.getByRole('button', { name: 'Stop this mail' })).toBeVisible();
	expect(paceOf(site)).toBe('soon');

	const forged = await fetch(address, {
		...ONE_CLICK,
		headers: { ...ONE_CLICK.headers, origin: 'https://evil.test', cookie: 'session=a' }
	});
	expect(forged.status).toBe(403);
	expect(paceOf(site)).toBe('soon');
	const guessed = await fetch(`${address.slice(0, -4)}AAAA`, {
		...ONE_CLICK,
		headers: { ...ONE_CLICK.headers, accept: 'text/html' }
	});
	expect(guessed.status).toBe(404);
	expect(paceOf(site)).toBe('soon');

	for (let time = 0; time < 2; time++) {
		const ended = await fetch(address, { ...ONE_CLICK, redirect: 'manual' });
		expect(ended.status).toBe(200);
		expect(ended.headers.get('set-cookie')).toBeNull();
		expect(paceOf(site)).toBe('off');
	}
});

test('the page of the link ends it, and takes that back', async ({ page, site, smtp }) => {
	const { mail } = await answered(site, smtp);
	await page.goto(linkOf(mail));
	await page.getByRole('button', { name: 'Stop this mail' }).click();
	await expect(page.locator('.notice')).toContainText('You get no more mail about');
	expect(paceOf(site)).toBe('off');
	await page.getByRole('button', { name: 'Send me this mail after all' }).click();
	await expect(page.locator('.notice')).toHaveText('You get this mail again.');
	expect(paceOf(site)).toBe('soon');
});
