import { startSite } from '../../support/server.ts';
import { button, byName, codeOf, plugInAuthenticator } from '../support/factors.ts';
import { signIn as signInByPage } from '../support/site.ts';
import { bytesOf, change, query } from './support/database.ts';
import { cookiesOf, form, send } from './support/http.ts';
import type { Answer } from './support/http.ts';
import { client, employ, newPassword, signedIn, signUp } from './support/people.ts';
import type { Client } from './support/people.ts';
import { expect, test } from './support/world.ts';

test.describe.configure({ timeout: 150_000 });

const APP = '/account/security/authenticator';
const ROLE = { name: 'Bob Other', role: 'reader' };

/** Posts a form with cookies of one's own choice, from an address behind a proxy. */
function post(
	url: string,
	path: string,
	{ cookies = {}, from = '', fields = {} as Record<string, string> }
): Promise<Answer> {
	const cookie = Object.entries(cookies).map((pair) => pair.join('='));
	const headers = {
		...{ Origin: url, Accept: 'text/html', Cookie: cookie.join('; ') },
		'Content-Type': 'application/x-www-form-urlencoded',
		...(from && { 'X-Forwarded-For': from })
	};
	return send(url, path, { method: 'POST', headers, body: form(fields) });
}

/** Sets an authenticator app up. */
async function withApp(who: Client): Promise<{ secret: string; codes: string[] }> {
	await who.post(`${APP}?/begin`);
	const { text } = await who.get(APP);
	const secret = /<code class="secret[^"]*">([A-Z2-7 ]+)</.exec(text)![1].replace(/ /g, '');
	const done = await who.post(`${APP}?/confirm`, { code: codeOf(secret, -1) });
	expect(done.status).toBe(200);
	const codes = done.text.match(/(?<=<code>)[a-z2-7-]{19}(?=<)/g) ?? [];
	return { secret, codes };
}

/** Gives the password alone; the sign-in waits under the cookies that come back. */
async function begin(url: string, { name, password }: Client): Promise<Record<string, string>> {
	const answer = await post(url, '/sign-in', { fields: { name, password } });
	expect(answer.headers.location).toBe('/sign-in/second-step');
	return cookiesOf(answer);
}

function endStep(url: string, cookies: Record<string, string>, code: string): Promise<Answer> {
	return post(url, '/sign-in/second-step?/code', { cookies, fields: { code } });
}

const grow = (site: { databaseUrl: string }, who: Client) =>
	change(
		site,
		'update sessions set authenticated_at = 0 where account_id = (select id from accounts where name = ?)',
		who.name
	);

test.describe('A4 guessing is slowed, and no owner is locked out', () => {
	test('A4 from many addresses, at many accounts, after a restart and on a second process', async () => {
		const env = { PROXY_DEPTH: '1' };
		const first = await startSite({ env });
		const { databaseUrl } = first;
		const name = 'Olga Owner';
		const password = newPassword();
		const made = { name, email: 'olga@mail.example.org', password };
		const { device } = cookiesOf(
			await post(first.url, '/sign-up', { from: '198.51.100.1', fields: made })
		);
		const guess = (url: string, from: string, who = name) =>
			post(url, '/sign-in', { from, fields: { name: who, password: 'not the password' } });
		const own = (url: string, from: string) =>
			post(url, '/sign-in', { from, cookies: { device }, fields: { name, password } });
		const expectLimited = ({ status, headers }: Answer) => {
			expect(status).toBe(429);
			expect(Number(headers['retry-after'])).toBeGreaterThan(0);
		};

		const answers = [];
		for (let n = 1; n <= 20; n++) answers.push(await guess(first.url, `203.0.113.${n}`));
		expect(answers[0].status).toBe(401);
		expectLimited(answers[19]);
		expect((await own(first.url, '192.0.2.7')).status).toBe(303);

		const many = [];
		for (let n = 1; n <= 100; n++) many.push(await guess(first.url, '203.0.113.99', `Nobody ${n}`));
		expect(many[0].status).toBe(401);
		expectLimited(many[99]);
		expect((await guess(first.url, '192.0.2.8', 'Nobody 200')).status).toBe(401);
		// Even from the guesser's own address.
		expect((await own(first.url, '203.0.113.99')).status).toBe(303);

		const second = await startSite({ databaseUrl, env });
		first.process.kill('SIGKILL');
		await expect.poll(() => first.process.signalCode).toBe('SIGKILL');
		const again = await startSite({ databaseUrl, env });
		try {
			for (const { url } of [second, again]) {
				// Fewer than a new count would let through, and more than grew back meanwhile.
				const some = Array.from({ length: 10 }, (_, n) => n);
				const one = await Promise.all(some.map((n) => guess(url, `203.0.113.${100 + n}`)));
				expectLimited(one.find(({ status }) => status === 429)!);
				const all = await Promise.all(
					[...some, ...some].map((n) => guess(url, '203.0.113.99', `Nobody ${300 + n}`))
				);
				expectLimited(all.find(({ status }) => status === 429)!);
				expect((await own(url, '192.0.2.9')).status).toBe(303);
			}
		} finally {
			await second.stop();
			await again.stop();
			await first.stop();
		}
	});

	test('A4 codes of the second step too', async () => {
		const site = await startSite();
		try {
			const ivo = await signUp(site.url, 'Ivo Guessed');
			const { secret } = await withApp(ivo);
			const cookies = await begin(site.url, ivo);
			const statuses = [];
			for (let n = 0; n < 6; n++) {
				statuses.push((await endStep(site.url, cookies, '000000')).status);
			}
			expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
			// A new beginning gives no new tries.
			const anew = await begin(site.url, ivo);
			const { status, headers } = await endStep(site.url, anew, codeOf(secret));
			expect(status).toBe(429);
			expect(Number(headers['retry-after'])).toBeGreaterThan(0);
		} finally {
			await site.stop();
		}
	});
});

test.describe('A14 staff prove who they are', () => {
	test('A14 to give a role', async ({ world: { site, people } }) => {
		const ada = await employ(site.url, people.admin, 'Ada Proven', 'admin');
		const reader = await signUp(site.url, 'Rea Raised');
		const give = () => ada.post('/admin?/role', { name: reader.name, role: 'moderator' });
		const roleOf = () =>
			query<{ role: string }>(site, 'select role from accounts where name = ?', reader.name)[0]
				.role;
		grow(site, ada);
		const asked = await give();
		expect([asked.status, asked.headers.location]).toEqual([303, '/account/confirm?next=%2Fadmin']);
		expect(roleOf()).toBe('reader');
		const where = '/account/confirm?/password&next=%2Fadmin';
		expect((await ada.post(where, { current: 'not the password' })).status).toBe(422);
		expect((await give()).headers.location).toBe('/account/confirm?next=%2Fadmin');
		const proven = await ada.post(where, { current: ada.password });
		expect([proven.status, proven.headers.location]).toEqual([303, '/admin']);
		expect((await give()).headers.location).toContain('given=');
		expect(roleOf()).toBe('moderator');
	});

	test('A14 to ban staff; readers are banned without', async ({ world: { site, people } }) => {
		const ada = await employ(site.url, people.admin, 'Ada Banning', 'admin');
		const staff = await employ(site.url, people.admin, 'Mia Banned', 'moderator');
		const reader = await signUp(site.url, 'Ray Banned');
		const ban = { kind: 'ban', ground: 'abuse', reason: 'It was time.' };
		const record = ({ name }: Client) => `/moderation/people/${encodeURIComponent(name)}`;
		const isBanned = ({ name }: Client) =>
			query(site, 'select 1 from accounts where banned_at is not null and name = ?', name).length >
			0;
		grow(site, ada);
		expect((await ada.post(`${record(reader)}?/sanction`, ban)).headers.location).toContain(
			'done='
		);
		expect(isBanned(reader)).toBe(true);
		const asked = await ada.post(`${record(staff)}?/sanction`, ban);
		const next = encodeURIComponent(record(staff));
		expect(asked.headers.location).toBe(`/account/confirm?next=${next}`);
		expect(isBanned(staff)).toBe(false);
		const where = `/account/confirm?/password&next=${next}`;
		const proven = await ada.post(where, { current: ada.password });
		expect(proven.headers.location).toBe(record(staff));
		await ada.post(`${record(staff)}?/sanction`, ban);
		expect(isBanned(staff)).toBe(true);
	});

	test('A14 to touch a second factor', async ({ world: { site } }) => {
		const eve = await signUp(site.url, 'Eve Stolen');
		await withApp(eve);
		grow(site, eve);
		for (const [path, act] of [
			[APP, '?/remove'],
			['/account/security/recovery-codes', ''],
			['/account/security/passkeys', '?/remove']
		]) {
			const { status, headers } = await eve.post(path + act, { id: 'x' });
			expect([status, headers.location]).toEqual([
				303,
				`/account/confirm?next=${encodeURIComponent(path)}`
			]);
		}
		const asked = await eve.post('/passkeys', { purpose: 'add' });
		expect([403, 404]).toContain(asked.status);
	});
});

test.describe('S1 and S2 with a second step', () => {
	test('S1 what stands for somebody is kept as a hash', async ({ world: { site } }) => {
		const una = await signUp(site.url, 'Una Hashed');
		const { secret, codes } = await withApp(una);
		expect(codes).toHaveLength(10);
		const cookies = await begin(site.url, una);
		const done = await endStep(site.url, cookies, codeOf(secret));
		const kept = [...codes, ...codes.map((code) => code.replaceAll('-', ''))];
		for (const text of [cookies['second-step'], ...Object.values(cookiesOf(done)), ...kept]) {
			if (text === '') continue;
			expect(bytesOf(site).includes(text)).toBe(false);
			expect(site.output()).not.toContain(text);
		}
	});

	test('S2 a password alone begins no session, and the step ends once', async ({
		world: { site }
	}) => {
		const { url } = site;
		const ben = await signUp(url, 'Ben Twofold');
		const { secret } = await withApp(ben);
		const cookies = await begin(url, ben);
		expect(cookies.session).toBeUndefined();
		for (const chosen of ['', 'a'.repeat(40), `${cookies['second-step']}x`]) {
			const answer = await endStep(url, { 'second-step': chosen }, codeOf(secret));
			expect(answer.status).toBe(401);
		}
		const code = codeOf(secret);
		const chosen = { ...cookies, session: 'b'.repeat(40) };
		const answers = await Promise.all([1, 2, 3].map(() => endStep(url, chosen, code)));
		expect(answers.map(({ status }) => status).sort()[0]).toBe(303);
		const whole = answers.filter(({ status }) => status === 303);
		expect(whole).toHaveLength(1);
		const { token } = signedIn(url, whole[0], ben);
		expect(token).not.toBe(chosen.session);
		expect((await client(url, { token }).get('/account')).status).toBe(200);
		expect((await endStep(url, cookies, codeOf(secret, 1))).status).toBe(401);
	});

	test('S2 an answer of a passkey signs in once', async ({ browser, world: { site } }) => {
		const baseURL = byName(site.url);
		const page = await (await browser.newContext({ baseURL })).newPage();
		const pat = await signUp(site.url, 'Pat Replayed');
		await plugInAuthenticator(page);
		await signInByPage(page, pat);
		await page.goto('/account/security/passkeys');
		await page.locator('main [name=label]').fill('Telephone');
		await button(page, 'Add a passkey').click();
		await expect(page.locator('.arranged')).toContainText('Telephone');
		await page.context().clearCookies();
		await page.goto('/sign-in');
		const [sent] = await Promise.all([
			page.waitForRequest(
				(one) => one.method() === 'POST' && one.url().endsWith('/sign-in/passkey')
			),
			button(page, 'Sign in with a passkey').click()
		]);
		await expect(page.getByRole('navigation', { name: 'Site' })).toContainText(pat.name);
		const fields = Object.fromEntries(new URLSearchParams(sent.postData()!));
		const replayed = await post(baseURL, '/sign-in/passkey', { fields });
		expect(replayed.status).toBe(401);
		expect(cookiesOf(replayed)).toEqual({});
		await page.context().close();
	});
});

test.describe('S3, S5 and S6 with a second factor', () => {
	test('S3 a session that its owner ends is worth nothing', async ({ world: { site } }) => {
		const { url } = site;
		const sam = await signUp(url, 'Sam Ending');
		const other = signedIn(
			url,
			await post(url, '/sign-in', { fields: { name: sam.name, password: sam.password } }),
			sam
		);
		const handles = query<{ handle: string }>(
			site,
			'select s.handle from sessions s join accounts a on a.id = s.account_id where a.name = ? order by s.created_at',
			sam.name
		).map(({ handle }) => handle);
		expect(handles).toHaveLength(2);
		const stranger = await signUp(url, 'Sue Stranger');
		const end = (who: Client, handle: string) =>
			who.post('/account/security/sessions?/end', { handle });
		expect((await end(stranger, handles[1])).status).toBe(404);
		expect((await client(url).get('/account/security/sessions')).status).toBe(303);
		expect((await end(sam, handles[1])).status).toBe(303);
		expect((await other.get('/account')).status).toBe(303);
		expect((await sam.get('/account')).status).toBe(200);
		// Its name in the list is no credential.
		expect((await client(url, { token: handles[0] }).get('/account')).status).toBe(303);
	});

	test('S5 a sign-in waits ten minutes for its second step', async ({ world: { site } }) => {
		const tia = await signUp(site.url, 'Tia Tardy');
		const { secret } = await withApp(tia);
		const cookies = await begin(site.url, tia);
		const sql = "update challenges set expires_at = ? where kind = 'second-step'";
		const [{ left }] = query<{ left: number }>(
			site,
			"select max(expires_at) as left from challenges where kind = 'second-step'"
		);
		expect(left).toBeLessThanOrEqual(Date.now() + 10 * 60_000);
		expect(change(site, sql, Date.now() - 1)).toBeGreaterThan(0);
		expect((await endStep(site.url, cookies, codeOf(secret))).status).toBe(401);
	});

	test('S6 staff work in proven sessions only, on every process', async ({
		world: { site, people }
	}) => {
		const mod = await employ(site.url, people.admin, 'Mod Proven', 'moderator');
		await withApp(mod);
		const env = { STAFF_SECOND_FACTOR: 'required', RATE_LIMITS: 'off' };
		const strict = await startSite({ databaseUrl: site.databaseUrl, env });
		try {
			const there = client(strict.url, mod);
			expect((await there.get('/moderation')).status).toBe(200);
			grow(site, mod);
			const proof = '/account/confirm?/password&next=%2F';
			await mod.post(proof, { current: mod.password });
			expect((await mod.post(`${APP}?/remove`)).status).toBe(303);
			expect((await there.get('/moderation')).status).toBe(404);
			const act = await there.post('/admin?/role', ROLE);
			expect(act.status).toBe(404);
		} finally {
			await strict.stop();
		}
	});
});
