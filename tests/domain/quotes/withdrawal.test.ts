import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { history } from '#lib/server/comments/history.ts';
import { preview } from '#lib/server/comments/preview.ts';
import * as listing from '#lib/server/comments/listing.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { withTexts } from '#lib/server/comments/texts.ts';
import * as threads from '#lib/server/comments/threads.ts';
import { accounts } from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { quoteMarkdown } from '#lib/server/quotes/quoting.ts';
import { WITHDRAWN } from '#lib/server/quotes/withdrawn.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { quotesIn, quotesOf } from '../support/quotes.ts';

const gone = { said: null, match: 'exact', from: null, words: 'withdrawn' };

let room: Newsroom;
let secret: string;
let secrets = 0;
let page: Written;
let elsewhere: Written;
let ann: Member;
let source: string;
let quoting: string;
let shown: { said: string; match: 'exact'; from: string; words: string };

beforeAll(async () => {
	room = await newsroom();
	ann = await member(room.db, 'reader', 'Ann Lee');
	elsewhere = await article(room.db);
});
beforeEach(async () => {
	secret = `Xylophone ${++secrets}`;
	page = await article(room.db);
	source = await say(room.db, ann, page, `${secret} is a crime.`);
	quoting = await say(room.db, room.reader, elsewhere, quote(secret));
	shown = { said: 'Ann Lee', match: 'exact', from: source, words: secret };
});

function quote(words: string, id = source): string {
	return `> [Ann Lee said,](/c/${id})\n> ${words}\n\nReally?`;
}

function remove(): Promise<void> {
	return decide.remove(room.db, room.moderator, { id: source, reason: 'Libel' });
}

function set(state: 'open' | 'hidden'): Promise<void> {
	return commenting.set(room.db, room.moderator, page.slug, { state });
}

function publish(published: boolean): Promise<unknown> {
	return write.edit(room.db, room.editor, page.slug, { published });
}

test.each<[string, () => Promise<unknown>, (() => Promise<unknown>) | null]>([
	[
		'removed',
		remove,
		() => decide.restore(room.db, room.moderator, { id: source, reason: 'A mistake' })
	],
	['deleted by its author', () => removeOwn(room.db, ann, source), null],
	['of a hidden discussion', () => set('hidden'), () => set('open')],
	['on an article taken back', () => publish(false), () => publish(true)]
])('what is %s is withdrawn from whoever quotes it', async (_what, withdraw, giveBack) => {
	expect(await quotesOf(room.db, quoting)).toEqual([shown]);
	await withdraw();
	expect(await quotesOf(room.db, quoting)).toEqual([gone]);
	await giveBack?.();
	expect(await quotesOf(room.db, quoting)).toEqual([giveBack ? shown : gone]);
});

test('staff read nothing more in a quote than everyone else', async () => {
	await remove();
	expect(await quotesOf(room.db, quoting, room.admin)).toEqual([gone]);
});

test('the words are in no view of the comment that quotes them', async () => {
	await edit(room.db, room.reader, { id: quoting, body: quote(`${secret} is`) });
	await remove();
	const { db, reader } = room;
	const discussion = await listing.articleOf(db, reader, elsewhere.slug);
	const view = await comments.read(db, reader, quoting);
	const views = JSON.stringify([
		view,
		await comments.markdown(db, reader, quoting),
		await comments.byPerson(db, reader, reader.accountId),
		await threads.page(db, reader, discussion, { sort: 'oldest' }),
		await history(db, reader, quoting),
		await withTexts(db.read, [view]),
		await quoteMarkdown(db, reader, quoting)
	]);
	expect(views).not.toContain(secret);
	expect(views).toContain(WITHDRAWN);
	expect(views).toContain('Really?');
});

test('a quote within a quote is withdrawn alone', async () => {
	const body = `> [x said,](/c/${quoting})\n> > [Ann Lee said,](/c/${source})\n> > ${secret}\n>\n> Really?`;
	const outer = await say(room.db, room.other, page, body);
	await remove();
	expect(await quotesOf(room.db, outer)).toEqual([
		{ said: 'Rhoda Peel', match: 'exact', from: quoting, words: 'Really?', within: [gone] }
	]);
});

test('a quote is withdrawn with the quote around it, though its own source stays', async () => {
	const body = `> [x said,](/c/${quoting})\n> > [Ann Lee said,](/c/${source})\n> > ${secret}\n>\n> Really?`;
	const outer = await say(room.db, room.other, page, body);
	await removeOwn(room.db, room.reader, quoting);
	expect(await quotesOf(room.db, outer)).toEqual([gone]);
});

test('a preview withholds what was taken down while it was being written about', async () => {
	await remove();
	const input = { article: elsewhere.slug, body: quote(secret) };
	const blocks = await preview(room.db, room.reader, input);
	expect(quotesIn(blocks)).toEqual([{ ...gone, match: 'altered' }]);
});

test('a source that was edited is quoted from an earlier version', async () => {
	await edit(room.db, ann, { id: source, body: 'I said nothing.' });
	const { blocks } = await comments.read(room.db, room.other, quoting);
	expect(blocks?.[0]).toMatchObject({
		quote: { earlierVersion: true, match: 'exact', withdrawn: false, sourceUrl: `/c/${source}` }
	});
	expect(await quotesOf(room.db, quoting)).toEqual([shown]);
});

describe('an article', () => {
	const words = 'Nobody spoke against the plan';
	const body = () => `> [The article said,](/articles/${page.slug})\n> ${words}`;

	test('that was edited is quoted from an earlier version', async () => {
		const id = await say(room.db, room.reader, elsewhere, body());
		await write.edit(room.db, room.editor, page.slug, { body: 'Everybody did.' });
		const { blocks } = await comments.read(room.db, room.other, id);
		expect(blocks?.[0]).toMatchObject({ quote: { earlierVersion: true, match: 'exact' } });
	});

	test('that was taken back takes its words along; a hidden discussion does not', async () => {
		const id = await say(room.db, room.reader, elsewhere, body());
		await set('hidden');
		expect((await quotesOf(room.db, id))[0].words).toBe(words);
		await publish(false);
		expect(await quotesOf(room.db, id)).toEqual([gone]);
	});
});

test('the name follows the account', async () => {
	const person = await member(room.db, 'reader', 'Miss Quick');
	const said = await say(room.db, person, page, 'I am getting married.');
	const id = await say(room.db, room.other, page, quote('I am getting married.', said));
	await room.db.write((tx) =>
		tx.update(accounts).set({ name: 'Mrs Slow' }).where(eq(accounts.id, person.accountId))
	);
	expect((await quotesOf(room.db, id))[0].said).toBe('Mrs Slow');
	expect(await comments.markdown(room.db, room.other, id)).toContain(
		`[Mrs Slow said,](/c/${said})`
	);
});
