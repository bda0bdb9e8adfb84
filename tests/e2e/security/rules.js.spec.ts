import { change, query, snapshot } from './support/database.ts';
import { newFaults } from './support/faults.ts';
import { client, emailOf, newPassword, signUp } from './support/people.ts';
import { decide, expect, say, test, word, write } from './support/world.ts';
import type { Remark, World } from './support/world.ts';

test.describe.configure({ timeout: 120_000 });

/** Fields that no form and no call has, and that would be worth having. */
const EXTRA = {
	...{
		role: 'admin',
		isModerator: 'true',
		is_admin: true,
		userId: 'x',
		authorId: 'x',
		author: 'x'
	},
	...{
		id: '0000000000000000',
		createdAt: '2001-01-01T00:00:00Z',
		created_at: '2001-01-01T00:00:00Z'
	},
	...{ status: 'published', score: 999, importedScore: 999, emailVerified: 1, articleId: 'x' },
	...{ article: 'x', replySeq: 1, revision: 99, bannedAt: null, passwordHash: 'x', actorId: null }
};
const EXTRA_FIELDS = Object.fromEntries(
	Object.entries(EXTRA).map(([name, value]) => [name, String(value)])
);

test.describe('Z3 only the fields of a form are taken', () => {
	test('Z3 signing up makes a reader', async ({ world }) => {
		const name = 'Cora Extra';
		const email = emailOf(name);
		const fields = { ...EXTRA_FIELDS, name, email, password: newPassword() };
		const answer = await client(world.site.url).post('/sign-up', fields);
		expect(answer.status).toBe(303);
		const [row] = query<{ id: string; role: string; created_at: number; revision: number }>(
			world.site,
			'select id, role, created_at, revision from accounts where name = ?',
			name
		);
		expect(row.role).toBe('reader');
		expect(row.revision).toBe(1);
		expect(row.id).not.toBe(EXTRA.id);
		expect(Date.now() - row.created_at).toBeLessThan(120_000);
	});

	test('Z3 a comment is its writer’s, new and without recommendations', async ({ world }) => {
		const { alice, bob } = world.people;
		const slug = world.stories.premoderated;
		const owner = query<{ id: string }>(
			world.site,
			'select id from accounts where name = ?',
			bob.name
		)[0].id;
		const extra = { ...EXTRA, authorId: owner, author: bob.name, articleId: world.stories.open };
		const answer = await alice.api('POST', `/articles/${slug}/comments`, {
			...extra,
			body: 'Nothing more.'
		});
		expect(answer.status).toBe(201);
		const { id } = JSON.parse(answer.text) as { id: string };
		const form = await alice.post(`/articles/${slug}?/post`, {
			...EXTRA_FIELDS,
			authorId: owner,
			body: 'Nothing less.'
		});
		expect(form.status).toBe(303);
		const rows = query<Record<string, unknown>>(
			world.site,
			`select c.*, a.slug, p.name from comments c join articles a on a.id = c.article_id
			 join accounts p on p.id = c.author_id where c.id >= ? order by c.id`,
			id
		);
		expect(rows).toHaveLength(2);
		for (const row of rows) {
			expect(row).toMatchObject({ slug, name: alice.name, status: 'pending', score: 0 });
			expect(row).toMatchObject({ imported_score: 0, revision: 1, reply_seq: null });
			expect(row.id).not.toBe(EXTRA.id);
		}
	});

	test('Z3 a report is its writer’s, and open', async ({ world }) => {
		const { alice, bob } = world.people;
		const id = await say(alice, world.stories.open, 'To be reported.');
		const extra = { ...EXTRA, accountId: 'x', settledAt: 1, settled_at: 1, settledBy: 'x' };
		const report = { ...extra, reason: 'spam' };
		const answer = await bob.api('POST', `/comments/${id}/report`, report);
		expect(answer.status).toBe(204);
		const again = { ...EXTRA_FIELDS, revision: '99', settledAt: '1', reason: 'abuse' };
		expect((await bob.post(`/c/${id}/report`, again)).status).toBe(303);
		const rows = query<Record<string, unknown>>(
			world.site,
			'select r.*, p.name from reports r join accounts p on p.id = r.account_id where comment_id = ?',
			id
		);
		expect(rows).toMatchObject([
			{ name: bob.name, reason: 'abuse', revision: 1, settled_at: null, settled_by: null }
		]);
	});

	test('Z3 an edit changes the words', async ({ world }) => {
		const { alice } = world.people;
		const id = await say(alice, world.stories.open, 'One coat.');
		const answer = await alice.api('PATCH', `/comments/${id}`, { ...EXTRA, body: 'Two coats.' });
		expect(answer.status).toBe(200);
		const [row] = query<Record<string, unknown>>(
			world.site,
			'select c.*, p.name from comments c join accounts p on p.id = c.author_id where c.id = ?',
			id
		);
		expect(row).toMatchObject({ name: alice.name, status: 'published', score: 0, revision: 2 });
	});

	test('Z3 an article has no more than its words', async ({ world }) => {
		const { editor } = world.people;
		const slug = await write(editor, 'The coat story', { ...EXTRA, commentCount: 99 });
		const [row] = query<Record<string, unknown>>(
			world.site,
			'select * from articles where slug = ?',
			slug
		);
		expect(row).toMatchObject({ comment_count: 0, version: 1, commenting: 'open' });
		expect(row.id).not.toBe(EXTRA.id);
	});

	test('Z3 a password change changes one account', async ({ world }) => {
		const dora = await signUp(world.site.url, 'Dora Change');
		const before = query(
			world.site,
			'select id, password_hash from accounts where name <> ?',
			dora.name
		);
		const answer = await dora.post('/account?/password', {
			...EXTRA_FIELDS,
			name: world.people.admin.name,
			accountId: world.people.admin.name,
			current: dora.password,
			password: newPassword()
		});
		expect(answer.status).toBe(303);
		const [row] = query<{ role: string }>(
			world.site,
			'select role from accounts where name = ?',
			dora.name
		);
		expect(row.role).toBe('reader');
		const after = query(
			world.site,
			'select id, password_hash from accounts where name <> ?',
			dora.name
		);
		expect(after).toEqual(before);
	});
});

test.describe('Z5 staff keep to their place', () => {
	test('Z5 a moderator decides nothing about staff above', async ({ world }) => {
		const { admin, editor, moderator } = world.people;
		const faults = newFaults();
		for (const author of [admin, editor]) {
			const id = await say(author, world.stories.open, 'From the newsroom.');
			const call = await moderator.api('POST', `/comments/${id}/remove`, { reason: 'Because.' });
			faults.same(author.name, call.status, 403);
			// There is no page on which to decide about it either.
			const form = await moderator.post(`/c/${id}/remove?/remove`, { reason: 'Because.' });
			faults.same(`${author.name} (form)`, form.status, 404);
			const [row] = query<{ status: string }>(
				world.site,
				'select status from comments where id = ?',
				id
			);
			faults.same(author.name, row.status, 'published');
		}
		expect(faults.found).toEqual([]);
	});

	test('Z5 nobody but an administrator gives a role, and none takes the last one', async ({
		world
	}) => {
		const { admin, editor, moderator } = world.people;
		// The world may be older than a proof that its people gave.
		change(world.site, 'update sessions set authenticated_at = ?', Date.now());
		// Nor the only one that other tests have made.
		const others = "update accounts set role = 'reader' where role = 'admin' and name <> ?";
		change(world.site, others, admin.name);
		const before = snapshot(world.site);
		for (const who of [moderator, editor]) {
			const given = await who.post('/admin?/role', { name: who.name, role: 'admin' });
			expect(given.status).toBe(404);
		}
		const last = await admin.post('/admin?/role', { name: admin.name, role: 'reader' });
		expect(last.status).toBe(409);
		expect(snapshot(world.site)).toEqual(before);
	});

	test('Z5 every decision is in the log, which nobody can change', async ({ world }) => {
		const { alice, moderator } = world.people;
		const published = await say(alice, world.stories.open, 'Up and down.');
		await decide(moderator, 'remove', published);
		await decide(moderator, 'restore', published);
		const waiting = await say(alice, world.stories.premoderated, 'In a while.');
		await decide(moderator, 'approve', waiting);
		const rows = query<{ kind: string; name: string; reason: string; comment_id: string }>(
			world.site,
			`select l.kind, p.name, l.reason, l.comment_id from actions l
			 join accounts p on p.id = l.actor_id where l.comment_id in (?, ?) order by l.id`,
			published,
			waiting
		);
		expect(rows.map(({ kind }) => kind)).toEqual([
			'comment.remove',
			'comment.restore',
			'comment.approve'
		]);
		expect(rows.every(({ name }) => name === moderator.name)).toBe(true);
		expect(rows[0].reason).toBe('It was time.');
		expect(() => change(world.site, "update actions set reason = 'Another.'")).toThrow();
		expect(() => change(world.site, 'delete from actions')).toThrow();
	});
});

const ODD_IDS = [
	...[
		'1e3',
		'01',
		'%EF%BC%91',
		'-1',
		'9007199254740993',
		'1%20OR%201=1',
		'__proto__',
		'constructor'
	],
	...[
		'null',
		'undefined',
		'true',
		'[object%20Object]',
		'0x10',
		'1;drop',
		"'",
		'%22',
		'%25',
		'%00x'
	],
	...['..', '%2e%2e', '..%2f..', '%2e%2e%2fadmin', '%5c', '*', 'NaN', 'Infinity', '%F0%9F%98%80'],
	...['%E2%80%AE', 'a'.repeat(2000), '0000000000000000%00', '0000000000000000%0a', '%20', '.', '~']
];

test.describe('Z6 an id is an id', () => {
	const routes = [
		...['/c/ID', '/c/ID/edit', '/c/ID/history', '/c/ID/delete', '/c/ID/remove', '/articles/ID'],
		...['/categories/ID', '/bylines/ID', '/people/ID', '/help/ID', '/newsroom/ID'],
		...['/newsroom/bylines/ID', '/api/v1/articles/ID', '/api/v1/articles/ID/comments'],
		'/api/v1/comments/ID'
	];
	const queries = [
		...['/?cursor=ID', '/articles/SLUG?cursor=ID', '/articles/SLUG?sort=ID', '/admin?cursor=ID'],
		...[
			'/articles/SLUG?c=ID&quote=ID&reply=ID',
			'/c/CID?after=ID',
			'/people/Alice%20Writer?cursor=ID'
		],
		...['/moderation?tab=ID&cursor=ID', '/moderation-log?cursor=ID&kind=ID', '/newsroom?cursor=ID'],
		...['/api/v1/articles?limit=ID', '/api/v1/articles?cursor=ID&category=ID', '/setup?token=ID'],
		...['/articles/SLUG?cursor[]=ID&sort[]=ID', '/articles/SLUG?sort=newest&sort=ID'],
		'/api/v1/articles/SLUG/comments?cursor=ID&sort=ID&limit=ID'
	];

	test('Z6 odd ids in addresses', async ({ world }) => {
		const { admin } = world.people;
		const faults = newFaults();
		for (const route of routes) {
			for (const id of ODD_IDS) {
				const path = route.replace('ID', id);
				const { status } = await admin.get(path);
				const isRefused = status === 400 || status === 404;
				// A browser takes these away before it asks; the address then is another one.
				const isOther = /(^|\/)(\.|%2e){1,2}($|\/)/i.test(path);
				faults.holds(`${path}: ${status}`, isRefused || (isOther && status < 500));
			}
		}
		expect(faults.found).toEqual([]);
	});

	test('Z6 odd values in queries', async ({ world }) => {
		const { admin } = world.people;
		const faults = newFaults();
		for (const route of queries) {
			for (const id of ODD_IDS) {
				const path = route
					.replace('SLUG', world.stories.open)
					.replace('CID', world.remarks.published)
					.replaceAll('ID', id);
				const { status } = await admin.get(path);
				faults.holds(`${path}: ${status}`, status < 500);
			}
		}
		expect(faults.found).toEqual([]);
	});

	test('Z6 odd values in forms and calls', async ({ world }) => {
		const { admin, alice } = world.people;
		const before = snapshot(world.site);
		const faults = newFaults();
		for (const odd of [null, 1, true, [], {}, ['x'], { toString: 'x' }, -0]) {
			const calls: [string, string, unknown][] = [
				['POST', `/articles/${world.stories.open}/comments`, { body: odd }],
				['POST', `/articles/${world.stories.open}/comments`, { body: 'x', parent: odd ?? 1 }],
				['PATCH', `/comments/${world.remarks.published}`, { body: odd }],
				['POST', `/comments/${world.remarks.published}/remove`, { reason: odd }],
				['PATCH', `/articles/${world.stories.open}`, { title: odd ?? 1 }],
				['PATCH', `/articles/${world.stories.open}`, { commenting: odd }],
				['POST', '/articles', odd]
			];
			for (const [method, path, body] of calls) {
				const { status } = await (method === 'PATCH' ? alice : admin).api(method, path, body);
				const isRefused = [400, 403, 415, 422].includes(status);
				faults.holds(`${method} ${path} ${JSON.stringify(body)}: ${status}`, isRefused);
			}
		}
		for (const id of ODD_IDS.map((text) => text.slice(0, 100))) {
			const answers = [
				await alice.post(`/articles/${world.stories.open}?/post`, { body: 'x', parent: id }),
				await admin.post('/moderation?/decide', { id, verb: 'approve' }),
				await admin.post('/moderation?/decide', { id, verb: 'reject', reason: 'Because.' }),
				await admin.post('/admin?/role', { name: id, role: 'reader' }),
				await admin.post('/admin?/role', { name: 'Alice Writer', role: id })
			];
			for (const [index, { status }] of answers.entries()) {
				faults.holds(`form ${index} ${id}: ${status}`, status >= 400 && status < 500);
			}
		}
		expect(faults.found).toEqual([]);
		expect(snapshot(world.site)).toEqual(before);
	});
});

/** What a preview makes of a quote. */
async function previewOf(world: World, id: string, name: string, words: string): Promise<string> {
	const body = `> [${name} said,](/c/${id})\n> ${words}\n\nIndeed.`;
	const answer = await world.people.bob.post(`/articles/${world.stories.open}?/preview`, { body });
	expect(answer.status).toBe(200);
	const preview = /<div class="preview"[\s\S]*?<\/blockquote>/.exec(answer.text)?.[0] ?? '';
	return preview.replaceAll(words, 'WORDS').replace(/\s+/g, ' ');
}

test.describe('Z7 a quote says only what was said', () => {
	test('Z7 guessing at withdrawn words tells nothing', async ({ world }) => {
		const { remarks, secrets } = world;
		const said: Partial<Record<Remark, string>> = {
			removed: `Then it said ${secrets.removed} here.`,
			deleted: `I regret that ${secrets.deleted} was said.`,
			pending: `Please read ${secrets.pending} first.`,
			rejected: `Please print ${secrets.rejected} today.`,
			hidden: `Quietly said ${secrets.hidden} here.`,
			draft: `Early words ${secrets.draftComment} about it.`
		};
		const faults = newFaults();
		for (const [remark, words] of Object.entries(said)) {
			const id = remarks[remark as Remark];
			const right = await previewOf(world, id, 'Alice Writer', words);
			const wrong = await previewOf(world, id, 'Alice Writer', `No such ${word()} words.`);
			faults.same(remark, right, wrong);
			faults.holds(`${remark} is quoted`, right.includes('class="quote"'));
			faults.holds(`${remark} is exact`, !right.includes('data-match="exact"'));
		}
		expect(faults.found).toEqual([]);
	});

	test('Z7 the name is the account’s and not the writer’s', async ({ world }) => {
		const { bob } = world.people;
		const id = world.remarks.published;
		const words = 'I shall take the ferry on the first Sunday.';
		const forged = await say(
			bob,
			world.stories.open,
			`> [Mona Calm said,](/c/${id})\n> ${words}\n\nReally?`
		);
		const page = (await bob.get(`/c/${forged}`)).text;
		const quote = page.slice(
			page.indexOf('<blockquote class="quote"', page.indexOf(`id="c-${forged}"`))
		);
		expect(quote.slice(0, 600)).toContain('Alice Writer said,');
		expect(quote.slice(0, 600)).not.toContain('Mona Calm');
		expect(quote.slice(0, 600)).toContain('data-match="exact"');
	});

	test('Z7 words that were never said are marked', async ({ world }) => {
		const { bob } = world.people;
		const id = world.remarks.published;
		const forged = await say(
			bob,
			world.stories.open,
			`> [Alice Writer said,](/c/${id})\n> I hate every ferry there ever was.\n\nReally?`
		);
		const answer = await bob.api('GET', `/comments/${forged}`);
		const { quotes } = JSON.parse(answer.text) as { quotes: { match: string }[] };
		expect(quotes.map(({ match }) => match)).toEqual(['altered']);
		const page = (await bob.get(`/c/${forged}`)).text;
		expect(page).toContain('not the exact words');
	});

	test('Z7 a name without a source leads to nobody', async ({ world }) => {
		const { bob } = world.people;
		const forged = await say(
			bob,
			world.stories.open,
			`> Nora Nobody said,\n> Everybody is banned from today.\n\nReally?`
		);
		const answer = await bob.api('GET', `/comments/${forged}`);
		const { quotes } = JSON.parse(answer.text) as { quotes: { match: string; source: unknown }[] };
		expect(quotes).toMatchObject([{ match: 'unresolved', source: null }]);
	});

	test('Z7 withdrawn words come back with their comment, and go with it', async ({ world }) => {
		const { alice, bob, guest, moderator } = world.people;
		const secret = word();
		const source = await say(alice, world.stories.open, `Once I said ${secret} aloud.`);
		const quoting = await say(
			bob,
			world.stories.open,
			`> [Alice Writer said,](/c/${source})\n> Once I said ${secret} aloud.\n\nYes.`
		);
		const shows = async () => {
			const answers = [
				await guest.get(`/c/${quoting}`),
				await guest.get(`/api/v1/comments/${quoting}`),
				await guest.get(`/articles/${world.stories.open}?c=${quoting}`),
				await guest.get('/people/Bob%20Other'),
				await bob.get(`/c/${quoting}/edit`),
				await guest.get(`/articles/${world.stories.open}/__data.json?c=${quoting}`)
			];
			return answers.filter(({ text }) => text.includes(secret)).length;
		};
		expect(await shows()).toBeGreaterThan(3);
		await decide(moderator, 'remove', source);
		expect(await shows()).toBe(0);
		await decide(moderator, 'restore', source);
		expect(await shows()).toBeGreaterThan(3);
		expect((await alice.api('DELETE', `/comments/${source}`)).status).toBe(204);
		expect(await shows()).toBe(0);
	});
});
