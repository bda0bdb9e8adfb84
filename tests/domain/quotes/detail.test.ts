import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest, type Actor, type Member } from '#lib/server/actor.ts';
import * as versions from '#lib/server/articles/versions.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { history } from '#lib/server/comments/history.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import type { QuoteView } from '#lib/server/comments/view.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as detail from '#lib/server/quotes/detail.ts';
import {
	article,
	articleInput,
	member,
	newsroom,
	say,
	type Newsroom
} from '../support/newsroom.ts';

let room: Newsroom;
let ann: Member;
let page: Written;
let source: string;

beforeAll(async () => {
	room = await newsroom();
	ann = await member(room.db, 'reader', 'Ann Lee');
});
beforeEach(async () => {
	page = await article(room.db);
	source = await say(room.db, ann, page, 'I doubt it very much.');
});

const quote = (words: string) => `> [Ann Lee said,](/c/${source})\n> ${words}`;

async function firstQuote(id: string): Promise<QuoteView> {
	const { blocks } = await comments.read(room.db, guest(), id);
	return (blocks![0] as { quote: QuoteView }).quote;
}

async function quoted(words: string): Promise<{ id: string; comment: string }> {
	const comment = await say(room.db, room.reader, page, `${quote(words)}\n\nSo there.`);
	return { comment, id: (await firstQuote(comment)).id };
}

function read(id: string, actor: Actor = guest()) {
	return detail.read(room.db, actor, id);
}

const CHANGED = [
	{ kind: 'same', words: 'I' },
	{ kind: 'left-out', words: 'doubt' },
	{ kind: 'put-in', words: 'believe' },
	{ kind: 'same', words: 'it very much.' }
];

test('of an altered quote the difference from its source is told', async () => {
	const { id, comment } = await quoted('I believe it very much.');
	expect(await read(id)).toMatchObject({
		quote: { match: 'altered', saidBy: 'Ann Lee', sourceUrl: `/c/${source}`, url: `/quotes/${id}` },
		comment: { url: `/c/${comment}`, authorName: 'Rhoda Peel' },
		article: { slug: page.slug },
		difference: { parts: CHANGED, before: false, after: false }
	});
});

test('the difference is from the revision that is cited', async () => {
	const { id } = await quoted('I believe it very much.');
	await edit(room.db, ann, { id: source, body: 'Something else.' });
	const read1 = await read(id);
	expect(read1.quote).toMatchObject({
		earlierVersion: true,
		versionUrl: `/c/${source}/history#revision-1`
	});
	expect(read1.difference?.parts).toEqual(CHANGED);
});

test('of an exact quote there is no difference', async () => {
	const { id } = await quoted('it very much');
	expect(await read(id)).toMatchObject({ quote: { match: 'exact' }, difference: null });
});

test('what is quoted in the source is not the source’s', async () => {
	const relay = await say(
		room.db,
		room.other,
		page,
		`${quote('I doubt it')}\n\nSo do I, and often.`
	);
	const body = `> [x said,](/c/${relay})\n> So do I, but often.`;
	const { id } = await firstQuote(await say(room.db, room.reader, page, body));
	const { difference } = await read(id);
	expect(difference?.parts.map(({ words }) => words).join(' ')).not.toContain('doubt');
});

describe('there is nothing to see', () => {
	test('of no quote', async () => {
		for (const id of ['0000000000000000', 'x', source]) {
			await expect(read(id)).rejects.toMatchObject({ status: 404 });
		}
	});

	test.each<[string, (comment: string) => Promise<unknown>]>([
		[
			'whose source was removed',
			() => decide.remove(room.db, room.moderator, { id: source, reason: 'x' })
		],
		['whose source was deleted', () => removeOwn(room.db, ann, source)],
		['in a comment that was deleted', (comment) => removeOwn(room.db, room.reader, comment)]
	])('of one %s, not even for staff', async (_what, act) => {
		const { id, comment } = await quoted('I believe it very much.');
		await act(comment);
		await expect(read(id)).rejects.toMatchObject({ status: 404 });
		await expect(read(id, room.admin)).rejects.toMatchObject({ status: 404 });
	});

	test('of one in a comment that was removed, but for staff', async () => {
		const { id, comment } = await quoted('I believe it very much.');
		await decide.remove(room.db, room.moderator, { id: comment, reason: 'x' });
		await expect(read(id, room.reader)).rejects.toMatchObject({ status: 404 });
		expect((await read(id, room.moderator)).quote.id).toBe(id);
	});

	test('of one inside a quote that is withdrawn', async () => {
		const relay = await say(room.db, room.other, page, `${quote('I believe it')}\n\nSo they say.`);
		const body = `> [x said,](/c/${relay})\n> > [Ann Lee said,](/c/${source})\n> > I believe it\n>\n> So they say.`;
		const outer = await firstQuote(await say(room.db, room.reader, page, body));
		const inner = (outer.blocks[0] as { quote: QuoteView }).quote;
		expect((await read(inner.id)).quote.saidBy).toBe('Ann Lee');
		await removeOwn(room.db, room.other, relay);
		await expect(read(inner.id)).rejects.toMatchObject({ status: 404 });
	});
});

test('a quote that stands only in an earlier version of its comment has its page', async () => {
	const { id, comment } = await quoted('I believe it very much.');
	await edit(room.db, room.reader, { id: comment, body: 'Never mind.' });
	const { revisions } = await history(room.db, guest(), comment);
	expect(revisions[0].blocks[0]).toMatchObject({ quote: { id } });
	expect((await read(id)).difference?.parts).toEqual(CHANGED);
});

describe('an article', () => {
	const words = 'Nobody spoke for the plan for the pier.';
	const body = () => `> [The article said,](/articles/${page.slug})\n> ${words}`;

	test('is compared in the version that is cited, which has a page', async () => {
		const quoting = await say(room.db, room.reader, page, body());
		const before = await versions.read(room.db, guest(), page.slug, 1);
		await write.edit(room.db, room.editor, page.slug, { body: 'All is new.' });
		const one = await firstQuote(quoting);
		expect(one.versionUrl).toBe(`/articles/${page.slug}/versions/1`);
		expect((await read(one.id)).difference?.parts).toContainEqual({ kind: 'put-in', words: 'for' });
		const after = await versions.read(room.db, guest(), page.slug, 1);
		expect(after.bodyHtml).toBe(before.bodyHtml);
		expect([before.replacedAt, after.replacedAt]).toEqual([null, expect.any(Date)]);
		expect((await versions.read(room.db, guest(), page.slug, 2)).bodyHtml).toContain('All is new.');
		for (const version of [0, 3]) {
			await expect(versions.read(room.db, room.admin, page.slug, version)).rejects.toMatchObject({
				status: 404
			});
		}
	});

	test('that was a draft keeps what it said then to its editors', async () => {
		const draft = await write.create(room.db, room.editor, articleInput({ published: false }));
		await write.edit(room.db, room.editor, draft.slug, { body: 'The second try.' });
		for (const version of [1, 2]) {
			const reading = versions.read(room.db, room.moderator, draft.slug, version);
			await expect(reading).rejects.toMatchObject({ status: 404 });
			expect((await versions.read(room.db, room.editor, draft.slug, version)).version).toBe(
				version
			);
		}
		await write.edit(room.db, room.editor, draft.slug, { published: true });
		await expect(versions.read(room.db, guest(), draft.slug, 1)).rejects.toMatchObject({
			status: 404
		});
		expect((await versions.read(room.db, guest(), draft.slug, 2)).bodyHtml).toContain('second try');
	});
});
