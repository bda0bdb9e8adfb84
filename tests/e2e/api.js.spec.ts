import {
	client,
	discussion,
	MEMBERS_TIMEOUT,
	guest,
	member,
	newArticle,
	post
} from './support/api.ts';
import type { Client } from './support/api.ts';
import { expect, signIn, test, unique } from './support/site.ts';

// Under `.js.`, because no page is opened: once is enough. Without limits, because tests write fast.
test.use({ siteOptions: { env: { RATE_LIMITS: 'off' } } });

let nobody: Client;
let author: Client;
let other: Client;
let moderator: Client;
let editor: Client;
let everyone: Client[];

test.beforeAll(async ({ site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	nobody = guest(site);
	[author, other, moderator, editor] = await Promise.all([
		member(site, 'reader'),
		member(site, 'reader'),
		member(site, 'moderator'),
		member(site, 'editor')
	]);
	everyone = [nobody, author, other, moderator, editor];
});

const NO_ID = '0000000000000000';

test.describe('articles', () => {
	test('an editor writes one, everybody reads it', async () => {
		const sent = {
			title: unique('Ferry <late> & "slow"'),
			standfirst: 'A short summary.',
			body: 'First paragraph.\n\nSecond, with **weight**.',
			category: unique('Harbour'),
			source: { name: 'Wire', url: 'https://wire.example.org/1' },
			image: { url: 'https://pictures.example.org/1.jpg', alt: 'A ferry', credit: 'Somebody' },
			canonical_url: 'https://paper.example.org/ferry'
		};
		const answer = await editor.call('POST', '/articles', { json: sent });
		expect(answer.status).toBe(201);
		const made = await nobody.expect(200, 'Article', 'GET', answer.headers.get('location')!);
		expect(made).toEqual(JSON.parse(answer.text));
		expect(made).toMatchObject({
			title: sent.title,
			standfirst: sent.standfirst,
			body: sent.body,
			category: { name: sent.category },
			byline: null,
			source: sent.source,
			image: sent.image,
			canonical_url: sent.canonical_url,
			commenting: 'open',
			comment_count: 0,
			version: 1
		});
		expect(made.html).toContain('<strong>weight</strong>');
		const page = await fetch(made.url);
		expect(page.status).toBe(200);
		const list = `/articles?category=${made.category!.slug}`;
		const { items } = await nobody.expect(200, 'ArticlePage', 'GET', list);
		expect(items.map(({ slug }) => slug)).toEqual([made.slug]);
	});

	test('a list is walked by its cursor', async () => {
		const category = unique('Walk');
		const slugs: string[] = [];
		for (let number = 0; number < 5; number++) slugs.push(await newArticle(editor, { category }));
		const { category: made } = await nobody.expect(200, 'Article', 'GET', `/articles/${slugs[0]}`);
		const seen: string[] = [];
		let next: string | null = '';
		while (next !== null) {
			const path: string = `/articles?category=${made!.slug}&limit=2&cursor=${next}`;
			const page = await nobody.expect(200, 'ArticlePage', 'GET', path);
			expect(page.items.length).toBeLessThanOrEqual(2);
			seen.push(...page.items.map(({ slug }) => slug));
			next = page.next;
		}
		expect(seen).toEqual(slugs.toReversed());
	});

	test('only editors write', async () => {
		const json = { title: unique('No'), body: 'No.' };
		expect((await nobody.call('POST', '/articles', { json })).headers.get('www-authenticate')).toBe(
			'Bearer'
		);
		await nobody.refused(401, 'POST', '/articles', { json });
		await author.refused(403, 'POST', '/articles', { json });
		await moderator.refused(403, 'POST', '/articles', { json });
		const { items } = await nobody.expect(200, 'ArticlePage', 'GET', '/articles?limit=100');
		expect(items.some(({ title }) => title === json.title)).toBe(false);
	});

	test('what cannot be is refused, naming the field', async () => {
		const good = { title: unique('Fine'), body: 'Fine.' };
		const slug = await newArticle(editor);
		const cases: [number, string | undefined, object][] = [
			[422, 'title', { body: 'No title.' }],
			[422, 'title', { ...good, title: '  ' }],
			[422, 'body', { ...good, body: 7 }],
			[422, 'image.url', { ...good, image: { url: 'javascript:alert(1)' } }],
			[422, 'source.url', { ...good, source: { url: 'no address' } }],
			[422, 'commenting', { ...good, commenting: 'closed' }],
			[422, 'byline', { ...good, byline: 'nobody' }],
			[422, 'slug', { ...good, slug: 'Not A Slug' }],
			[409, undefined, { ...good, slug }]
		];
		for (const [status, field, json] of cases) {
			const problem = await editor.refused(status, 'POST', '/articles', { json });
			expect(problem.field, JSON.stringify(json)).toBe(field);
		}
	});

	test('an editor changes any field, and never over somebody else', async () => {
		const slug = await newArticle(editor, { standfirst: 'Before.', category: 'Harbour' });
		const path = `/articles/${slug}`;
		const changed = await editor.expect(200, 'Article', 'PATCH', path, {
			json: { body: 'It went out.', category: null, version: 1 }
		});
		expect(changed).toMatchObject({ body: 'It went out.', standfirst: 'Before.', category: null });
		expect(changed.version).toBe(2);
		await editor.refused(409, 'PATCH', path, { json: { body: 'Lost.', version: 1 } });
		expect((await nobody.expect(200, 'Article', 'GET', path)).body).toBe('It went out.');
	});

	test('a moderator changes its comment state and nothing else', async () => {
		const slug = await newArticle(editor);
		const path = `/articles/${slug}`;
		const until = '2099-01-01T12:00:00.000Z';
		const changes: [object, Record<string, unknown>][] = [
			[{ commenting: 'disabled' }, { commenting: 'disabled', commenting_until: null }],
			[
				{ commenting: 'premoderated', reason: 'Some were rude.', note: 'A trial.', until },
				{ commenting: 'premoderated', commenting_note: 'A trial.', commenting_until: until }
			],
			[
				{ commenting: { state: 'hidden', note: 'A court order.' } },
				{ commenting: 'hidden', commenting_note: 'A court order.', commenting_until: null }
			],
			[{ commenting: 'open' }, { commenting: 'open', commenting_note: '' }]
		];
		for (const [json, expected] of changes) {
			const article = await moderator.expect(200, 'Article', 'PATCH', path, { json });
			expect(article).toMatchObject(expected);
			expect(await nobody.expect(200, 'Article', 'GET', path)).toEqual(article);
		}
		const before = await nobody.expect(200, 'Article', 'GET', path);
		await moderator.refused(403, 'PATCH', path, { json: { title: 'Mine', commenting: 'hidden' } });
		await moderator.refused(422, 'PATCH', path, { json: { commenting: 'closed' } });
		const past = { commenting: 'hidden', until: '2001-01-01T00:00:00Z' };
		await moderator.refused(422, 'PATCH', path, { json: past });
		const noTime = { commenting: 'hidden', until: 'soon' };
		await moderator.refused(422, 'PATCH', path, { json: noTime });
		await author.refused(403, 'PATCH', path, { json: { commenting: 'hidden' } });
		await nobody.refused(401, 'PATCH', path, { json: { commenting: 'hidden' } });
		expect(await nobody.expect(200, 'Article', 'GET', path)).toEqual(before);
	});

	test('a draft is there for editors only', async () => {
		const slug = await newArticle(editor, { published: false, body: 'Embargoed words.' });
		const path = `/articles/${slug}`;
		expect((await editor.expect(200, 'Article', 'GET', path)).published_at).toBeNull();
		for (const reader of [nobody, author, moderator]) {
			await reader.refused(404, 'GET', path);
			await reader.refused(404, 'GET', `${path}/comments`);
			const list = await reader.call('GET', '/articles?limit=100');
			expect(list.text).not.toContain(slug);
		}
		await author.refused(404, 'POST', `${path}/comments`, { json: { body: 'First.' } });
		await moderator.refused(404, 'PATCH', path, { json: { commenting: 'hidden' } });
	});
});

test.describe('comments', () => {
	test('one is posted, answered, quoted and listed', async ({ site }) => {
		const slug = await newArticle(editor);
		const path = `/articles/${slug}/comments`;
		const answer = await author.call('POST', path, { json: { body: 'The *tide* was out.' } });
		expect(answer.status).toBe(201);
		const root = await nobody.expect(200, 'Comment', 'GET', answer.headers.get('location')!);
		expect(root).toEqual(JSON.parse(answer.text));
		expect(root).toMatchObject({
			url: `${site.url}/c/${root.id}`,
			article: slug,
			parent: null,
			root: root.id,
			depth: 0,
			author: { name: author.name, role: 'reader' },
			body: 'The *tide* was out.',
			html: '<p>The <em>tide</em> was out.</p>\n',
			status: 'published',
			score: 0,
			edited_at: null,
			quotes: []
		});
		expect((await fetch(root.author!.url!)).status).toBe(200);
		const words = `> [Somebody else said,](/c/${root.id})\n> The *tide* was out.\n\nNot by noon.`;
		const reply = await post(moderator, slug, words, root.id);
		const quote = {
			text: 'The *tide* was out.',
			match: 'exact',
			said_by: author.name,
			source: { comment: root.id, url: root.url }
		};
		expect(reply).toMatchObject({ parent: root.id, root: root.id, depth: 1, quotes: [quote] });
		expect(reply.body).toContain(`[${author.name} said,](/c/${root.id})`);
		expect(reply.html).toContain('<blockquote class="quote" data-match="exact">');
		expect(reply.html).toContain(`<a href="/c/${root.id}">${author.name} said,</a>`);
		expect(await discussion(nobody, slug)).toEqual([{ ...root, quoted_by: 1 }, reply]);
		const { comment_count } = await nobody.expect(200, 'Article', 'GET', `/articles/${slug}`);
		expect(comment_count).toBe(2);
	});

	test('lists are in the order asked for, in pages of the size asked for', async () => {
		const slug = await newArticle(editor);
		const first = await post(author, slug, 'First.');
		const second = await post(author, slug, 'Second.');
		const replies = [];
		for (const words of ['One.', 'Two.', 'Three.']) {
			replies.push(await post(other, slug, words, first.id));
		}
		await other.expect(200, 'Votes', 'PUT', `/comments/${second.id}/vote`);
		const thread = [first, ...replies].map(({ id }) => id);
		const orders: [string, string[]][] = [
			['', [...thread, second.id]],
			['sort=oldest', [...thread, second.id]],
			['sort=newest', [second.id, ...thread]],
			['sort=best', [second.id, ...thread]],
			['sort=replied', [...thread, second.id]]
		];
		for (const [query, ids] of orders) {
			for (const limit of ['', '&limit=1', '&limit=2', '&limit=100', '&limit=999999999']) {
				const items = await discussion(nobody, slug, query + limit);
				expect(
					items.map(({ id }) => id),
					query + limit
				).toEqual(ids);
			}
		}
		const bad = [
			'limit=0',
			'limit=-1',
			'limit=1e3',
			'limit=ten',
			'limit=',
			'limit=1%00',
			'sort=worst'
		];
		const forged = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
		const cursors = [
			...['yesterday', '%00', '%F0%9F%90%9F', 'x'.repeat(300)],
			...[forged(['newest', 0, first.id, 0]), forged(['oldest', 1e12, first.id, 0])],
			...[forged(['oldest', 0, "' or 1=1 --", 0]), forged({}), forged(null)]
		];
		for (const query of [...bad, ...cursors.map((cursor) => `cursor=${cursor}`)]) {
			await nobody.refused(400, 'GET', `/articles/${slug}/comments?${query}`);
		}
		for (const parts of [[1e20, first.id], [0.5, first.id], [-1e18, first.id], [0, 'x'], 'words']) {
			await nobody.refused(400, 'GET', `/articles?cursor=${forged(parts)}`);
		}
	});

	test('what cannot be is refused', async () => {
		const slug = await newArticle(editor);
		const elsewhere = await post(author, await newArticle(editor), 'Elsewhere.');
		const gone = await post(author, slug, 'Gone soon.');
		expect((await author.call('DELETE', `/comments/${gone.id}`)).status).toBe(204);
		const cases: [object, string][] = [
			[{}, 'body'],
			[{ body: '' }, 'body'],
			[{ body: ' \n\u0000 ' }, 'body'],
			[{ body: 'x'.repeat(10_001) }, 'body'],
			[{ body: '> '.repeat(40) + 'deep' }, 'body'],
			[{ body: null }, 'body'],
			[{ body: { text: 'x' } }, 'body'],
			[{ body: 'x', parent: 5 }, 'parent'],
			[{ body: 'x', parent: NO_ID }, 'parent'],
			[{ body: 'x', parent: '1 OR 1=1' }, 'parent'],
			[{ body: 'x', parent: elsewhere.id }, 'parent'],
			[{ body: 'x', parent: gone.id }, 'parent']
		];
		for (const [json, field] of cases) {
			const problem = await author.refused(422, 'POST', `/articles/${slug}/comments`, { json });
			expect(problem.field, JSON.stringify(json).slice(0, 80)).toBe(field);
		}
		await nobody.refused(401, 'POST', `/articles/${slug}/comments`, { json: { body: 'x' } });
		await author.refused(404, 'POST', '/articles/no-such-one/comments', { json: { body: 'x' } });
		expect((await discussion(nobody, slug)).map(({ id }) => id)).toEqual([gone.id]);
	});

	test('only the fields that are named are taken', async () => {
		const slug = await newArticle(editor, { commenting: 'premoderated' });
		const more = {
			...{ id: NO_ID, status: 'published', score: 999, role: 'admin', author: editor.name },
			...{ authorId: NO_ID, created_at: '2001-01-01T00:00:00Z', createdAt: 0, article: 'other' },
			...{ root: NO_ID, depth: 7, edited_at: '2001-01-01T00:00:00Z', replySeq: 1, listedIn: slug }
		};
		const json = { body: 'Mine.', ...more };
		const made = await author.expect(201, 'Comment', 'POST', `/articles/${slug}/comments`, {
			json
		});
		expect(made).toMatchObject({
			...{ status: 'pending', score: 0, depth: 0, article: slug, root: made.id, edited_at: null },
			author: { name: author.name, role: 'reader' }
		});
		expect(made.id).not.toBe(NO_ID);
		expect(made.created_at > '2020').toBe(true);
		const changed = await author.expect(200, 'Comment', 'PATCH', `/comments/${made.id}`, {
			json: { ...json, body: 'Still mine.' }
		});
		expect({ ...changed, body: '', html: '' }).toEqual({
			...{ ...made, body: '', html: '' },
			edited_at: changed.edited_at
		});
	});

	test('the same key is the same comment, however often and at once', async () => {
		const slug = await newArticle(editor);
		const path = `/articles/${slug}/comments`;
		const headers = { 'idempotency-key': crypto.randomUUID() };
		const json = { body: 'Only once.' };
		const answers = await Promise.all(
			Array.from({ length: 8 }, () => author.call('POST', path, { json, headers }))
		);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(7).fill(200), 201]);
		const again = await author.expect(200, 'Comment', 'POST', path, { json, headers });
		for (const answer of answers) {
			expect(JSON.parse(answer.text)).toEqual(again);
			expect(answer.headers.get('location')).toBe(`/api/v1/comments/${again.id}`);
		}
		const reused = await author.refused(409, 'POST', path, { json: { body: 'Another.' }, headers });
		expect(reused.code).toBe('key-reused');
		await author.refused(422, 'POST', path, {
			json,
			headers: { 'idempotency-key': 'x'.repeat(201) }
		});
		// A key is its account's own.
		await other.expect(201, 'Comment', 'POST', path, { json, headers });
		expect(await discussion(nobody, slug)).toHaveLength(2);
	});

	test('only its author edits and deletes it', async () => {
		const slug = await newArticle(editor);
		const root = await post(author, slug, 'A first thought.');
		const reply = await post(other, slug, 'An answer.', root.id);
		const path = `/comments/${root.id}`;
		const json = { body: 'A second thought.' };
		await nobody.refused(401, 'PATCH', path, { json });
		await nobody.refused(401, 'DELETE', path);
		for (const stranger of [other, moderator, editor]) {
			await stranger.refused(403, 'PATCH', path, { json });
			await stranger.refused(403, 'DELETE', path);
		}
		const edited = await author.expect(200, 'Comment', 'PATCH', path, { json });
		expect(edited).toMatchObject({ id: root.id, body: json.body, created_at: root.created_at });
		expect(edited.edited_at).not.toBeNull();
		await author.refused(422, 'PATCH', path, { json: { body: ' ' } });
		await author.refused(422, 'PATCH', path, { json: {} });
		expect(await nobody.expect(200, 'Comment', 'GET', path)).toEqual(edited);
		const deleted = await author.call('DELETE', path);
		expect([deleted.status, deleted.text]).toEqual([204, '']);
		await author.refused(409, 'DELETE', path);
		await author.refused(403, 'PATCH', path, { json });
		for (const reader of everyone) {
			const [tombstone, answer] = await discussion(reader, slug);
			expect(tombstone).toMatchObject({
				...{ id: root.id, status: 'deleted', author: null, body: null, html: null, quotes: [] }
			});
			expect(await reader.expect(200, 'Comment', 'GET', path)).toEqual(tombstone);
			expect(answer.id).toBe(reply.id);
		}
	});

	test('one vote each, withdrawable, never for oneself', async () => {
		const slug = await newArticle(editor);
		const { id } = await post(author, slug, 'Vote for me.');
		const path = `/comments/${id}/vote`;
		const [first] = await Promise.all(
			Array.from({ length: 6 }, () => other.expect(200, 'Votes', 'PUT', path))
		);
		expect(first).toEqual({ score: 1, recommended: true });
		expect(await moderator.expect(200, 'Votes', 'PUT', path)).toEqual({
			score: 2,
			recommended: true
		});
		expect(await other.expect(200, 'Votes', 'DELETE', path)).toEqual({
			score: 1,
			recommended: false
		});
		expect(await other.expect(200, 'Votes', 'DELETE', path)).toEqual({
			score: 1,
			recommended: false
		});
		await author.refused(403, 'PUT', path);
		await nobody.refused(401, 'PUT', path);
		await nobody.refused(401, 'DELETE', path);
		expect((await nobody.expect(200, 'Comment', 'GET', `/comments/${id}`)).score).toBe(1);
	});

	test('an id that is none is like one that does not exist', async () => {
		const ids = [
			...[NO_ID, '1', '01', '-1', '1e3', '１', '9007199254740993', '1%20OR%201=1', '__proto__'],
			...['constructor', '%F0%9F%90%9F', "'", 'x'.repeat(2000)]
		];
		for (const id of ids) {
			await nobody.refused(404, 'GET', `/comments/${id}`);
			await author.refused(404, 'PATCH', `/comments/${id}`, { json: { body: 'x' } });
			await author.refused(404, 'DELETE', `/comments/${id}`);
			await author.refused(404, 'PUT', `/comments/${id}/vote`);
			await moderator.refused(404, 'POST', `/comments/${id}/remove`, { json: { reason: 'x' } });
		}
		for (const slug of ['no-such-one', "'--", '%22', '__proto__', '%F0%9F%90%9F']) {
			await nobody.refused(404, 'GET', `/articles/${slug}`);
			await nobody.refused(404, 'GET', `/articles/${slug}/comments`);
			await editor.refused(404, 'PATCH', `/articles/${slug}`, { json: { body: 'x' } });
		}
	});
});

test.describe('decisions', () => {
	test('what is removed keeps its place and leaves no word behind, until it is restored', async () => {
		const slug = await newArticle(editor);
		const secret = unique('saltmarsh');
		const root = await post(author, slug, `They said ${secret}.`);
		const quoting = await post(
			other,
			slug,
			`> [x said,](/c/${root.id})\n> They said ${secret}.\n\nDid they?`,
			root.id
		);
		expect(quoting.quotes[0].match).toBe('exact');
		const remove = `/comments/${root.id}/remove`;
		const json = { reason: 'Not true.' };
		await nobody.refused(401, 'POST', remove, { json });
		await other.refused(403, 'POST', remove, { json });
		await author.refused(403, 'POST', remove, { json });
		expect((await moderator.refused(422, 'POST', remove, { json: {} })).field).toBe('reason');
		await moderator.refused(422, 'POST', remove, { json: { reason: 'x'.repeat(1001) } });
		const removed = await moderator.expect(200, 'Comment', 'POST', remove, { json });
		expect(removed).toMatchObject({ status: 'removed', body: null, html: null, quotes: [] });
		await moderator.refused(409, 'POST', remove, { json });
		await author.refused(403, 'PATCH', `/comments/${root.id}`, { json: { body: 'Again.' } });
		await author.refused(422, 'POST', `/articles/${slug}/comments`, {
			json: { body: 'x', parent: root.id }
		});
		for (const reader of everyone) {
			for (const path of [
				...[`/articles/${slug}/comments`, `/articles/${slug}/comments?sort=best&limit=1`],
				...[`/comments/${root.id}`, `/comments/${quoting.id}`, `/articles/${slug}`]
			]) {
				const { status, text } = await reader.call('GET', path);
				expect(status).toBe(200);
				expect(text, `${reader.name}: ${path}`).not.toContain(secret);
			}
		}
		const withdrawn = await nobody.expect(200, 'Comment', 'GET', `/comments/${quoting.id}`);
		expect(withdrawn.quotes).toEqual([{ text: null, match: 'exact', said_by: null, source: null }]);
		await other.refused(403, 'POST', `/comments/${root.id}/restore`, { json });
		const restored = await moderator.expect(
			200,
			'Comment',
			'POST',
			`/comments/${root.id}/restore`,
			{
				json
			}
		);
		expect(restored).toEqual({ ...root, quoted_by: 1 });
		expect(await discussion(nobody, slug)).toEqual([restored, quoting]);
	});

	test('what waits is for its author and the moderators until it is approved', async () => {
		const slug = await newArticle(editor, { commenting: 'premoderated' });
		const secret = unique('foghorn');
		const waiting = await post(author, slug, `I heard the ${secret}.`);
		const refusable = await post(author, slug, `I also heard ${secret}.`);
		expect(waiting.status).toBe('pending');
		const path = `/comments/${waiting.id}`;
		const readers: [Client, number][] = [
			...([
				[nobody, 404],
				[other, 404],
				[author, 200]
			] as [Client, number][]),
			...([
				[moderator, 200],
				[editor, 200]
			] as [Client, number][])
		];
		for (const [reader, status] of readers) {
			const { status: answered, text } = await reader.call('GET', path);
			expect([reader.name, answered, text.includes(secret)]).toEqual([
				...[reader.name, status, status === 200]
			]);
			expect(await discussion(reader, slug)).toEqual([]);
		}
		for (const [method, verb] of [
			['PUT', '/vote'],
			['PATCH', ''],
			['DELETE', '']
		]) {
			await other.refused(404, method, path + verb, { json: { body: 'x' } });
		}
		await other.refused(422, 'POST', `/articles/${slug}/comments`, {
			json: { body: 'x', parent: waiting.id }
		});
		await author.refused(403, 'POST', `${path}/approve`);
		const approved = await moderator.expect(200, 'Comment', 'POST', `${path}/approve`);
		expect(approved).toEqual({ ...waiting, status: 'published' });
		await moderator.refused(409, 'POST', `${path}/approve`);
		const json = { reason: 'Heard enough.' };
		const reject = `/comments/${refusable.id}/reject`;
		expect((await moderator.refused(422, 'POST', reject)).field).toBe('reason');
		await other.refused(403, 'POST', reject, { json });
		const rejected = await moderator.expect(200, 'Comment', 'POST', reject, { json });
		expect(rejected.status).toBe('rejected');
		await nobody.refused(404, 'GET', `/comments/${refusable.id}`);
		expect(await discussion(moderator, slug)).toEqual([approved]);
	});

	test('nobody decides about staff above them', async () => {
		const { id } = await post(editor, await newArticle(editor), 'From the desk.');
		await moderator.refused(403, 'POST', `/comments/${id}/remove`, { json: { reason: 'x' } });
		expect((await nobody.expect(200, 'Comment', 'GET', `/comments/${id}`)).status).toBe(
			'published'
		);
	});

	for (const state of ['disabled', 'hidden']) {
		test(`nothing is written where commenting is ${state}`, async () => {
			const slug = await newArticle(editor);
			const root = await post(author, slug, 'Before the close.');
			const json = { commenting: state, reason: 'Late.' };
			await moderator.expect(200, 'Article', 'PATCH', `/articles/${slug}`, { json });
			const comments = `/articles/${slug}/comments`;
			const own = `/comments/${root.id}`;
			const tries: [Client, string, string, object | undefined][] = [
				[author, 'POST', comments, { body: 'One more.' }],
				[author, 'POST', comments, { body: 'One more.', parent: root.id }],
				[moderator, 'POST', comments, { body: 'One more.' }],
				[editor, 'POST', comments, { body: 'One more.' }],
				[author, 'PATCH', own, { body: 'Changed.' }],
				[other, 'PUT', `${own}/vote`, undefined],
				[other, 'DELETE', `${own}/vote`, undefined]
			];
			for (const [who, method, path, body] of tries) {
				const { status, text } = await who.call(method, path, body ? { json: body } : {});
				// What is hidden is not there for those who only read.
				const unseen = state === 'hidden' && path.startsWith(own);
				const expected = unseen ? [404, '/not-found'] : [403, '/commenting-disabled'];
				const { type } = JSON.parse(text) as { type: string };
				expect([status, type.slice(type.lastIndexOf('/'))], `${method} ${path}`).toEqual(expected);
			}
			const readable = state === 'disabled' ? [root] : [];
			expect(await discussion(nobody, slug)).toEqual(readable);
			expect(await discussion(author, slug)).toEqual(readable);
			expect(await discussion(moderator, slug)).toEqual([root]);
			const { comment_count } = await nobody.expect(200, 'Article', 'GET', `/articles/${slug}`);
			expect(comment_count).toBe(readable.length);
			const { status } = await nobody.call('GET', own);
			expect(status).toBe(state === 'disabled' ? 200 : 404);
		});
	}
});

test.describe('requests', () => {
	test('bodies that are no JSON objects of a sensible size', async () => {
		const path = `/articles/${await newArticle(editor)}/comments`;
		const json = { 'content-type': 'application/json' };
		const large = JSON.stringify({ body: 'x'.repeat(600_000) });
		const cases: [number, BodyInit, Record<string, string>][] = [
			[400, '{"body":', json],
			[400, '["body"]', json],
			[400, '', json],
			[400, new Uint8Array([0x22, 0xc3, 0x28, 0x22]), json],
			[400, `{"body":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, json],
			[413, large, json],
			[413, new Blob([large]).stream(), json],
			[415, 'body=hello', { 'content-type': 'application/x-www-form-urlencoded' }],
			[415, '{"body":"hello"}', { 'content-type': 'text/plain' }]
		];
		for (const [status, body, headers] of cases) {
			await author.refused(status, 'POST', path, { body, headers });
		}
		expect((await nobody.expect(200, 'CommentPage', 'GET', path)).items).toEqual([]);
	});

	test('addresses and methods that are not there', async () => {
		const slug = await newArticle(editor);
		const { id } = await post(author, slug, 'Hello.');
		for (const path of ['/api/v1', '/nothing', '/articles/a/b/c', `/comments/${id}/nothing`]) {
			for (const method of ['GET', 'POST', 'DELETE']) await author.refused(404, method, path);
		}
		const allowed: Record<string, string> = {
			'/articles': 'GET, POST, HEAD, OPTIONS',
			[`/articles/${slug}`]: 'GET, PATCH, HEAD, OPTIONS',
			[`/comments/${id}`]: 'GET, PATCH, DELETE, HEAD, OPTIONS',
			[`/comments/${id}/vote`]: 'PUT, DELETE, OPTIONS',
			[`/comments/${id}/remove`]: 'POST, OPTIONS'
		};
		for (const [path, methods] of Object.entries(allowed)) {
			const wrong = ['GET', 'PUT'].find((method) => !methods.includes(method))!;
			const answer = await author.call(wrong, path);
			expect([answer.status, answer.headers.get('allow')]).toEqual([405, methods]);
			const options = await author.call('OPTIONS', path);
			expect([options.status, options.headers.get('allow')]).toEqual([204, methods]);
		}
		// What a method override asks for is not done.
		const headers = { 'x-http-method-override': 'DELETE' };
		await author.expect(200, 'Comment', 'GET', `/comments/${id}?_method=DELETE`, { headers });
	});

	test('HEAD answers like GET, without the body', async () => {
		const slug = await newArticle(editor);
		for (const path of ['/articles', `/articles/${slug}`, '/openapi.json', '/comments/none']) {
			const [head, get] = [await nobody.call('HEAD', path), await nobody.call('GET', path)];
			expect([head.status, head.text]).toEqual([get.status, '']);
			expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
		}
	});

	test('what is for one reader is kept by nobody', async () => {
		const path = `/articles/${await newArticle(editor)}`;
		const [anonymous, signedIn] = [await nobody.call('GET', path), await author.call('GET', path)];
		expect(anonymous.headers.get('cache-control')).toBe('no-cache');
		expect(signedIn.headers.get('cache-control')).toBe('private, no-store');
		for (const { headers } of [anonymous, signedIn]) {
			expect(headers.get('vary')).toContain('Authorization');
			expect(headers.get('vary')).toContain('Cookie');
			expect(headers.get('x-content-type-options')).toBe('nosniff');
			expect(headers.get('set-cookie')).toBeNull();
		}
	});

	test('a token that is none is refused, whatever is asked', async ({ site }) => {
		for (const token of ['nonsense', `aft_${'x'.repeat(43)}`, `${'a'.repeat(200)}`]) {
			const stranger = client(site, 'stranger', { authorization: `Bearer ${token}` });
			const answer = await stranger.call('GET', '/articles');
			expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
		}
	});

	test('a browser signs in by its cookie, and only from the site itself', async ({
		page,
		site
	}) => {
		const slug = await newArticle(editor);
		await signIn(page, other.person!);
		const cookie = (await page.context().cookies())
			.map(({ name, value }) => `${name}=${value}`)
			.join('; ');
		const path = `/articles/${slug}/comments`;
		const json = { body: 'By cookie.' };
		const forged: Record<string, string>[] = [
			{},
			{ origin: 'https://evil.example' },
			{ origin: 'null' },
			{ 'sec-fetch-site': 'cross-site' },
			{ origin: site.url, 'sec-fetch-site': 'cross-site' }
		];
		for (const headers of forged) {
			await client(site, 'forger', { cookie, ...headers }).refused(403, 'POST', path, { json });
		}
		expect(await discussion(nobody, slug)).toEqual([]);
		const browser = client(site, 'browser', { cookie, origin: site.url });
		const made = await browser.expect(201, 'Comment', 'POST', path, { json });
		expect(made.author!.name).toBe(other.name);
	});

	test('nothing private is in any answer', async () => {
		const slug = await newArticle(editor);
		const { id } = await post(author, slug, 'Hello.');
		for (const reader of everyone) {
			for (const path of [`/articles/${slug}`, `/articles/${slug}/comments`, `/comments/${id}`]) {
				const { text } = await reader.call('GET', path);
				for (const { person } of [author, editor]) expect(text).not.toContain(person!.email);
			}
		}
	});

	test('the description is served', async () => {
		const { status, text } = await nobody.call('GET', '/openapi.json');
		expect(status).toBe(200);
		const { openapi, paths } = JSON.parse(text) as { openapi: string; paths: object };
		expect(openapi).toBe('3.1.0');
		expect(Object.keys(paths)).toContain('/api/v1/comments/{id}/vote');
	});
});
