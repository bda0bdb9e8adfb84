import { setTimeout } from 'node:timers/promises';
import { bombs } from '../../fixtures/bombs.ts';
import { query, snapshot } from './support/database.ts';
import { newFaults } from './support/faults.ts';
import { send } from './support/http.ts';
import { client, newPassword } from './support/people.ts';
import { expect, say, test, write } from './support/world.ts';
import type { World } from './support/world.ts';

test.describe.configure({ timeout: 180_000 });

const INJECTIONS = [
	...[
		"'",
		"''",
		'"',
		'""',
		'`',
		'\\',
		"\\'",
		';',
		'--',
		"' --",
		"' #",
		'/*',
		'*/',
		'%',
		'_',
		'%%',
		'\\%'
	],
	...[
		"' or '1'='1",
		"' or 1=1 --",
		'" or ""="',
		"') or ('1'='1",
		'1 or 1=1',
		'1) union select 1 --'
	],
	...["' union select name, password_hash from accounts --", "'; drop table comments; --"],
	...["'; update accounts set role='admin'; --", "' and (select count(*) from accounts) > 0 --"],
	...["x' and randomblob(100000000) --", "' || (select password_hash from accounts limit 1) || '"],
	...[
		'id desc; drop table votes',
		'score) --',
		'newest; --',
		'NEAR(a b)',
		'a AND',
		'a OR',
		'NOT a',
		'a*'
	],
	...[
		'"a',
		'a"',
		'(a',
		'a)',
		'-a',
		'^a',
		'{a}:b',
		'a NEAR/2 b',
		'col:a',
		'a & | !',
		"a:*'",
		'$$a$$',
		"E'\\x00'"
	],
	...['$1', '?1', ':a', '@a', '${1}', '{{1}}', '0x27', '\uff07', '\u02bc', 'char(39)', '\u2019']
];

test.describe('I1 what is typed is never SQL', () => {
	test('I1 in addresses', async ({ world }) => {
		const before = snapshot(world.site);
		const { admin } = world.people;
		const faults = newFaults();
		const routes = [
			...['/?cursor=IN', '/articles/IN', '/articles/SLUG?sort=IN', '/articles/SLUG?cursor=IN'],
			...['/articles/SLUG?quote=IN&c=IN&reply=IN', '/c/IN', '/c/CID?after=IN', '/people/IN'],
			...[
				'/people/Alice%20Writer?cursor=IN',
				'/categories/IN',
				'/bylines/IN',
				'/help/IN',
				'/admin?name=IN'
			],
			...[
				'/admin?cursor=IN',
				'/moderation?tab=IN&cursor=IN',
				'/moderation-log?kind=IN&cursor=IN',
				'/setup?token=IN'
			],
			...[
				'/newsroom/IN',
				'/newsroom/bylines/IN',
				'/newsroom?cursor=IN',
				'/api/v1/articles?category=IN'
			],
			...['/api/v1/articles?cursor=IN&limit=IN', '/api/v1/articles/IN', '/api/v1/comments/IN'],
			'/api/v1/articles/SLUG/comments?sort=IN&cursor=IN&limit=IN'
		];
		for (const [at, route] of routes.entries()) {
			for (const injection of INJECTIONS.filter((_, index) => (index + at) % 2 === 0)) {
				const path = route
					.replace('SLUG', world.stories.open)
					.replace('CID', world.remarks.published)
					.replaceAll('IN', encodeURIComponent(injection));
				const { status, text } = await admin.get(path);
				faults.holds(`${path}: ${status}`, status < 500);
				faults.holds(`${path} tells a hash`, !text.includes('argon2id'));
			}
		}
		expect(faults.found).toEqual([]);
		expect(snapshot(world.site)).toEqual(before);
	});

	test('I1 in forms and calls', async ({ world }) => {
		const { admin, alice, guest, moderator } = world.people;
		const roles = () => query(world.site, 'select name, role, password_hash from accounts');
		const before = roles();
		const faults = newFaults();
		const slug = await write(world.people.editor, 'The quoted story');
		for (const [at, injection] of INJECTIONS.entries()) {
			const id = await say(alice, slug, `It was: ${injection} .`);
			const stored = await alice.api('GET', `/comments/${id}`);
			const { body } = JSON.parse(stored.text) as { body: string };
			faults.same(`comment ${injection}`, body, `It was: ${injection} .`);
			const answers = [
				await admin.api('POST', `/comments/${encodeURIComponent(injection)}/remove`, {}),
				await alice.api('POST', `/articles/${slug}/comments`, { body: 'x', parent: injection })
			];
			// Pages and passwords cost more, so each of these is typed in a place of its own.
			const places = [
				() => guest.post('/sign-in', { name: injection, password: injection }),
				() => guest.post('/sign-in', { name: `${injection}@example.org`, password: 'x' }),
				() => admin.post('/admin?/role', { name: injection, role: 'reader' }),
				() => admin.post('/admin?/role', { name: 'Bob Other', role: injection }),
				() => alice.post(`/articles/${slug}?/post`, { body: 'x', parent: injection })
			];
			answers.push(await places[at % places.length]());
			for (const [index, { status }] of answers.entries()) {
				faults.holds(`${index} ${injection}: ${status}`, status >= 400 && status < 500);
			}
			const headers = { 'Idempotency-Key': encodeURIComponent(injection) };
			const keyed = await alice.api(
				'POST',
				`/articles/${slug}/comments`,
				{ body: 'Key.' },
				headers
			);
			faults.same(`key ${injection}`, keyed.status, 201);
			const reason = await moderator.api('POST', `/comments/${id}/remove`, { reason: injection });
			faults.same(`reason ${injection}`, reason.status, 200);
		}
		expect(faults.found).toEqual([]);
		expect(roles()).toEqual(before);
		const count = query<{ count: number }>(
			world.site,
			'select count(*) as count from comments c join articles a on a.id = c.article_id where slug = ?',
			slug
		);
		expect(count[0].count).toBe(2 * INJECTIONS.length);
	});

	test('I1 a search finds what was typed', async ({ world }) => {
		const { admin } = world.people;
		const found = async (name: string) => {
			const { text } = await admin.get(`/admin?name=${encodeURIComponent(name)}`);
			return ['Alice Writer', 'Bob Other', 'Mona Calm'].filter((who) =>
				text.includes(`<bdi>${who}`)
			);
		};
		expect(await found('alice')).toEqual(['Alice Writer']);
		for (const wild of ['%', '_', 'a%r', 'A_ice', '\\', "'", '" or 1=1']) {
			expect(await found(wild), wild).toEqual([]);
		}
	});
});

const FOREIGN = [
	...[
		'//evil.test',
		'///evil.test',
		'////evil.test',
		'/\\evil.test',
		'\\/evil.test',
		'\\\\evil.test'
	],
	...[
		'https:evil.test',
		'https:/evil.test',
		'https://evil.test',
		'HTTPS://evil.test',
		'http:evil.test'
	],
	...['/%09/evil.test', '/%2f/evil.test', '/%5cevil.test', '/%0a/evil.test', '/%0d%0a/evil.test'],
	...[
		'/\t/evil.test',
		'/\n/evil.test',
		'/\r\n/evil.test',
		'\t//evil.test',
		'\n//evil.test',
		' //evil.test'
	],
	...[
		'/.//evil.test',
		'/..//evil.test',
		'/a/..//evil.test',
		'/./\\evil.test',
		'/%2e%2e//evil.test'
	],
	...['/%2e//evil.test', '/a/%2e%2e//evil.test', '/;//evil.test/..', '/.%09//evil.test'],
	...[
		'javascript:alert(1)',
		'JaVaScRiPt:alert(1)',
		'java\nscript:alert(1)',
		'data:text/html,x',
		'vbscript:x'
	],
	...[
		'@evil.test',
		'user@evil.test',
		'evil.test',
		'evil.test/',
		'.evil.test',
		':evil.test',
		':80',
		'?//evil.test'
	],
	...[
		'#//evil.test',
		'/\r\nSet-Cookie: a=b',
		'/\u0000/evil.test',
		'/\u2028/evil.test',
		'/\u3000/evil.test'
	],
	...[
		'/\uff0fevil.test',
		'/\u2044evil.test',
		'/\u2215evil.test',
		'blob:https://evil.test/x',
		'file:///etc/x'
	],
	...[
		'\u0001//evil.test',
		'\ufeff//evil.test',
		'/%E3%80%80/evil.test',
		'http://127.0.0.1@evil.test',
		'null',
		''
	]
];

test.describe('I5 nobody is led away', () => {
	/** Whether a browser that is led there stays on the site. */
	function stays(origin: string, location: string): boolean {
		const url = URL.parse(location, `${origin}/sign-in`);
		return url?.origin === origin && location.startsWith('/') && !/^\/[/\\]/.test(location);
	}

	test('I5 after signing in, or when signed in', async ({ world }) => {
		const { url } = world.site;
		const { bob, guest } = world.people;
		const faults = newFaults();
		for (const [at, next] of FOREIGN.entries()) {
			const what = JSON.stringify(next);
			const query = `next=${encodeURIComponent(next)}`;
			const answers = [
				await bob.get(`/sign-in?${query}`),
				await bob.get(`/sign-up?${query}`),
				await bob.get(`/sign-in?${query}&next=/account`),
				await bob.get(`/sign-in?next=/account&${query}`)
			];
			if (at % 4 === 0) {
				const fields = { name: bob.name, password: bob.password, next };
				answers.push(await guest.post('/sign-in', fields));
			}
			for (const [index, { status, headers }] of answers.entries()) {
				const location = headers.location ?? '';
				faults.same(`${index} ${what}`, status, 303);
				faults.holds(`${index} ${what} leads to ${location}`, stays(url, location));
				faults.holds(
					`${index} ${what} sets a cookie`,
					!headers['set-cookie']?.some((c) => /^a=b/.test(c))
				);
			}
			const page = await guest.get(`/sign-in?${query}`);
			const kept = /name="next" value="([^"]*)"/.exec(page.text)?.[1];
			faults.holds(`${what} is kept as ${kept}`, stays(url, kept ?? ''));
		}
		expect(faults.found).toEqual([]);
	});

	test('I5 after a decision or a recommendation', async ({ world }) => {
		const { url } = world.site;
		const { admin, alice, bob, moderator } = world.people;
		const id = await say(alice, world.stories.open, 'Lead me home.');
		const faults = newFaults();
		for (const next of FOREIGN) {
			const what = JSON.stringify(next);
			const query = encodeURIComponent(next);
			const page = await moderator.get(`/c/${id}/remove?next=${query}`);
			const kept = /name="next" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
			faults.holds(`${what} is kept as ${kept}`, stays(url, kept));
			const answers = [
				await bob.post(`/c/${id}?/recommend`, { next }),
				await moderator.post(`/c/${id}/remove?/remove`, { next, reason: 'Because.' }),
				await moderator.post(`/c/${id}/remove?/restore`, { next, reason: 'Because.' }),
				await admin.post('/admin?/role', { name: 'Bob Other', role: 'reader', next })
			];
			for (const [index, { status, headers }] of answers.entries()) {
				faults.same(`${index} ${what}`, status, 303);
				const location = headers.location ?? '';
				faults.holds(`${index} ${what} leads to ${location}`, stays(url, location));
			}
		}
		expect(faults.found).toEqual([]);
	});

	test('I5 but to where one was', async ({ world }) => {
		const { bob, guest } = world.people;
		for (const next of [
			'/account',
			'/articles/x?sort=best#comments',
			'/people/Zo%C3%AB?cursor=a'
		]) {
			const fields = { name: bob.name, password: bob.password, next };
			expect((await guest.post('/sign-in', fields)).headers.location).toBe(next);
		}
	});
});

/** Markdown without the lines that say who said it: words that stand elsewhere get one. */
function withoutNames(markdown: string): string {
	return markdown.replace(/\[Alice Writer said,\]\(\/c\/\w+\)/g, '');
}

function letters(text: string): string {
	return text.toWellFormed().replace(/[^\p{L}\p{N}]/gu, '');
}

// The machine may have other things to do; a parser that backs off takes minutes.
const LONGEST_ANSWER = 6_000;
const LONGEST_WAIT = 4_000;
const READING_EVERY = 50;

/** Somebody who reads meanwhile. @returns how long they waited at most (milliseconds) */
async function reading(world: World, until: () => boolean): Promise<number> {
	let longest = 0;
	while (!until()) {
		const started = performance.now();
		const { status } = await send(world.site.url, '/sign-in');
		if (status !== 200) return Infinity;
		longest = Math.max(longest, performance.now() - started);
		await setTimeout(READING_EVERY);
	}
	return longest;
}

async function meanwhile(world: World, work: () => Promise<void>): Promise<number> {
	let isDone = false;
	const waited = reading(world, () => isDone);
	try {
		await work();
	} finally {
		isDone = true;
	}
	return waited;
}

test.describe('X10 no text is a bomb', () => {
	test('X10 comments as long as they may be', async ({ world }) => {
		const { alice, editor } = world.people;
		const slug = await write(editor, 'The loaded story');
		const faults = newFaults();
		let accepted = 0;
		const waited = await meanwhile(world, async () => {
			for (const { name, text } of bombs(9_990).filter((_, index) => index % 2 === 0)) {
				const started = performance.now();
				const answer = await alice.api('POST', `/articles/${slug}/comments`, {
					body: `${text}\n\nend`
				});
				const took = performance.now() - started;
				faults.holds(`${name} took ${took}`, took < LONGEST_ANSWER);
				faults.holds(`${name}: ${answer.status}`, [201, 422].includes(answer.status));
				if (answer.status !== 201) continue;
				accepted++;
				const { body, html } = JSON.parse(answer.text) as { body: string; html: string };
				faults.holds(`${name} grew`, html.length <= 20 * text.length + 2_000);
				faults.holds(`${name} lost text`, letters(withoutNames(body)) === letters(`${text}end`));
				faults.holds(`${name} is deep`, nesting(html) <= 40);
			}
		});
		expect(faults.found).toEqual([]);
		expect(accepted).toBeGreaterThan(25);
		expect(waited).toBeLessThan(LONGEST_WAIT);
		const page = await world.people.guest.get(`/articles/${slug}`);
		expect(page.status).toBe(200);
	});

	test('X10 longer ones, previews and edits', async ({ world }) => {
		const { bob } = world.people;
		const slug = world.stories.open;
		const id = await say(bob, slug, 'To be edited.');
		const before = query(world.site, 'select body from comments where id = ?', id);
		const faults = newFaults();
		const waited = await meanwhile(world, async () => {
			for (const { name, text } of bombs(50_000).filter((_, index) => index % 6 === 0)) {
				const started = performance.now();
				const answers = [
					await bob.post(`/articles/${slug}?/post`, { body: text }),
					await bob.post(`/articles/${slug}?/preview`, { body: text }),
					await bob.api('PATCH', `/comments/${id}`, { body: text })
				];
				faults.holds(`${name} took long`, performance.now() - started < LONGEST_ANSWER);
				for (const { status } of answers) faults.same(name, status, 422);
			}
			for (const { name, text } of bombs(9_990).filter((_, index) => index % 6 === 1)) {
				const { status } = await bob.post(`/articles/${slug}?/preview`, { body: text });
				faults.holds(`preview of ${name}: ${status}`, [200, 422].includes(status));
			}
		});
		expect(faults.found).toEqual([]);
		expect(waited).toBeLessThan(LONGEST_WAIT);
		expect(query(world.site, 'select body from comments where id = ?', id)).toEqual(before);
	});

	test('X10 quotes of everything', async ({ world }) => {
		const { alice, bob, editor } = world.people;
		const slug = await write(editor, 'The quoting story');
		const words = (index: number) =>
			`The ferry number ${index} was late again and nobody said why.`;
		const ids: string[] = [];
		for (let index = 0; index < 120; index++) ids.push(await say(alice, slug, words(index)));
		const storms: Record<string, string> = {
			linked: ids.map((id, index) => `> [A said,](/c/${id})\n> ${words(index)}\n\nx\n`).join('\n'),
			named: ids.map((_, index) => `Alice Writer said,\n${words(index)}\n\n`).join('\n'),
			nameless: ids.map((_, index) => `> ${words(index)}\n\nx\n`).join('\n'),
			unknown: 'nobody said,\nx\n\n'.repeat(600),
			short: '> a\n\n'.repeat(2_000),
			nested: `${'> '.repeat(12)}a\n`.repeat(300),
			tags: '[quote=Alice Writer]a[/quote]\n'.repeat(300),
			unclosed: '[quote=Alice Writer]a\n'.repeat(400),
			fences: '> ```\n'.repeat(1_600)
		};
		const faults = newFaults();
		const waited = await meanwhile(world, async () => {
			for (const [name, text] of Object.entries(storms)) {
				for (const body of [text.slice(0, 9_990), text.slice(0, 5_000)]) {
					const started = performance.now();
					const answer = await bob.api('POST', `/articles/${slug}/comments`, {
						body: `${body}\n\nend`
					});
					const took = performance.now() - started;
					faults.holds(`${name} took ${took}`, took < LONGEST_ANSWER);
					faults.holds(`${name}: ${answer.status}`, [201, 422].includes(answer.status));
				}
			}
		});
		expect(faults.found).toEqual([]);
		expect(waited).toBeLessThan(LONGEST_WAIT);
		expect((await world.people.guest.get(`/articles/${slug}?sort=newest`)).status).toBe(200);
	});

	test('X10 articles, biographies, reasons and names', async ({ world }) => {
		const { admin, editor, guest, moderator, alice } = world.people;
		const faults = newFaults();
		const waited = await meanwhile(world, async () => {
			for (const [index, { name, text }] of bombs(20_000).entries()) {
				if (index % 8 !== 0) continue;
				const article = await editor.api('POST', '/articles', { title: 'Loaded', body: text });
				faults.holds(`article ${name}: ${article.status}`, [201, 422].includes(article.status));
				const byline = await editor.post('/newsroom/bylines', { name: 'Bo Loaded', bio: text });
				faults.holds(`biography ${name}: ${byline.status}`, [303, 422].includes(byline.status));
				const answers = [
					await moderator.api('POST', `/comments/${world.remarks.published}/remove`, {
						reason: text
					}),
					await guest.post('/sign-up', { name: text, email: text, password: text }),
					await guest.post('/sign-in', { name: text, password: newPassword() }),
					await alice.post('/account?/password', { current: text, password: text }),
					await admin.post('/admin?/role', { name: text, role: text })
				];
				for (const [at, { status }] of answers.entries()) {
					faults.holds(`${at} ${name}: ${status}`, status >= 400 && status < 500);
				}
			}
		});
		expect(faults.found).toEqual([]);
		expect(waited).toBeLessThan(LONGEST_WAIT);
		for (const path of ['/', '/newsroom', '/newsroom/bylines', '/bylines/bo-loaded']) {
			const { status } = await editor.get(path);
			faults.holds(`${path}: ${status}`, status === 200 || status === 404);
		}
		expect(faults.found).toEqual([]);
		expect((await client(world.site.url).get('/')).status).toBe(200);
	});
});

/** How deep elements stand inside each other. */
function nesting(html: string): number {
	let depth = 0;
	let most = 0;
	for (const [tag] of html.matchAll(/<\/?[a-z][^>]*>/g)) {
		if (/^<(br|hr)/.test(tag)) continue;
		depth += tag.startsWith('</') ? -1 : 1;
		most = Math.max(most, depth);
	}
	return most;
}
