import { and, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import { arrange, forEditing, type Arrangement } from '#lib/server/articles/discussion.ts';
import { ALWAYS } from '#lib/server/articles/opening-hours.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { actions, categories } from '#lib/server/database/schema.ts';
import { article, member, newsroom, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcome } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
});

const set = (change: Partial<Arrangement>, who = room.editor) =>
	arrange(room.db, who, page.slug, change);
const view = () => articles.read(room.db, guest(), page.slug);

function logged() {
	return room.db.read
		.select()
		.from(actions)
		.where(and(eq(actions.articleId, page.id), eq(actions.kind, 'article.discussion')));
}

const ALL: Arrangement = {
	...{ slowMode: 'fixed', slowSeconds: 120, closeAfterDays: 14, closeAfterSilentDays: 0 },
	...{ openHours: ALWAYS, message: 'Be *kind*.', authorHere: false, staffMaySpeak: true }
};

describe('what is arranged', () => {
	test('is shown, kept and logged, once', async () => {
		const { revision } = await view();
		await set(ALL);
		await set(ALL);
		const { discussion, ...after } = await view();
		expect(discussion).toEqual({
			...{ slowMode: 'fixed', slowSeconds: 120, messageHtml: '<p>Be <em>kind</em>.</p>\n' },
			...{ authorHere: false, staffMaySpeak: true, hasPicks: false }
		});
		expect(after.revision).toBe(revision + 1);
		expect(await forEditing(room.db, room.editor, page.slug)).toMatchObject(ALL);
		expect(await logged()).toMatchObject([
			{
				actorId: room.editor.accountId,
				details: {
					...{ slowMode: 'fixed', slowSeconds: '120', closeAfterDays: '14' },
					...{ closeAfterSilentDays: '0', openHours: JSON.stringify(ALWAYS) },
					...{ message: 'Be *kind*.', staffMaySpeak: 'true' }
				}
			}
		]);
	});

	test('stays as it is where nothing is said', async () => {
		await set(ALL);
		await set({ message: '' });
		await set({ closeAfterDays: null, openHours: null });
		expect(await forEditing(room.db, room.editor, page.slug)).toMatchObject({
			...{ ...ALL, message: '', closeAfterDays: null, openHours: null }
		});
		expect((await view()).discussion.messageHtml).toBe('');
		expect((await logged()).map(({ details }) => details).slice(1)).toEqual([
			{ message: '' },
			{ closeAfterDays: null, openHours: null }
		]);
	});

	test('has another name when it changed', async () => {
		const names = [(await view()).notice];
		for (const change of [{ slowMode: 'fixed', slowSeconds: 60 }, { message: 'Hello' }] as const) {
			await set(change);
			names.push((await view()).notice);
		}
		expect(new Set(names).size).toBe(3);
	});

	test.each<[string, Partial<Arrangement>, string]>([
		['a slow mode without seconds', { slowMode: 'fixed' }, 'slowSeconds'],
		['a second', { slowMode: 'fixed', slowSeconds: 1 }, 'slowSeconds'],
		['two days', { slowMode: 'growing', slowSeconds: 172_800 }, 'slowSeconds'],
		['half seconds', { slowMode: 'fixed', slowSeconds: 7.5 }, 'slowSeconds'],
		['another mode', { slowMode: 'slower' as 'off' }, 'slowMode'],
		['days that are over', { closeAfterDays: -1 }, 'closeAfterDays'],
		['a hundred years', { closeAfterSilentDays: 36_500 }, 'closeAfterSilentDays'],
		['hours nowhere', { openHours: { ...ALWAYS, zone: 'Atlantis' } }, 'openHours'],
		['an essay', { message: 'x'.repeat(2001) }, 'message'],
		['an author who has no account', { authorHere: true }, 'authorHere']
	])('is not %s', async (_what, change, field) => {
		await expect(set(change)).rejects.toMatchObject({ status: 422, details: { field } });
		expect(await logged()).toEqual([]);
	});
});

describe('who arranges', () => {
	const slow = { slowMode: 'growing', slowSeconds: 30 } as const;

	test.each([
		['reader', '403 forbidden', '403 forbidden'],
		['moderator', 'done', '403 forbidden'],
		['editor', 'done', 'done'],
		['admin', 'done', 'done']
	] as const)('a %s: slow mode %s, the rest %s', async (role, slowly, rest) => {
		expect(await outcome(set(slow, room[role]))).toBe(slowly);
		expect(await outcome(set({ ...slow, staffMaySpeak: true }, room[role]))).toBe(rest);
		expect(await outcome(forEditing(room.db, room[role], page.slug))).toBe(slowly);
	});

	test('nobody without an account, and nobody where nothing is', async () => {
		await expectRefusal(arrange(room.db, guest(), page.slug, slow), 401);
		await expectRefusal(arrange(room.db, room.editor, 'nothing-here', slow), 404);
		const draft = await article(room.db, { published: false });
		await expectRefusal(arrange(room.db, room.moderator, draft.slug, slow), 404);
	});

	test('a moderator of other categories does not', async () => {
		page = await article(room.db, { category: 'Harbour' });
		const [{ id }] = await room.db.read.select({ id: categories.id }).from(categories);
		const limited = { ...(await member(room.db, 'moderator')), moderates: ['elsewhere'] };
		await expectRefusal(set(slow, limited), 403);
		await expectRefusal(forEditing(room.db, limited, page.slug), 403);
		await set(slow, { ...limited, moderates: [id] });
	});
});

test('the author is here where the byline is somebody’s', async () => {
	const { slug } = await bylines.save(room.db, room.editor, {
		...{ name: 'Rhoda Peel', role: '', bio: '', account: room.reader.name }
	});
	page = await article(room.db, { byline: slug });
	await set({ authorHere: true });
	expect((await view()).discussion.authorHere).toBe(true);
	expect((await forEditing(room.db, room.editor, page.slug)).author).toBe('Rhoda Peel');
});
