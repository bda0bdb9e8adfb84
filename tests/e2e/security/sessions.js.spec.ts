import { startSite } from '../../support/server.ts';
import { bytesOf, change, query } from './support/database.ts';
import { cookiesOf, form, send } from './support/http.ts';
import type { Answer } from './support/http.ts';
import { client, employ, newPassword, signedIn, signIn, signUp } from './support/people.ts';
import type { Client } from './support/people.ts';
import { PUBLIC_ORIGIN, startProxied } from './support/proxied.ts';
import { expect, say, test } from './support/world.ts';

test.describe.configure({ timeout: 120_000 });

const DAY = 24 * 60 * 60 * 1000;

/** Whether a session's token opens somebody's account. */
async function isSignedIn(origin: string, token: string): Promise<boolean> {
	const { status } = await client(origin, { token }).get('/account');
	if (status !== 200 && status !== 303) throw new Error(`/account answers ${status}`);
	return status === 200;
}

function setCookie(answer: Answer): string {
	return answer.headers['set-cookie']?.join('\n') ?? '';
}

test.describe('S1 a session is a secret', () => {
	test('S1 its token is long, random and kept as a hash only', async ({ world }) => {
		const { url } = world.site;
		const eve = await signUp(url, 'Eve Token');
		const again = await signIn(url, eve);
		for (const { token } of [eve, again]) {
			expect(token).toMatch(/^[a-z2-7]{40}$/);
			expect(await isSignedIn(url, token)).toBe(true);
			const bytes = bytesOf(world.site);
			expect(bytes.includes(token)).toBe(false);
			expect(world.site.output()).not.toContain(token);
		}
		expect(again.token).not.toBe(eve.token);
		expect(bytesOf(world.site).includes('Eve Token')).toBe(true);
	});

	test('S1 what is stored signs nobody in', async ({ world }) => {
		const rows = query<{ id: string }>(world.site, 'select id from sessions');
		expect(rows.length).toBeGreaterThan(3);
		for (const { id } of rows.slice(0, 5)) {
			for (const token of [id, `sha256:${id}`, encodeURIComponent(`sha256:${id}`)]) {
				expect(await isSignedIn(world.site.url, token)).toBe(false);
			}
		}
	});
});

test.describe('S2 a session begins anew', () => {
	test('S2 nobody chooses another’s token', async ({ world }) => {
		const { url } = world.site;
		const eve = await signUp(url, 'Fay Fixed');
		const chosen = 'a'.repeat(40);
		const victim = client(url, { token: chosen });
		const answer = await victim.post('/sign-in', { name: eve.name, password: eve.password });
		const { token } = signedIn(url, answer, eve);
		expect(token).not.toBe(chosen);
		expect(await isSignedIn(url, chosen)).toBe(false);
		const fresh = { name: 'Gus Fixed', email: 'gus@mail.example.org', password: newPassword() };
		const made = signedIn(url, await victim.post('/sign-up', fresh), fresh);
		expect(made.token).not.toBe(chosen);
		expect(await isSignedIn(url, chosen)).toBe(false);
	});

	test('S2 signing in ends the session that the browser had', async ({ world }) => {
		const { url } = world.site;
		const eve = await signUp(url, 'Hal Again');
		const { name, password } = eve;
		const answer = await eve.post('/sign-in', { name, password });
		const { token } = signedIn(url, answer, eve);
		expect(token).not.toBe(eve.token);
		expect(await isSignedIn(url, eve.token)).toBe(false);
		expect(await isSignedIn(url, token)).toBe(true);
	});

	test('S2 a role begins with a new session', async ({ world }) => {
		const { url } = world.site;
		const ida = await signUp(url, 'Ida Raised');
		const { status } = await world.people.admin.post('/admin?/role', {
			name: ida.name,
			role: 'moderator'
		});
		expect(status).toBe(303);
		expect(await isSignedIn(url, ida.token)).toBe(false);
	});
});

test.describe('S3 a session ends when it is ended', () => {
	test('S3 signing out deletes it', async ({ world }) => {
		const { url } = world.site;
		const eve = await signUp(url, 'Jan Leaves');
		const other = await signIn(url, eve);
		const count = () =>
			query(
				world.site,
				'select s.id from sessions s join accounts a on a.id = s.account_id where a.name = ?',
				eve.name
			).length;
		expect(count()).toBe(2);
		const asked = await eve.get('/sign-out');
		expect(asked.status).toBe(200);
		expect(count()).toBe(2);
		const answer = await eve.post('/sign-out');
		expect(answer.status).toBe(303);
		expect(setCookie(answer)).toMatch(/^session=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/);
		expect(count()).toBe(1);
		expect(await isSignedIn(url, eve.token)).toBe(false);
		expect(await isSignedIn(url, other.token)).toBe(true);
	});

	test('S3 everywhere is everywhere', async ({ world }) => {
		const { url } = world.site;
		const eve = await signUp(url, 'Kit Leaves');
		const others = [await signIn(url, eve), await signIn(url, eve)];
		expect((await eve.post('/account?/everywhere')).status).toBe(303);
		for (const { token } of [eve, ...others]) expect(await isSignedIn(url, token)).toBe(false);
	});

	test('S3 a new password ends every session but the one it was given in', async ({ world }) => {
		const { url } = world.site;
		const eve = await signUp(url, 'Lou Changes');
		const other = await signIn(url, eve);
		const password = newPassword();
		const answer = await eve.post('/account?/password', { current: eve.password, password });
		const { token } = signedIn(url, answer, eve);
		expect(token).not.toBe(eve.token);
		expect(await isSignedIn(url, token)).toBe(true);
		expect(await isSignedIn(url, eve.token)).toBe(false);
		expect(await isSignedIn(url, other.token)).toBe(false);
		const old = await client(url).post('/sign-in', { name: eve.name, password: eve.password });
		expect(old.status).toBe(401);
	});

	test('S3 a password is changed by who knows it', async ({ world }) => {
		const { url } = world.site;
		const eve = await signUp(url, 'Max Keeps');
		const wrong = { current: `${eve.password}x`, password: newPassword() };
		expect((await eve.post('/account?/password', wrong)).status).toBe(422);
		expect(await isSignedIn(url, eve.token)).toBe(true);
		await signIn(url, eve);
	});
});

test.describe('S4 the cookie', () => {
	test('S4 over plain http on one’s own machine', async ({ world }) => {
		const { url } = world.site;
		const { name, password } = world.people.bob;
		const answer = await client(url).post('/sign-in', { name, password });
		const cookie = setCookie(answer);
		expect(Object.keys(cookiesOf(answer)).sort()).toEqual(['device', 'session']);
		expect(Object.keys(cookiesOf(answer)).sort()).toEqual(['device', 'session']);
		for (const part of [/; Path=\//i, /; HttpOnly/i, /; SameSite=Lax/i, /; Expires=/i]) {
			expect(cookie).toMatch(part);
		}
		expect(cookie).not.toMatch(/; Domain/i);
	});

	test('S4 over https it is bound to the host', async () => {
		const site = await startProxied();
		try {
			const who = { name: 'Ned Secure', email: 'ned@mail.example.org', password: newPassword() };
			const headers = {
				Host: new URL(PUBLIC_ORIGIN).host,
				Origin: PUBLIC_ORIGIN,
				Accept: 'text/html',
				'Content-Type': 'application/x-www-form-urlencoded'
			};
			const answer = await send(site.url, '/sign-up', { method: 'POST', headers, body: form(who) });
			expect(answer.status).toBe(303);
			const cookie = setCookie(answer);
			expect(cookie).toMatch(/^__Host-session=[a-z2-7]{40};/m);
			expect(cookie).toMatch(/^__Host-device=/m);
			for (const part of [/; Path=\//i, /; HttpOnly/i, /; SameSite=Lax/i, /; Secure/i]) {
				expect(cookie).toMatch(part);
			}
			expect(cookie).not.toMatch(/; Domain/i);
			expect(answer.headers['strict-transport-security']).toMatch(/max-age=(\d{8,})/);
			const token = cookiesOf(answer)['__Host-session'];
			const account = (name: string) =>
				send(site.url, '/account', { headers: { Host: headers.Host, Cookie: `${name}=${token}` } });
			expect((await account('__Host-session')).status).toBe(200);
			// A cookie that another host or plain http could have set is none.
			expect((await account('session')).status).toBe(303);
			const forged = await send(site.url, '/sign-up', {
				method: 'POST',
				headers: { ...headers, Origin: 'http://talk.example.org' },
				body: form({ ...who, name: 'Ned Plain' })
			});
			expect(forged.status).toBe(403);
		} finally {
			await site.stop();
		}
	});
});

test.describe('S5 a session has an end', () => {
	test('S5 without a visit, and in any case', async ({ world }) => {
		const { site } = world;
		const set = (column: string, time: number, { name }: Client) =>
			change(
				site,
				`update sessions set ${column} = ? where account_id = (select id from accounts where name = ?)`,
				time,
				name
			);
		const idle = await signUp(site.url, 'Ola Idle');
		expect(set('expires_at', Date.now() - 1000, idle)).toBe(1);
		expect(await isSignedIn(site.url, idle.token)).toBe(false);
		const old = await signUp(site.url, 'Pia Old');
		expect(set('created_at', Date.now() - 91 * DAY, old)).toBe(1);
		// Whatever its row says: nothing lengthens a session beyond its absolute end.
		expect(await isSignedIn(site.url, old.token)).toBe(false);
		const used = await signUp(site.url, 'Quin Used');
		set('expires_at', Date.now() + 10 * DAY, used);
		const answer = await used.get('/account');
		expect(answer.status).toBe(200);
		expect(setCookie(answer)).toContain(`session=${used.token}`);
		const [lengthened] = query<{ expires_at: number }>(
			site,
			`select expires_at from sessions s join accounts a on a.id = s.account_id where a.name = ?`,
			used.name
		);
		expect(lengthened.expires_at).toBeGreaterThan(Date.now() + 29 * DAY);
	});
});

test.describe('S6 what somebody may do is asked at every request', () => {
	test('S6 a ban and a lost role act at once, on another process too', async ({ world }) => {
		const { site } = world;
		const second = await startSite({
			databaseUrl: site.databaseUrl,
			env: { RATE_LIMITS: 'off' }
		});
		try {
			const rob = await signUp(site.url, 'Rob Banned');
			const elsewhere = client(second.url, { ...rob });
			await say(elsewhere, world.stories.open, 'Before.');
			change(site, 'update accounts set banned_at = ? where name = ?', Date.now(), rob.name);
			for (const where of [rob, elsewhere]) {
				const posted = await where.post(`/articles/${world.stories.open}?/post`, {
					body: 'After.'
				});
				expect(posted.status).toBe(403);
				const voted = await where.api('PUT', `/comments/${world.remarks.published}/vote`);
				expect(voted.status).toBe(403);
			}
			const { admin } = world.people;
			const sue = await employ(site.url, admin, 'Sue Demoted', 'moderator');
			const away = client(second.url, { ...sue });
			expect((await away.get('/moderation')).status).toBe(200);
			change(site, "update accounts set role = 'reader' where name = ?", sue.name);
			for (const where of [sue, away]) {
				expect((await where.get('/moderation')).status).toBe(404);
				const id = world.remarks.published;
				const removed = await where.api('POST', `/comments/${id}/remove`, { reason: 'Because.' });
				expect(removed.status).toBe(403);
			}
			const tom = await employ(site.url, admin, 'Tom Demoted', 'moderator');
			await admin.post('/admin?/role', { name: tom.name, role: 'reader' });
			expect(await isSignedIn(second.url, tom.token)).toBe(false);
		} finally {
			await second.stop();
		}
	});
});

test.describe('S9 a session stays in its cookie', () => {
	test('S9 no page, address or log has it, and nobody keeps what is behind it', async ({
		world
	}) => {
		const { alice, admin } = world.people;
		const paths = ['/', `/articles/${world.stories.open}`, '/account', '/people/Alice%20Writer'];
		for (const who of [alice, admin]) {
			for (const path of [...paths, '/account/__data.json', '/api/v1/articles', '/nothing']) {
				const { headers, text } = await who.get(path);
				expect(text).not.toContain(who.token);
				expect(headers['cache-control'], path).toMatch(/no-store/);
				expect(headers['cache-control'], path).toMatch(/private/);
				expect(headers.vary, path).toMatch(/cookie/i);
			}
		}
		expect(world.site.output()).not.toContain(alice.token);
	});
});
