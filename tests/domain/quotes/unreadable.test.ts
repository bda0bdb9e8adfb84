import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { quotesOf, type Shown } from '../support/quotes.ts';

const WORDS = 'The pier was *never* closed. We’d have known.';

let room: Newsroom;
let page: Written;
let ann: Member;
let source: string;

beforeAll(async () => {
	room = await newsroom();
	ann = await member(room.db, 'reader', 'Ann Lee');
});
beforeEach(async () => {
	page = await article(room.db);
	source = await say(room.db, ann, page, WORDS);
});

/** Posts a body, in which SOURCE stands for the source's id, and gives its quotes. */
async function quoted(body: string, on: Written = page): Promise<Shown[]> {
	const id = await say(room.db, room.reader, on, body.replaceAll('SOURCE', source));
	return quotesOf(room.db, id);
}

describe('what may not be read', () => {
	const hide: Record<string, () => Promise<unknown>> = {
		'a pending comment': async () => {
			await commenting.set(room.db, room.moderator, page.slug, { state: 'premoderated' });
			source = await say(room.db, ann, page, 'Only the moderators know.');
			await commenting.set(room.db, room.moderator, page.slug, { state: 'open' });
		},
		'a rejected comment': async () => {
			await hide['a pending comment']();
			await decide.reject(room.db, room.moderator, { id: source, reason: 'Rude' });
		},
		'a comment of a hidden discussion': async () => {
			source = await say(room.db, ann, page, 'Only the moderators know.');
			await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' });
			page = await article(room.db);
		},
		'a comment on an article taken back': async () => {
			source = await say(room.db, ann, page, 'Only the moderators know.');
			await write.edit(room.db, room.editor, page.slug, { published: false });
			page = await article(room.db);
		}
	};
	const ways = ['> [Ann Lee said,](/c/SOURCE)', '> Ann Lee said,', '>'];

	test.each(Object.keys(hide).flatMap((what) => ways.map((way) => [what, way])))(
		'%s is no source for %j',
		async (what, way) => {
			await hide[what]();
			const [quote] = await quoted(`${way}\n> Only the moderators know.`);
			expect(quote.from).not.toBe(source);
			expect(quote.match).not.toBe('exact');
		}
	);

	test.each(['> Ann Lee said,', '>'])('a removed comment is no source for %j', async (way) => {
		await decide.remove(room.db, room.moderator, { id: source, reason: 'Rude' });
		const [quote] = await quoted(`${way}\n> The pier was never closed.`);
		expect(quote).toMatchObject({ match: 'unresolved', from: null });
	});

	test.each(['The pier was never closed.', 'Words it never had.'])(
		'what is quoted from a removed comment goes with it, whatever it is: %s',
		async (words) => {
			await decide.remove(room.db, room.moderator, { id: source, reason: 'Rude' });
			expect(await quoted(`> [Ann Lee said,](/c/SOURCE)\n> ${words}`)).toEqual([
				{ said: null, match: 'altered', from: null, words: 'withdrawn' }
			]);
		}
	);
});
