import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import * as roles from '#lib/server/accounts/roles.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import * as votes from '#lib/server/comments/votes.ts';
import { accounts, articles } from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as site from '#lib/server/site/site.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome } from '../support/refusals.ts';

let room: Newsroom;
/** Where the comment stands, where it is quoted, and where nothing happens. */
let page: Written;
let quoting: Written;
let bystander: Written;
let author: Member;
let comment: string;

beforeAll(async () => {
	room = await newsroom();
	bystander = await article(room.db);
});
beforeEach(async () => {
	author = await member(room.db);
	page = await article(room.db);
	quoting = await article(room.db);
	comment = await say(room.db, author, page, 'The pier is old.');
	await say(room.db, room.other, quoting, `> [x said,](/c/${comment})\n> The pier`);
});

interface Revisions {
	page: number;
	quoting: number;
	bystander: number;
	author: number;
	site: number;
}
type Place = keyof Revisions;

async function articleAt({ id }: Written): Promise<number> {
	const [row] = await room.db.read.select().from(articles).where(eq(articles.id, id));
	return row.revision;
}

async function revisions(): Promise<Revisions> {
	const [row] = await room.db.read.select().from(accounts).where(eq(accounts.id, author.accountId));
	return {
		page: await articleAt(page),
		quoting: await articleAt(quoting),
		bystander: await articleAt(bystander),
		author: row.revision,
		site: (await site.current(room.db)).revision
	};
}

/** Which revisions something raises. None ever falls. */
async function raised(act: () => Promise<unknown>): Promise<Place[]> {
	const before = await revisions();
	await act();
	const after = await revisions();
	const places = Object.keys(before) as Place[];
	for (const place of places) expect(after[place]).toBeGreaterThanOrEqual(before[place]);
	return places.filter((place) => after[place] > before[place]);
}

const why = () => ({ id: comment, reason: 'Because' });
const set = (state: 'open' | 'premoderated' | 'disabled' | 'hidden') =>
	commenting.set(room.db, room.moderator, page.slug, { state });
const change = (input: write.ArticleChange) => write.edit(room.db, room.editor, page.slug, input);

type Act = [
	name: string,
	act: () => Promise<unknown>,
	raises: Place[],
	before?: () => Promise<unknown>
];

async function waiting(): Promise<void> {
	await set('premoderated');
	comment = await say(room.db, author, page, 'Waits');
}

const ACTS: Act[] = [
	['a post', () => say(room.db, author, page, 'Hello'), ['page', 'author']],
	['a reply', () => say(room.db, author, page, 'Hello', comment), ['page', 'author']],
	[
		'an edit',
		() => edit(room.db, author, { id: comment, body: 'New' }),
		['page', 'quoting', 'author']
	],
	['a deletion', () => removeOwn(room.db, author, comment), ['page', 'quoting', 'author']],
	['a vote', () => votes.cast(room.db, room.other, comment), ['page']],
	[
		'a vote taken back',
		() => votes.withdraw(room.db, room.other, comment),
		['page'],
		() => votes.cast(room.db, room.other, comment)
	],
	['a removal', () => decide.remove(room.db, room.moderator, why()), ['page', 'quoting', 'author']],
	[
		'a restoration',
		() => decide.restore(room.db, room.moderator, why()),
		['page', 'quoting', 'author'],
		() => decide.remove(room.db, room.moderator, why())
	],
	[
		'an approval',
		() => decide.approve(room.db, room.moderator, why()),
		['page', 'author'],
		waiting
	],
	['commenting disabled', () => set('disabled'), ['page']],
	['commenting premoderated', () => set('premoderated'), ['page']],
	['comments hidden', () => set('hidden'), ['page', 'site']],
	['comments shown again', () => set('open'), ['page', 'site'], () => set('hidden')],
	['an article edited', () => change({ title: 'New' }), ['page', 'site']],
	['an article taken back', () => change({ published: false }), ['page', 'site']],
	['an article written', () => article(room.db), ['site']],
	[
		'a byline written',
		() => bylines.save(room.db, room.editor, { name: 'Ann', role: '', bio: '' }),
		['site']
	],
	[
		'a role given',
		() => roles.give(room.db, room.admin, { name: author.name, role: 'moderator' }),
		['author', 'site']
	]
];

test.each(ACTS)('%s', async (_name, act, raises, before) => {
	await before?.();
	expect((await raised(act)).toSorted()).toEqual(raises.toSorted());
});

describe('nothing is raised by', () => {
	test.each<[string, () => Promise<unknown>, (() => Promise<unknown>)?]>([
		['a post that waits', () => say(room.db, author, page, 'Waits'), () => set('premoderated')],
		[
			'the same words again',
			() => edit(room.db, author, { id: comment, body: 'The pier is old.' })
		],
		[
			'a second vote',
			() => votes.cast(room.db, room.other, comment),
			() => votes.cast(room.db, room.other, comment)
		],
		['no vote taken back', () => votes.withdraw(room.db, room.other, comment)],
		['a rejection', () => decide.reject(room.db, room.moderator, why()), waiting],
		['a deletion of what waits', () => removeOwn(room.db, author, comment), waiting],
		['an edit of what waits', () => edit(room.db, author, { id: comment, body: 'x' }), waiting],
		['a decision refused', () => outcome(decide.restore(room.db, room.moderator, why()))],
		['a post refused', () => outcome(say(room.db, author, page, 'x'.repeat(10_001)))],
		['an edit refused', () => outcome(change({ title: '', version: 1 }))],
		[
			'a role that one has',
			() => roles.give(room.db, room.admin, { name: author.name, role: 'reader' })
		]
	])('%s', async (_name, act, before) => {
		await before?.();
		expect(await raised(act)).toEqual([]);
	});
});

test('what is quoted in very many articles raises the site instead', async () => {
	const pages = await Promise.all(Array.from({ length: 201 }, () => article(room.db)));
	for (const other of pages) {
		await say(room.db, room.other, other, `> [x said,](/c/${comment})\n> The pier`);
	}
	const places = await raised(() => decide.remove(room.db, room.moderator, why()));
	expect(places).toEqual(['page', 'author', 'site']);
});
