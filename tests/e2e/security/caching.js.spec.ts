import type { Site } from '../../support/server.ts';
import { startSite } from '../../support/server.ts';
import { send } from './support/http.ts';
import type { Message } from './support/http.ts';
import { decide, expect, say, setState, test, write } from './support/world.ts';
import type { World } from './support/world.ts';

test.describe.configure({ timeout: 120_000 });

/** What varies with each request, and says nothing about the page. */
function stable(text: string): string {
	return text.replaceAll(/\b\d+ (?:seconds?|minutes?) ago\b|just now/g, 'some time ago');
}

async function read(site: Pick<Site, 'url'>, path: string, message: Message = {}) {
	const answer = await send(site.url, path, message);
	return { ...answer, text: stable(answer.text) };
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
				const odd = await read(world.site, path, message);
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
});
