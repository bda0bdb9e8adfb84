import { guest, member, MEMBERS_TIMEOUT, newArticle, post } from './support/api.ts';
import type { Client } from './support/api.ts';
import { expect, test } from './support/site.ts';

// Under `.js.`, because no page is opened: once is enough.
let nobody: Client;
let ann: Client;
let bob: Client;
let moderator: Client;
let editor: Client;

test.beforeAll(async ({ site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	nobody = guest(site);
	[ann, bob, moderator, editor] = await Promise.all([
		member(site, 'reader'),
		member(site, 'reader'),
		member(site, 'moderator'),
		member(site, 'editor')
	]);
});

const NO_ID = '0000000000000000';
const told = () => ann.expect(200, 'NotificationPage', 'GET', '/notifications');

test('a program follows, is told, and marks as read', async () => {
	const slug = await newArticle(editor);
	for (const method of ['PUT', 'PUT', 'DELETE', 'DELETE', 'PUT']) {
		expect((await ann.call(method, `/articles/${slug}/follow`)).status).toBe(204);
	}
	const { id } = await post(bob, slug, 'A **new** thread.');
	const { items, unread } = await told();
	expect(unread).toBe(1);
	expect(items).toMatchObject([
		{
			...{ kind: 'followed', comment: id, article: slug, read: false },
			...{ author: { name: bob.name }, excerpt: 'A new thread.' }
		}
	]);
	const mark = (json: object) => ann.call('POST', '/notifications/read', { json });
	expect((await mark({ ids: [NO_ID] })).status).toBe(204);
	expect((await told()).unread).toBe(1);
	expect((await mark({ ids: [items[0].id] })).status).toBe(204);
	expect((await told()).unread).toBe(0);
	expect((await ann.call('DELETE', `/articles/${slug}/follow`)).status).toBe(204);
	expect((await ann.call('PUT', `/comments/${id}/follow`)).status).toBe(204);
	await post(bob, slug, 'Not told.');
	await post(bob, slug, 'Told.', id);
	expect((await told()).items.map((item) => item.excerpt)).toEqual(['Told.', 'A new thread.']);
	expect((await mark({})).status).toBe(204);
	expect((await told()).unread).toBe(0);
	await ann.refused(422, 'POST', '/notifications/read', { json: { ids: 'all' } });
	await ann.refused(404, 'PUT', '/articles/no-such-story/follow');
	await ann.refused(404, 'DELETE', `/comments/${NO_ID}/follow`);
	for (const [method, path] of [
		['GET', '/notifications'],
		['POST', '/notifications/read'],
		['PUT', `/articles/${slug}/follow`],
		['PUT', `/comments/${id}/follow`],
		['PUT', `/people/${encodeURIComponent(bob.name)}/mute`]
	]) {
		await nobody.refused(401, method, path);
	}
});

test('a program mutes somebody', async () => {
	const slug = await newArticle(editor);
	const { id } = await post(ann, slug, 'A question.');
	const path = `/people/${encodeURIComponent(bob.name)}/mute`;
	expect((await ann.call('PUT', path)).status).toBe(204);
	await post(bob, slug, 'Not told.', id);
	expect((await ann.call('DELETE', path)).status).toBe(204);
	await post(bob, slug, 'Told.', id);
	expect((await told()).items[0].excerpt).toBe('Told.');
	await bob.refused(403, 'PUT', path);
	await ann.refused(404, 'PUT', '/people/nobody-of-this-name/mute');
});

test('a report is settled by a moderator, and says to nobody else who made it', async ({
	site
}) => {
	const slug = await newArticle(editor);
	const { id } = await post(ann, slug, 'Buy my boats.');
	const report = (json: object) => bob.call('POST', `/comments/${id}/report`, { json });
	expect((await report({ reason: 'spam', note: 'Again.' })).status).toBe(204);
	await bob.refused(422, 'POST', `/comments/${id}/report`, { json: { reason: 'misquotes-me' } });
	await bob.refused(422, 'POST', `/comments/${id}/report`, { json: {} });
	await ann.refused(403, 'POST', `/comments/${id}/report`, { json: { reason: 'spam' } });
	for (const [who, status] of [
		[nobody, 401],
		[ann, 403]
	] as const) {
		await who.refused(status, 'GET', '/moderation/reports');
		await who.refused(status, 'POST', `/comments/${id}/keep`, { json: {} });
	}
	const open = () => moderator.expect(200, 'ReportPage', 'GET', '/moderation/reports');
	const found = (await open()).items.find((item) => item.comment.id === id);
	expect(found).toMatchObject({
		reasons: [{ reason: 'spam', count: 1 }],
		reports: [{ reason: 'spam', note: 'Again.', by: { name: bob.name }, edited_since: false }],
		...{ more: 0, may_decide: true }
	});
	const seen = await Promise.all(
		[nobody, ann].map((who) => who.call('GET', `/comments/${id}`).then(({ text }) => text))
	);
	for (const text of [...seen, await fetch(`${site.url}/c/${id}`).then((page) => page.text())]) {
		expect(text).not.toContain(bob.name);
		expect(text).not.toContain('Again.');
	}
	const kept = await moderator.expect(200, 'Comment', 'POST', `/comments/${id}/keep`, { json: {} });
	expect(kept.status).toBe('published');
	expect((await open()).items.filter((item) => item.comment.id === id)).toEqual([]);
	await moderator.refused(409, 'POST', `/comments/${id}/keep`, { json: {} });
	await bob.refused(409, 'POST', `/comments/${id}/report`, { json: { reason: 'abuse' } });
});
