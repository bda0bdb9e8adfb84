import { change, query, snapshot } from './support/database.ts';
import { newFaults } from './support/faults.ts';
import { form, send } from './support/http.ts';
import type { Message } from './support/http.ts';
import { pathOf } from './support/paths.ts';
import { mutations, readable, routes } from './support/routes.ts';
import type { Mutation } from './support/routes.ts';
import { expect, say, test } from './support/world.ts';
import type { World } from './support/world.ts';

const EVIL = 'https://evil.test';
const FORM = 'application/x-www-form-urlencoded';

// What a browser is told; nothing else in the answer may depend on it.
const REFUSAL = /nothing was changed/;

/** Every field that any form or call takes, so that a request that got through would do something. */
function everyField(world: World): Record<string, string> {
	return {
		...{ name: 'Bob Other', role: 'moderator', email: 'forged@mail.example.org' },
		...{ password: 'a forged passphrase', current: world.people.admin.password, next: '/' },
		...{
			id: world.remarks.pending,
			body: 'Forged.',
			reason: 'abuse',
			note: 'Forged.',
			kind: 'other',
			words: 'Forged.',
			answer: 'Forged.',
			state: 'hidden'
		},
		...{ until: '', commenting: 'hidden', title: 'Forged', published: 'on', bio: 'Forged.' }
	};
}

type Forgery = (world: World, mutation: Mutation) => Message;

function withHeaders(headers: Record<string, string>, type: string | null = FORM): Forgery {
	return (world) => {
		const fields = everyField(world);
		const body = type === 'application/json' ? JSON.stringify(fields) : form(fields);
		return { headers: { ...headers, ...(type === null ? {} : { 'Content-Type': type }) }, body };
	};
}

function multipart(world: World): Message {
	const parts = Object.entries(everyField(world)).map(
		([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
	);
	return {
		headers: { Origin: EVIL, 'Content-Type': 'multipart/form-data; boundary=x' },
		body: `${parts.join('')}--x--\r\n`
	};
}

/** How another site, or something between, would have a reader's browser send a request. */
const FORGERIES: Record<string, Forgery> = {
	'a foreign origin': withHeaders({ Origin: EVIL }),
	'an opaque origin': withHeaders({ Origin: 'null' }),
	'no origin': withHeaders({}),
	'no origin, from another site': withHeaders({ 'Sec-Fetch-Site': 'cross-site' }),
	'no origin, from a sibling': withHeaders({ 'Sec-Fetch-Site': 'same-site' }),
	'no origin, by the reader': withHeaders({ 'Sec-Fetch-Site': 'none' }),
	'our origin, from another site': (world, mutation) =>
		withHeaders({ Origin: world.site.url, 'Sec-Fetch-Site': 'cross-site' })(world, mutation),
	'plain text': withHeaders({ Origin: EVIL }, 'text/plain'),
	JSON: withHeaders({ Origin: EVIL }, 'application/json'),
	'JSON without an origin': withHeaders({}, 'application/json'),
	'no type': withHeaders({ Origin: EVIL }, null),
	'no type and no origin': withHeaders({}, null),
	'a form with files': multipart,
	'another port': withHeaders({ Origin: 'http://127.0.0.1:1' }),
	'another scheme': (world, mutation) =>
		withHeaders({ Origin: world.site.url.replace('http:', 'https:') })(world, mutation),
	'a longer host': (world, mutation) =>
		withHeaders({ Origin: `${world.site.url}.evil.test` })(world, mutation),
	'a user name': (world, mutation) =>
		withHeaders({ Origin: world.site.url.replace('//', '//evil.test@') })(world, mutation),
	'our page as referrer': (world, mutation) =>
		withHeaders({ Origin: EVIL, Referer: `${world.site.url}/` })(world, mutation),
	'a forwarded host': withHeaders({ Origin: EVIL, 'X-Forwarded-Host': 'evil.test' }),
	'a script of another site': withHeaders({ Origin: EVIL, Accept: 'application/json' }),
	'a method in a header': withHeaders({ Origin: EVIL, 'X-HTTP-Method-Override': 'GET' })
};

test.describe('S7 no other site can act for a reader', () => {
	const all = mutations(routes());

	test('S7 there is something to forge', () => {
		expect(all.length).toBeGreaterThan(30);
	});

	for (const mutation of all) {
		test(`S7 ${mutation.key}`, async ({ world }) => {
			const path = pathOf(world, mutation.path);
			const { admin, guest } = world.people;
			const before = snapshot(world.site);
			const faults = newFaults();
			const forging = Object.entries(FORGERIES).map(async ([name, forge]) => {
				const message = { ...forge(world, mutation), method: mutation.method };
				const answer = await admin.send(path, message);
				faults.same(name, answer.status, 403);
				faults.holds(`${name}: ${answer.text}`, REFUSAL.test(answer.text));
			});
			await Promise.all(forging);
			expect(faults.found).toEqual([]);
			expect(snapshot(world.site)).toEqual(before);
			// From the site itself it is another answer: the rule, and nothing else, refused the others.
			const own = await guest.send(path, {
				method: mutation.method,
				headers: { Origin: world.site.url, 'Content-Type': FORM },
				body: ''
			});
			expect(own.text).not.toMatch(REFUSAL);
		});
	}

	test('S7 a token that is none lets no cookie through', async ({ world }) => {
		const { admin } = world.people;
		const before = snapshot(world.site);
		const faults = newFaults();
		for (const { method, path } of all) {
			const headers = { Authorization: 'Bearer x', 'Content-Type': 'application/json' };
			const answer = await admin.send(pathOf(world, path), { method, headers, body: '{}' });
			faults.same(`${method} ${path}`, answer.status, path.startsWith('/api/') ? 401 : 403);
		}
		expect(faults.found).toEqual([]);
		expect(snapshot(world.site)).toEqual(before);
	});

	test('S7 the site itself is let through', async ({ world }) => {
		const { alice, bob } = world.people;
		const id = await say(alice, world.stories.open, 'The tide was low.');
		const answer = await bob.post(`/c/${id}?/recommend`);
		expect(answer.status).toBe(303);
		expect(query(world.site, 'select * from votes where comment_id = ?', id)).toHaveLength(1);
	});
});

test.describe('S8 reading changes nothing', () => {
	const acting = mutations(routes()).map(({ path }) => path);
	const reading = readable(routes()).map(({ path }) => path);
	const HINTS = { Purpose: 'prefetch', 'Sec-Purpose': 'prefetch', 'X-Moz': 'prefetch' };

	for (const method of ['GET', 'HEAD', 'OPTIONS']) {
		test(`S8 ${method}`, async ({ world }) => {
			const { admin, alice, guest } = world.people;
			// Only a sweep of the clock would touch these, and none is due.
			const before = snapshot(world.site);
			const query = form(everyField(world));
			const faults = newFaults();
			for (const path of new Set([...acting, ...reading])) {
				const address = pathOf(world, path);
				const acted = `${address}${address.includes('?') ? '&' : '?'}_method=POST&${query}`;
				const looking = [admin, alice, guest].map(async (who) => {
					const answer = await who.send(acted, { method, headers: HINTS });
					faults.holds(`${who.name} ${acted}: ${answer.status}`, answer.status < 500);
				});
				await Promise.all(looking);
			}
			expect(faults.found).toEqual([]);
			expect(snapshot(world.site)).toEqual(before);
		});
	}

	test('S8 a page overrides no method', async ({ world }) => {
		const { admin } = world.people;
		const before = snapshot(world.site);
		for (const path of acting) {
			const headers = { 'X-HTTP-Method-Override': 'POST', 'X-Method-Override': 'DELETE' };
			await admin.send(pathOf(world, path), { headers });
		}
		expect(snapshot(world.site)).toEqual(before);
	});

	test('S8 the comparison sees a change', async ({ world }) => {
		const before = snapshot(world.site);
		const id = await say(world.people.bob, world.stories.open, 'So it is.');
		change(world.site, 'update comments set score = score where id = ?', id);
		expect(snapshot(world.site)).not.toEqual(before);
	});

	test('S8 signing out asks first', async ({ world }) => {
		const { token } = world.people.bob;
		const page = await send(world.site.url, '/sign-out', {
			headers: { Cookie: `session=${token}` }
		});
		expect(page.status).toBe(200);
		expect((await world.people.bob.get('/account')).status).toBe(200);
	});
});
