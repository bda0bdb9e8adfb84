import type { Site } from '../../support/server.ts';
import { startSite } from '../../support/server.ts';
import { send } from './support/http.ts';
import type { Message } from './support/http.ts';
import { decide, expect, say, setState, test, word, write } from './support/world.ts';
import type { World } from './support/world.ts';

/** What guests send that makes no difference. */
const GUESTS: Record<string, string>[] = [{}, { Cookie: '_ga=1' }, { 'Accept-Language': 'xx' }];

test.describe.configure({ timeout: 120_000 });

/** What varies with each request, and says nothing about the page. */
function stable(text: string): string {
	return text.replaceAll(/\b\d+ (?:seconds?|minutes?) ago\b|just now/g, 'some time ago');
}

async function read(site: Pick<Site, 'url'>, path: string, message: Message = {}) {
	const answer = await send(site.url, path, message);
	return { ...answer, text: stable(answer.text) };
}

/** Reads as often as it takes for a page to be kept. */
async function keep(site: Pick<Site, 'url'>, path: string, message: Message = {}) {
	await read(site, path, message);
	return read(site, path, message);
}

/** What an attacker varies in the hope that the answer is kept for others. */
const UNKEYED: Record<string, Message> = {
	'another host’s name': { headers: { 'X-Forwarded-Host': 'evil.test' } },
	'another protocol': { headers: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Ssl': 'on' } },
	'another prefix': { headers: { 'X-Forwarded-Prefix': '/evil', 'X-Forwarded-Port': '666' } },
	'another address within': { headers: { 'X-Original-URL': '/admin', 'X-Rewrite-URL': '/admin' } },
	'another language': { headers: { 'Accept-Language': 'xx' } },
	'another method': { headers: { 'X-HTTP-Method-Override': 'POST' } },
	'the framework’s own headers': {
		headers: { 'x-sveltekit-action': 'true', 'x-sveltekit-trailing-slash': '1' }
	},
	'a body': { headers: { 'Content-Type': 'text/plain' }, body: 'sort=newest&x=<script>' }
};

const pages = ({ stories, remarks, byline }: World) => [
	...['/', `/articles/${stories.open}`, '/categories/harbour', `/bylines/${byline}`],
	...['/people/Alice%20Writer', '/moderation-log', `/c/${remarks.published}`]
];

test.describe('I6 nobody gets what another asked for', () => {
	for (const [what, message] of Object.entries(UNKEYED)) {
		test(`I6 ${what} changes no page`, async ({ world }) => {
			for (const path of pages(world)) {
				const plain = await read(world.site, path);
				const odd = await keep(world.site, path, message);
				expect(odd.status, path).toBe(plain.status);
				expect(odd.text, path).toBe(plain.text);
				expect(await read(world.site, path).then(({ text }) => text), path).toBe(plain.text);
			}
		});
	}

	test('I6 what is one’s own is kept by nobody', async ({ world }) => {
		const { alice, guest } = world.people;
		for (const path of pages(world)) {
			const own = await alice.get(path);
			if (own.status !== 200) continue;
			expect(own.headers['cache-control'], path).toBe('private, no-store');
			expect(own.headers.vary, path).toContain('Cookie');
			const anybodys = await guest.get(path);
			expect(anybodys.headers['set-cookie'], path).toBeUndefined();
			expect(anybodys.text, path).not.toContain('Sign out');
			expect(anybodys.headers['cache-control'], path).not.toMatch(/immutable|max-age=[1-9]\d{2}/);
		}
		const failed = await guest.get('/articles/nothing-of-this-name');
		expect(failed.headers['cache-control']).toMatch(/no-cache|no-store/);
	});

	test('I6 a page is not found under the name of a file', async ({ world }) => {
		const { alice } = world.people;
		for (const path of ['/account/x.css', '/account.css', '/account/%2e/x.js', '/account;x.css']) {
			const { status, text } = await alice.get(path);
			expect(status, path).toBe(404);
			expect(text, path).not.toContain(alice.email);
		}
	});

	test('I6 what is withdrawn is gone at once, on another process too', async ({ world }) => {
		const { editor, moderator, alice } = world.people;
		const slug = await write(editor, 'The page that others keep');
		const id = await say(alice, slug, 'Words to be withdrawn shortly.');
		const second = await startSite({
			databaseUrl: world.site.databaseUrl,
			env: { RATE_LIMITS: 'off' }
		});
		try {
			const looks = () =>
				Promise.all([world.site, second].map((site) => read(site, `/articles/${slug}`)));
			for (const { text } of await looks()) expect(text).toContain('Words to be withdrawn');
			const [{ headers }] = await looks();
			await decide(moderator, 'remove', id);
			for (const { text } of await looks()) expect(text).not.toContain('Words to be withdrawn');
			const kept = await read(second, `/articles/${slug}`, {
				headers: { 'If-None-Match': headers.etag ?? '' }
			});
			expect(kept.status).toBe(200);
			await decide(moderator, 'restore', id);
			for (const { text } of await looks()) expect(text).toContain('Words to be withdrawn');
			await setState(moderator, slug, 'hidden');
			for (const { text } of await looks()) expect(text).not.toContain('Words to be withdrawn');
		} finally {
			await second.stop();
		}
	});

	test('I6 nothing of who reads gets into a page that is kept', async ({ world }) => {
		const { editor, moderator, alice, admin } = world.people;
		const slug = await write(editor, 'The page that many read');
		const id = await say(alice, slug, 'Words for everybody.');
		const paths = [`/articles/${slug}`, `/c/${id}`, '/', '/help'];
		for (const path of paths) {
			// They are the first to ask, with the page as they see it, and the last before the guest.
			for (const reader of [alice, moderator, editor, admin]) {
				const own = await reader.get(path);
				expect(own.headers['cache-status'], path).toBeUndefined();
				expect(own.headers['cache-control'], path).toBe('private, no-store');
				expect(own.text, path).toContain(reader.name);
			}
			// It is made for each of them, and kept.
			for (const headers of [...GUESTS, ...GUESTS]) {
				const { headers: given, text } = await read(world.site, path, { headers });
				expect(given['cache-status'], path).toContain('afterword;');
				expect(given['set-cookie'], path).toBeUndefined();
				expect(given['content-security-policy'], path).not.toContain('nonce');
				expect(text, path).not.toMatch(/\snonce=|Sign out/);
				for (const { name } of [moderator, editor, admin]) expect(text, path).not.toContain(name);
			}
		}
	});

	test('I6 whoever brings a cookie of ours, or a credential, gets no kept page', async ({
		world
	}) => {
		const { site } = world;
		const path = `/articles/${world.stories.open}`;
		await keep(site, path);
		const brought: Record<string, string>[] = [
			...['session=nothing', '__Host-session=x', 'device=x', 'seen=x', 'x=y; second-step=z'].map(
				(Cookie) => ({ Cookie })
			),
			{ Authorization: 'Bearer x' }
		];
		for (const headers of brought) {
			const own = await read(site, path, { headers });
			expect(own.headers['cache-status'], JSON.stringify(headers)).toBeUndefined();
		}
		expect((await read(site, path)).headers['cache-status']).toBe('afterword; hit');
	});

	test('I6 an error, a redirect and a cookie are kept by nobody', async ({ world }) => {
		const { site } = world;
		const article = `/articles/${world.stories.open}`;
		const paths = ['/articles/nothing', '/people/Nobody', '/c/0000000000000000', '/help/nothing'];
		const odd = [
			'/?cursor=damaged',
			`${article}?sort=worst`,
			`${article}?cursor=${'x'.repeat(300)}`
		];
		for (const path of [...paths, ...odd, `${article}?sort=newest`]) {
			const all = await Promise.all(Array.from({ length: 5 }, () => read(site, path)));
			for (const { headers } of [...all, await read(site, path)]) {
				expect(headers['cache-status'], path).toBeUndefined();
			}
		}
		// The order that is asked for is remembered for the one who asked, and for nobody else.
		const newest = await read(site, `${article}?sort=newest`);
		expect(newest.headers['set-cookie']?.[0]).toMatch(/^sort=newest;/);
		for (const [cookie, wanted] of [
			['sort=newest', 'Newest'],
			['sort=best', 'best']
		]) {
			const sorted = () => read(site, article, { headers: { Cookie: cookie } });
			await sorted();
			const { text } = await sorted();
			const again = await sorted();
			expect(again.headers['cache-status'], wanted).toBe('afterword; hit');
			expect(again.text).toBe(text);
		}
		expect((await read(site, article)).headers['set-cookie']).toBeUndefined();
	});

	test('I6 what no page knows makes no page, and stands in none', async ({ world }) => {
		const { site } = world;
		for (const path of pages(world)) {
			const plain = await read(site, path);
			for (const query of [
				'utm_source',
				'fbclid',
				'x-sveltekit-invalidated',
				'<script>',
				'/post'
			]) {
				const marked = word();
				const given = await read(site, `${path}?${encodeURIComponent(query)}=${marked}`);
				expect(given.status, path).toBe(plain.status);
				expect(given.text, path).toBe(plain.text);
				expect(given.headers.etag, path).toBe(plain.headers.etag);
				expect(given.text, path).not.toContain(marked);
			}
		}
	});

	test('I6 scripts and styles are sent compressed, and kept for good', async ({ world }) => {
		const { text } = await read(world.site, '/');
		const files = text.match(/\/_app\/immutable\/[^"]+\.(?:js|css)/g) ?? [];
		expect(files.length).toBeGreaterThan(1);
		for (const file of files) {
			const { status, headers } = await send(world.site.url, file, {
				headers: { 'Accept-Encoding': 'br' }
			});
			expect(status, file).toBe(200);
			expect(headers['content-encoding'], file).toBe('br');
			expect(headers['cache-control'], file).toMatch(/immutable/);
			expect(headers['set-cookie'], file).toBeUndefined();
		}
	});

	test('I6 a host’s name gets into no page', async ({ world }) => {
		const { site, people, stories } = world;
		const slug = await write(people.editor, 'The page that evil asks for first');
		for (const path of [`/articles/${slug}`, `/articles/${stories.open}`, '/']) {
			const evil = await keep(site, path, { headers: { Host: 'evil.test' } });
			expect(evil.text, path).not.toContain('evil.test');
			const plain = await read(site, path);
			expect(plain.text, path).toBe(evil.text);
		}
	});

	test('I6 a made-up address is no more than a page of a bounded memory', async ({ world }) => {
		const { url, stop } = await startSite({
			databaseUrl: world.site.databaseUrl,
			env: { RATE_LIMITS: 'off', PAGE_CACHE_MB: '1' }
		});
		try {
			await keep({ url }, '/');
			const letters = 'abcdefghjkmnpqrs';
			for (let n = 0; n < 100; n++) {
				const id = [...letters].map((_, at) => letters[(n * (at + 3)) % 16]).join('');
				const page = await keep({ url }, `/articles/${world.stories.open}?c=${id}`);
				expect(page.status).toBe(200);
			}
			// Each of them is kept for a while; together they have their own part of the megabyte.
			expect((await read({ url }, '/')).headers['cache-status']).toBe('afterword; hit');
		} finally {
			await stop();
		}
	});
});
