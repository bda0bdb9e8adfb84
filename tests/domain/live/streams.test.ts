import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guest, type Actor } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { config } from '#lib/server/config.ts';
import * as changes from '#lib/server/live/changes.ts';
import { end, heard, openStreams, watcherOf } from '#lib/server/live/live.ts';
import { nameOf, read, type Moment } from '#lib/server/live/moment.ts';
import { readable } from '#lib/server/live/source.ts';
import { open } from '#lib/server/live/streams.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome } from '../support/refusals.ts';
import { told } from '../support/told.ts';

let room: Newsroom;
let page: Written;
const readers: Reader[] = [];

beforeAll(async () => {
	room = await newsroom();
	room.db = heard(room.db);
});
beforeEach(async () => {
	page = await article(room.db);
});
afterEach(async () => {
	config().rateLimits = false;
	await Promise.all(readers.splice(0).map((reader) => reader.leave()));
	expect(openStreams().size).toBe(0);
	expect(watcherOf(room.db).size).toBe(0);
});

interface Reader {
	/** Reads until the text matches; gives all that came. */
	until(pattern: RegExp): Promise<string>;
	leave(): Promise<void>;
}

function listen(since: Moment | null = null, actor: Actor = guest('192.0.2.1')): Reader {
	const source = readable(open(room.db, actor, { articleId: page.id, since })).getReader();
	let text = '';
	const reader = {
		async until(pattern: RegExp) {
			while (!pattern.test(text)) {
				const { value, done } = await source.read();
				if (done) throw new Error(`ended after: ${text}`);
				text += new TextDecoder().decode(value);
			}
			return text;
		},
		leave: () => source.cancel()
	};
	readers.push(reader);
	return reader;
}

async function moment(): Promise<Moment> {
	const [{ revision, history }] = await changes.watched(room.db, [page.id]);
	return { revision, history };
}

test('a stream says when to come back, how things stand, and then what changes', async () => {
	const reader = listen();
	const text = await reader.until(/commenting/);
	expect(text).toMatch(
		/^retry: [23]\d{3}\n\nevent: commenting\ndata: {"state":"open","notice":"[\w-]{8}"}\n\n/
	);
	const id = await say(room.db, room.reader, page, 'Hear, hear.');
	// Nobody looks here but whom a write of this process wakes.
	const all = await reader.until(new RegExp(id));
	expect(/^id: (.*)\nevent: comments$/m.exec(all)?.[1]).toBe(nameOf(await moment()));
});

test('what changed since the page was made comes first', async () => {
	const since = await moment();
	const id = await say(room.db, room.reader, page, 'While you were away.');
	await listen(since).until(new RegExp(id));
	expect(await listen(await moment()).until(/commenting.*\n.*\n/)).not.toContain(id);
});

test('what changed in a hidden discussion is for staff only', async () => {
	const since = await moment();
	const id = await say(room.db, room.reader, page, 'Not for everybody.');
	await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' });
	await listen(since, room.moderator).until(new RegExp(id));
	expect(await listen(since).until(/hidden.*\n/)).not.toContain(id);
});

describe('a page that shows what may never have been there', () => {
	const RESET = /^id: (.*)\nevent: reset$/m;

	test.each([
		['of another past', (here: Moment) => ({ ...here, history: here.history! + 1 })],
		['of an earlier revision of another past', () => ({ revision: 0, history: 7 })],
		['ahead of the database', (here: Moment) => ({ ...here, revision: here.revision + 1 })]
	])('is to be read again, once: %s', async (_, of) => {
		await say(room.db, room.reader, page, 'As it is now.');
		const here = await moment();
		const text = await told(room.db, page.id, nameOf(of(here)));
		expect(text).not.toContain('event: comments');
		const [, id] = RESET.exec(text)!;
		expect(read(id)).toEqual(here);
		expect(await told(room.db, page.id, id)).not.toMatch(RESET);
	});

	test('is told nothing of a discussion that it may not show', async () => {
		await commenting.set(room.db, room.moderator, page.slug, { state: 'hidden' });
		expect(await told(room.db, page.id, '1-z')).not.toMatch(RESET);
	});

	test('is not one that does not say of which past it is', async () => {
		const id = await say(room.db, room.reader, page, 'Since then.');
		const text = await told(room.db, page.id, '1');
		expect(text).not.toMatch(RESET);
		await listen({ revision: 1, history: null }).until(new RegExp(id));
	});
});

test('a page names the moment from which its stream goes on', async () => {
	await say(room.db, room.reader, page, 'Before.');
	const view = await articles.read(room.db, guest(), page.slug);
	expect(view.moment).toBe(nameOf(await moment()));
});

describe('listeners', () => {
	test('are gone when they leave, and none is there before somebody reads', async () => {
		const unread = readable(open(room.db, guest(), { articleId: page.id, since: null }));
		expect(watcherOf(room.db).size).toBe(0);
		await unread.cancel();
		const reader = listen();
		await reader.until(/commenting/);
		expect(watcherOf(room.db).size).toBe(1);
		expect([...openStreams()]).toEqual([['192.0.2.1', 1]]);
	});

	test('of one network are so many and no more, of another there is room', async () => {
		config().rateLimits = true;
		const many = Array.from({ length: 60 }, () => listen());
		await Promise.all(many.map((reader) => reader.until(/commenting/)));
		const opened = async (address: string) => listen(null, guest(address)).until(/commenting/);
		const once = (address: string) => outcome(opened(address));
		expect(await once('192.0.2.1')).toBe('429 too-many');
		expect(await once('192.0.2.2')).toBe('done');
		await many[0].leave();
		expect(await once('192.0.2.1')).toBe('done');
	});

	test('who do not read are ended instead of waited for', async () => {
		const sent: string[] = [];
		let isEnded = false;
		const sink = {
			waiting: 0,
			write: (event: Uint8Array) => void sent.push(new TextDecoder().decode(event)),
			end: () => void (isEnded = true)
		};
		const stop = open(room.db, guest(), { articleId: page.id, since: null })(sink);
		await expect.poll(() => sent.join('')).toContain('commenting');
		const told = sent.length;
		sink.waiting = 100_000;
		await commenting.set(room.db, room.moderator, page.slug, { state: 'disabled' });
		await watcherOf(room.db).look();
		expect([isEnded, sent.length]).toEqual([true, told]);
		expect(watcherOf(room.db).size).toBe(0);
		stop();
		expect(openStreams().size).toBe(0);
	});
});

// The last of the file: the process listens to nobody any more.
test('when the server ends, streams end and none begins', async () => {
	const reader = listen();
	await reader.until(/commenting/);
	end();
	await expect(reader.until(/never/)).rejects.toThrow('ended after');
	const again = async () => listen().until(/commenting/);
	expect(await outcome(again())).toBe('503 busy');
});
