import { startSmtp } from '../../support/smtp.ts';
import type { Smtp } from '../../support/smtp.ts';
import { change, query } from './support/database.ts';
import { cookiesOf, form, send } from './support/http.ts';
import type { Answer } from './support/http.ts';
import { newPassword } from './support/people.ts';
import { PUBLIC_ORIGIN, startProxied } from './support/proxied.ts';
import type { Proxied } from './support/proxied.ts';
import { expect, test } from '../support/site.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

interface Known {
	name: string;
	email: string;
	password: string;
}

let smtp: Smtp;
let proxied: Proxied;

/** Sends a form as a page of the site does, by way of its proxy. */
function post(path: string, fields: Record<string, string>, cookie = ''): Promise<Answer> {
	const headers: Record<string, string> = {
		Origin: PUBLIC_ORIGIN,
		'Content-Type': 'application/x-www-form-urlencoded',
		Accept: 'text/html'
	};
	if (cookie) headers.Cookie = cookie;
	return send(proxied.url, path, { method: 'POST', headers, body: form(fields) });
}

function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
	return send(proxied.url, path, { headers });
}

/** Waits for the last mail to an address with a link to a path. */
async function linkTo(email: string, path: string, count = 1): Promise<string> {
	const all = () =>
		smtp.mails.flatMap(({ recipients, text }) => {
			const [, link] = new RegExp(`${PUBLIC_ORIGIN}(${path}\\?token=[\\w-]{43})`).exec(text) ?? [];
			return recipients.includes(email) && link ? [link] : [];
		});
	await expect.poll(() => all().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
	return all()[count - 1];
}

async function sessionOf(answer: Answer): Promise<string> {
	expect(answer.status, answer.text).toBe(303);
	return `__Host-session=${cookiesOf(answer)['__Host-session']}`;
}

async function newcomer(name: string): Promise<Known & { cookie: string }> {
	const email = `${name.toLowerCase().replace(/ /g, '.')}@mail.example.org`;
	const who = { name, email, password: newPassword() };
	expect((await post('/sign-up', who)).status).toBe(200);
	const cookie = await sessionOf(await post(await linkTo(email, '/confirm'), {}));
	return { ...who, cookie };
}

/** What two answers may differ in: what was typed, and what is new each time. */
function bare({ status, headers, text }: Answer, ...typed: string[]): string {
	const { date: _, 'x-request-id': __, etag: ___, 'content-length': ____, ...rest } = headers;
	let said = JSON.stringify([status, rest, text]);
	for (const one of typed) said = said.replaceAll(one, 'TYPED');
	return said;
}

test.beforeAll(async () => {
	smtp = await startSmtp();
	proxied = await startProxied({ MAIL_URL: smtp.url, MAIL_FROM: 'talk@example.org' });
});
test.afterAll(async () => {
	await proxied.stop();
	await smtp.stop();
});

test('A5 signing up, a reset and a link to sign in say the same whoever has an account', async () => {
	const ann = await newcomer('Ann Known');
	const password = newPassword();
	const asked = [ann.email, 'nobody.here@mail.example.org'];
	const signUps = [];
	for (const [index, email] of asked.entries()) {
		const name = `Ned New${'ab'[index]}`;
		signUps.push(bare(await post('/sign-up', { name, email, password }), email, name));
		// Nor is the name taken, or can anybody sign in.
		signUps.push(bare(await post('/sign-up', { name, email, password }), email, name));
		signUps.push(bare(await post('/sign-in', { name, password }), email, name));
	}
	expect(signUps.slice(0, 3)).toEqual(signUps.slice(3));
	for (const path of ['/reset', '/sign-in/link']) {
		const answers = [];
		for (const name of [ann.email, ann.name, 'Nobody', asked[1], 'x@mail.example.org']) {
			answers.push(bare(await post(path, { name }), name));
		}
		expect(new Set(answers).size, path).toBe(1);
	}
	change(proxied, 'update accounts set banned_at = 1 where name = ?', ann.name);
	const banned = bare(await post('/reset', { name: ann.name }), ann.name);
	expect(banned).toBe(bare(await post('/reset', { name: 'Nobody' }), 'Nobody'));
	await expect
		.poll(() =>
			smtp.mails.filter((mail) => mail.header('subject') === 'You already have an account')
		)
		.toHaveLength(2);
});

test('A5 a new address says the same whoever has it', async () => {
	const cleo = await newcomer('Cleo Change');
	const dan = await newcomer('Dan Owner');
	const answers = [];
	for (const email of [dan.email, 'free@mail.example.org']) {
		const fields = { email, current: cleo.password };
		answers.push(bare(await post('/account/profile?/email', fields, cleo.cookie), email));
	}
	expect(answers[0]).toBe(answers[1]);
});

test('A6 signing in takes as long for a name that nobody has', async () => {
	const { name } = await newcomer('Tim Timed');
	const times: Record<string, number[]> = { existing: [], missing: [] };
	for (let n = 0; n < 60; n++) {
		const kind = n % 2 === 0 ? 'existing' : 'missing';
		const typed = n % 2 === 0 ? name : `Nobody ${n}`;
		const started = performance.now();
		await post('/sign-in', { name: typed, password: 'not the password' });
		times[kind].push(performance.now() - started);
	}
	const median = (list: number[]) => list.sort((a, b) => a - b)[list.length / 2];
	const ratio = median(times.existing) / median(times.missing);
	// Without a hash for who is missing it would be ten and more.
	expect(ratio).toBeGreaterThan(0.6);
	expect(ratio).toBeLessThan(1.6);
});

test('A7 a reset link is a secret that works once', async () => {
	const rae = await newcomer('Rae Reset');
	await post('/reset', { name: rae.name });
	const older = await linkTo(rae.email, '/reset/password');
	await post('/reset', { name: rae.email });
	const link = await linkTo(rae.email, '/reset/password', 2);
	expect((await get(older)).status).toBe(404);
	const secret = link.split('token=')[1];
	// The outbox holds it until the mail is sent, and no row does after that.
	const rows = () =>
		JSON.stringify(
			['mails', 'one_time_tokens'].map((one) => query(proxied, `select * from ${one}`))
		);
	await expect.poll(rows).not.toContain(secret);
	expect(proxied.output()).not.toContain(secret);
	for (let n = 0; n < 3; n++) {
		const page = await get(link);
		expect(page.status).toBe(200);
		expect(page.headers['referrer-policy']).toBe('no-referrer');
		expect(page.headers['cache-control']).toContain('no-store');
		expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
	}
	const password = newPassword();
	const answers = await Promise.all([1, 2, 3].map(() => post(link, { password })));
	expect(answers.map(({ status }) => status).sort()).toEqual([303, 404, 404]);
	expect((await get('/account', { Cookie: rae.cookie })).status).toBe(303);
	expect((await post('/sign-in', { name: rae.name, password: rae.password })).status).toBe(401);
	expect((await post('/sign-in', { name: rae.name, password })).status).toBe(303);
	await expect
		.poll(() => smtp.mails.filter((mail) => mail.header('subject') === 'Your password was changed'))
		.toHaveLength(1);
});

test('A7 a reset link ends with its hour and with the address', async () => {
	const { name, email } = await newcomer('Ria Reset');
	await post('/reset', { name });
	const link = await linkTo(email, '/reset/password');
	const set = "update accounts set email = 'n@mail.example.org', email_key = 'n@mail.example.org'";
	change(proxied, `${set} where name = ?`, name);
	expect((await post(link, { password: newPassword() })).status).toBe(404);
	change(
		proxied,
		'update accounts set email = ?, email_key = ? where name = ?',
		email,
		email,
		name
	);
	expect((await get(link)).status).toBe(200);
	change(proxied, 'update one_time_tokens set expires_at = 1');
	expect((await get(link)).status).toBe(404);
	expect((await post(link, { password: newPassword() })).status).toBe(404);
});

test('A8 links lead to the configured address, whatever a request says', async () => {
	const { email } = await newcomer('Hal Host');
	const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: PUBLIC_ORIGIN };
	const forged: Record<string, string>[] = [
		{ Host: 'evil.test' },
		{ 'X-Forwarded-Host': 'evil.test', 'X-Forwarded-Proto': 'http' },
		{ Forwarded: 'host=evil.test' }
	];
	for (const [index, more] of forged.entries()) {
		const body = form({ name: email });
		await send(proxied.url, '/reset', { method: 'POST', headers: { ...headers, ...more }, body });
		await linkTo(email, '/reset/password', index + 1);
	}
	for (const { text, html } of smtp.mails) expect(text + html).not.toContain('evil.test');
});

test('A9 a new address needs the password, and the old one can take it back', async () => {
	const eve = await newcomer('Eve Moves');
	const email = 'eve.new@mail.example.org';
	const ask = (current: string) => post('/account/profile?/email', { email, current }, eve.cookie);
	expect((await ask('not the password')).status).toBe(422);
	expect((await ask(eve.password)).status).toBe(303);
	const now = () =>
		query<{ email: string }>(proxied, 'select email from accounts where name = ?', eve.name)[0]
			.email;
	expect(now()).toBe(eve.email);
	expect((await post(await linkTo(email, '/confirm/change'), {})).status).toBe(303);
	expect(now()).toBe(email);
	const restored = await post(await linkTo(eve.email, '/restore'), {});
	expect(restored.status).toBe(303);
	expect(now()).toBe(eve.email);
	expect((await get('/account', { Cookie: eve.cookie })).status).toBe(303);
	const password = newPassword();
	expect((await post(restored.headers.location!, { password })).status).toBe(303);
	expect((await post('/sign-in', { name: eve.name, password })).status).toBe(303);
});

test('A10 who has not confirmed an address does not take part, if the site asks for it', async () => {
	const uma = await newcomer('Uma Unsure');
	change(proxied, 'update accounts set email_confirmed_at = null where name = ?', uma.name);
	change(
		proxied,
		`insert into articles (id, slug, title, body, body_html, renderer_version, published_at, created_at, updated_at)
		values ('0000000000000001', 'tide', 'Tide', 'T', '<p>T</p>', 1, 1, 1, 1)`
	);
	const body = 'I was there when it rose.';
	const refused = await post('/articles/tide?/post', { body }, uma.cookie);
	expect(refused.status).toBe(403);
	expect(refused.text).toContain(body);
	expect(refused.text).toContain('/account/profile');
	expect((await post('/account/profile?/confirm', {}, uma.cookie)).status).toBe(303);
	const link = await linkTo(uma.email, '/confirm/address');
	expect((await get(link)).status).toBe(200);
	expect((await post('/articles/tide?/post', { body }, uma.cookie)).status).toBe(403);
	expect((await post(link, {})).status).toBe(303);
	expect((await post(link, {})).status).toBe(404);
	expect((await post('/articles/tide?/post', { body }, uma.cookie)).status).toBe(303);
});
