import { readdirSync } from 'node:fs';
import { newFaults } from './support/faults.ts';
import { sendRaw } from './support/http.ts';
import type { Answer } from './support/http.ts';
import { pathOf } from './support/paths.ts';
import { readable, routes } from './support/routes.ts';
import { expect, test } from './support/world.ts';
import { visit } from './support/visit.ts';
import type { World } from './support/world.ts';

test.describe.configure({ timeout: 120_000 });

const pages = readable(routes()).filter(({ isPage }) => isPage);

/** Every kind of page, and pages that say that something is wrong. */
function kindsOfPages(world: World): string[] {
	const { remarks, stories } = world;
	return [
		...pages.map(({ path }) => pathOf(world, path)),
		...Object.values(stories).map((slug) => `/articles/${slug}`),
		`/articles/${stories.open}?quote=${remarks.published}`,
		`/articles/${stories.open}?sort=best`,
		`/c/${remarks.removed}`,
		`/c/${remarks.edited}/history`,
		...['/nothing', '/c/nothing', '/articles/nothing', '/?cursor=damaged', '/people/nobody'],
		`/c/${remarks.published}/edit`
	];
}

/** What a policy says, by directive. */
function policyOf({ headers }: Answer): Record<string, string[]> {
	const policy = String(headers['content-security-policy'] ?? '');
	const parts = policy.split(';').map((part) => part.trim().split(/\s+/));
	return Object.fromEntries(parts.map(([name, ...values]) => [name, values]));
}

const UNSAFE = /unsafe-|\*|http:|data:|blob:|nonce-/;

function policyFaults(what: string, answer: Answer): string[] {
	const policy = policyOf(answer);
	const faults = newFaults();
	const only = (directive: string, wanted: string) =>
		faults.same(`${what} ${directive}`, policy[directive]?.join(' '), wanted);
	only('default-src', "'none'");
	only('base-uri', "'none'");
	only('frame-ancestors', "'none'");
	only('object-src', "'none'");
	only('form-action', "'self'");
	for (const directive of ['script-src', 'style-src', 'connect-src']) {
		const values = policy[directive] ?? [];
		faults.holds(`${what} ${directive} is there`, values.length > 0);
		faults.holds(`${what} ${directive} is strict`, !values.some((value) => UNSAFE.test(value)));
		faults.holds(`${what} ${directive} is our own`, !values.some((value) => /\./.test(value)));
	}
	return faults.found;
}

test.describe('X6 the policy of pages', () => {
	test('X6 is strict on every page, also where something is wrong', async ({ world }) => {
		const faults: string[] = [];
		for (const path of kindsOfPages(world)) {
			for (const viewer of ['guest', 'alice', 'admin'] as const) {
				const answer = await world.people[viewer].get(path);
				if (answer.status === 303) continue;
				faults.push(...policyFaults(`${viewer} ${path}`, answer));
				// What a page may not do it must not try; a block of data is nothing to run.
				const [inline] =
					/<script(?![^>]*\ssrc=)(?! type="application\/ld\+json">)[^>]*>|\son\w+=["']|\sstyle=|<style/i.exec(
						answer.text
					) ?? [];
				if (inline) faults.push(`${viewer} ${path} has ${inline}`);
			}
		}
		expect(faults).toEqual([]);
	});

	for (const viewer of ['guest', 'alice', 'moderator', 'editor', 'admin'] as const) {
		test(`X6 L7 no page breaks it or leaves the site, for ${viewer}`, async ({
			world,
			browser
		}) => {
			const paths = kindsOfPages(world);
			expect(paths.length).toBeGreaterThan(30);
			const { token } = world.people[viewer];
			const { violations, foreign } = await visit(browser, world.site.url, token, paths);
			expect(violations).toEqual([]);
			expect(foreign).toEqual([]);
		});
	}

	test('X6 a page that is still fresh keeps its policy', async ({ world }) => {
		const { guest } = world.people;
		for (const path of ['/', `/articles/${world.stories.open}`, '/help']) {
			const page = await guest.get(path);
			const headers = { 'If-None-Match': String(page.headers.etag) };
			// Whether it was kept already or not.
			for (let n = 0; n < 2; n++) {
				const fresh = await guest.send(path, { headers });
				expect(fresh.status).toBe(304);
				const policy = fresh.headers['content-security-policy'] ?? '';
				expect(['', page.headers['content-security-policy']]).toContain(policy);
			}
		}
	});

	test('X6 a broken policy is seen', async ({ world, page }) => {
		await page.goto('/');
		const seen = await page.evaluate(
			() =>
				new Promise<string>((resolve) => {
					document.addEventListener('securitypolicyviolation', (event) =>
						resolve(event.violatedDirective)
					);
					document.body.setAttribute('onclick', 'alert(1)');
					document.body.click();
				})
		);
		expect(seen).toMatch(/script-src/);
		expect(world.site.url).toBe(new URL(page.url()).origin);
	});

	test('X6 X11 nobody frames a page', async ({ world, page, context }) => {
		await context.route('https://evil.test/', (route) =>
			route.fulfill({
				contentType: 'text/html',
				body: `<iframe src="${world.site.url}/sign-in"></iframe>`
			})
		);
		await page.goto('https://evil.test/');
		const frame = page.frames()[1];
		await frame.waitForLoadState();
		expect(await frame.locator('input').count()).toBe(0);
	});
});

const FORM = 'application/x-www-form-urlencoded';

/** What every answer has, whatever it is. */
const ALWAYS: Record<string, RegExp> = {
	'x-content-type-options': /^nosniff$/,
	'referrer-policy': /^(strict-origin-when-cross-origin|no-referrer|same-origin|strict-origin)$/,
	'cross-origin-opener-policy': /^same-origin$/,
	'cross-origin-resource-policy': /^same-origin$/,
	'permissions-policy': /camera=\(\)/,
	'content-security-policy': /default-src 'none'/,
	'x-frame-options': /^DENY$/
};
const NEVER = ['x-powered-by', 'server', 'x-sveltekit-page', 'access-control-allow-origin'];

function asset(): string {
	const folder = new URL('../../../build/client/_app/immutable/', import.meta.url);
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	const name = files.find((file) => /\.js$/.test(file)) ?? '';
	return `/_app/immutable/${name}`;
}

function styles(): string {
	const folder = new URL('../../../build/client/_app/immutable/', import.meta.url);
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	return `/_app/immutable/${files.find((file) => /\.css$/.test(file)) ?? ''}`;
}

test('X7 every answer has the headers that keep browsers careful', async ({ world }) => {
	const { admin, alice, guest } = world.people;
	const { open } = world.stories;
	const long = 'x'.repeat(600_000);
	const answers: [string, Promise<Answer>, RegExp, number][] = [
		['a page', guest.get('/'), /^text\/html; charset=utf-8$/i, 200],
		['an article', alice.get(`/articles/${open}`), /^text\/html; charset=utf-8$/i, 200],
		['a page’s data', guest.get('/__data.json'), /^application\/json/, 200],
		['a script', guest.get(asset()), /^text\/javascript/, 200],
		['the theme', guest.get('/theme.js'), /^text\/javascript/, 200],
		['a style sheet', guest.get(styles()), /^text\/css/, 200],
		['an icon', guest.get('/favicon.svg'), /^image\/svg\+xml/, 200],
		['the API', guest.get('/api/v1/articles'), /^application\/json/, 200],
		['its description', guest.get('/api/v1/openapi.json'), /^application\/json/, 200],
		['its health', guest.get('/healthz'), /^text\/plain; charset=utf-8$/i, 200],
		['its readiness', guest.get('/readyz'), /^text\/plain; charset=utf-8$/i, 200],
		['its figures', guest.get('/metrics'), /^text\/plain;.* charset=utf-8$/i, 200],
		['a missing page', guest.get('/nothing'), /^text\/html; charset=utf-8$/i, 404],
		['a missing file', guest.get('/nothing.png'), /^text\/html; charset=utf-8$/i, 404],
		['a missing asset', guest.get('/_app/immutable/nothing.js'), /^text\//, 404],
		['a missing comment', guest.get('/api/v1/comments/x'), /^application\/problem\+json/, 404],
		['a guarded act', guest.post('/admin?/role'), /^text\/plain; charset=utf-8$/i, 404],
		['a redirect', guest.get('/account'), /./, 303],
		['a refused form', guest.post('/sign-in'), /^text\/html; charset=utf-8$/i, 401],
		['no such action', guest.post('/?/nothing'), /./, 405],
		['a bad cursor', guest.get('/?cursor=x'), /^text\/html; charset=utf-8$/i, 400],
		[
			'a forgery',
			admin.send('/sign-out', { method: 'POST' }),
			/^text\/plain; charset=utf-8$/i,
			403
		],
		['a bad address', guest.get('/%ff'), /^text\/plain; charset=utf-8$/i, 400],
		['a method', guest.send('/', { method: 'PROPFIND' }), /^text\/plain; charset=utf-8$/i, 405],
		['an expectation', guest.send('/', { headers: { Expect: 'tea' } }), /^text\/plain/, 417],
		['a method of the API', guest.api('PUT', '/articles', {}), /^application\/problem\+json/, 405],
		['a long address', guest.get(`/?${'x'.repeat(9_000)}`), /^text\/plain/, 414],
		['a long form', guest.post('/sign-in', { name: long }), /^text\/html; charset=utf-8$/i, 413],
		[
			'a long call',
			alice.api('POST', `/articles/${open}/comments`, { body: long }),
			/problem/,
			413
		],
		[
			'a compressed form',
			guest.send('/sign-in', {
				method: 'POST',
				headers: { Origin: world.site.url, 'Content-Type': FORM, 'Content-Encoding': 'gzip' },
				body: 'x'
			}),
			/^text\/plain/,
			415
		]
	];
	const faults = newFaults();
	for (const [what, waiting, type, status] of answers) {
		const answer = await waiting;
		faults.same(what, answer.status, status);
		for (const [name, value] of Object.entries(ALWAYS)) {
			const has = String(answer.headers[name] ?? '');
			faults.holds(`${what}: ${name}: ${has}`, value.test(has));
		}
		for (const name of NEVER) faults.same(`${what} ${name}`, answer.headers[name], undefined);
		if (status === 303) continue;
		const has = answer.headers['content-type'] ?? '';
		faults.holds(`${what}: type ${has}`, type.test(has));
	}
	expect(faults.found).toEqual([]);
});

test('X7 so has what is no HTTP at all', async ({ world }) => {
	const { url } = world.site;
	const host = new URL(url).host;
	const faults = newFaults();
	const messages: Record<string, string> = {
		garbage: 'hello\r\n\r\n',
		'no host': 'GET / HTTP/1.1\r\n\r\n',
		'a long header': `GET / HTTP/1.1\r\nHost: ${host}\r\nX-A: ${'a'.repeat(40_000)}\r\n\r\n`,
		'a bad header': `GET / HTTP/1.1\r\nHost: ${host}\r\nX A: b\r\n\r\n`,
		'two lengths': `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n`
	};
	for (const [what, message] of Object.entries(messages)) {
		// HTTP/1.0 and Connection: close make the server end what it answered.
		const text = await sendRaw(url, message.replace('\r\n', '\r\nConnection: close\r\n'));
		faults.holds(`${what}: ${text.slice(0, 30)}`, /^HTTP\/1\.1 4\d\d /.test(text));
		faults.holds(`${what}: ${text}`, /x-content-type-options: nosniff/i.test(text));
		faults.holds(`${what} is told`, /content-security-policy: default-src 'none'/i.test(text));
	}
	expect(faults.found).toEqual([]);
});
