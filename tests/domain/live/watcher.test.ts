import {
	afterAll,
	afterEach,
	beforeAll,
	beforeEach,
	describe,
	expect,
	inject,
	test,
	vi
} from 'vitest';
import { eq } from 'drizzle-orm';
import * as articles from '#lib/server/articles/articles.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import { arrange } from '#lib/server/articles/discussion.ts';
import { edit as editArticle, type Written } from '#lib/server/articles/write.ts';
import { now, shift } from '#lib/server/clock.ts';
import { edit } from '#lib/server/comments/edit.ts';
import * as votes from '#lib/server/comments/votes.ts';
import type { Database, Read } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import { withClient } from '#lib/server/database/postgres-client.ts';
import { comments } from '#lib/server/database/schema.ts';
import * as changes from '#lib/server/live/changes.ts';
import { nameOf } from '#lib/server/live/moment.ts';
import { Watcher, type Listener } from '#lib/server/live/watcher.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { report } from '#lib/server/moderation/reports.ts';
import { endListening } from '../database/support/listening.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { article, newsroom, say, type Newsroom } from '../support/newsroom.ts';

let room: Newsroom;
let page: Written;
let watcher: Watcher;
let queries: number;
const stops: (() => void)[] = [];

/** The database, counting what is asked. */
function counting(read: Read): Read {
	return {
		...read,
		select: ((...args: []) => {
			queries += 1;
			return read.select(...args);
		}) as Read['select']
	};
}

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
	queries = 0;
	watcher = new Watcher({ ...room.db, read: counting(room.db.read), hearing: null });
});
afterEach(() => {
	shift(0);
	for (const stop of stops.splice(0)) stop();
	expect(watcher.size).toBe(0);
});

interface Ear {
	heard: string[];
	chunks: Uint8Array[];
	ended: boolean;
}

/** Somebody who listens to an article, and what they heard. */
async function listen(
	who: Partial<Listener> = {},
	known?: changes.WatchedArticle
): Promise<Ear & { stop: () => void }> {
	const [row] = await changes.watched(room.db, [page.id]);
	const ear: Ear = { heard: [], chunks: [], ended: false };
	const listener: Listener = {
		...{ since: 0, seesDrafts: false, seesHidden: false, endsAt: Infinity },
		...who,
		send(chunk) {
			ear.chunks.push(chunk);
			ear.heard.push(new TextDecoder().decode(chunk));
		},
		end() {
			ear.ended = true;
			stop();
		}
	};
	const { stop } = watcher.watch(known ?? row, listener);
	stops.push(stop);
	return Object.assign(ear, { stop });
}

/** The data of the events of one name. */
function data(ear: Ear, name: string): unknown[] {
	return ear.heard
		.filter((text) => text.includes(`event: ${name}\n`))
		.map((text) => JSON.parse(/^data: (.*)$/m.exec(text)![1]) as unknown);
}

const why = (id: string) => ({ id, reason: 'Because' });
const set = (state: 'open' | 'premoderated' | 'disabled' | 'hidden', until?: Date) =>
	commenting.set(room.db, room.moderator, page.slug, { state, until });

test('a thousand listeners are told the same bytes, by two queries', async () => {
	// On a busy machine it would look by the clock meanwhile, and that be counted.
	vi.useFakeTimers({ toFake: ['setInterval'] });
	const ears = await Promise.all(Array.from({ length: 1000 }, () => listen()));
	vi.useRealTimers();
	expect(watcher.size).toBe(1000);
	const id = await say(room.db, room.reader, page, 'Hear, hear.');
	await watcher.look();
	expect(queries).toBe(2);
	const [{ chunks }] = ears;
	expect(chunks).toHaveLength(1);
	for (const ear of ears) expect(ear.chunks).toEqual(chunks);
	expect(ears.every((ear) => ear.chunks[0] === chunks[0])).toBe(true);
	expect(data(ears[0], 'comments')).toEqual([
		{
			count: 1,
			items: [
				{
					id,
					root: id,
					parent: null,
					status: 'published',
					revision: 1,
					folded: false,
					picked: false,
					isNew: true
				}
			]
		}
	]);
});

test('many articles are looked at by one query, and nothing is sent where nothing changed', async () => {
	const first = await listen();
	page = await article(room.db);
	const second = await listen();
	await watcher.look();
	expect(queries).toBe(1);
	expect([...first.heard, ...second.heard]).toEqual([]);
});

test('edits, removals and restorations are told, and what waits is not', async () => {
	const id = await say(room.db, room.reader, page, 'The pier is old.');
	const ear = await listen();
	await edit(room.db, room.reader, { id, body: 'The pier is very old.' });
	await watcher.look();
	await decide.remove(room.db, room.moderator, why(id));
	await watcher.look();
	await decide.restore(room.db, room.moderator, why(id));
	await votes.cast(room.db, room.other, id);
	await watcher.look();
	const place = {
		id,
		root: id,
		parent: null,
		revision: 2,
		folded: false,
		picked: false,
		isNew: false
	};
	expect(data(ear, 'comments')).toEqual([
		{ count: 1, items: [{ ...place, status: 'published' }] },
		{ count: 0, items: [{ ...place, status: 'removed' }] },
		{ count: 1, items: [{ ...place, status: 'published' }] }
	]);
	await set('premoderated');
	const held = await say(room.db, room.reader, page, 'Held.');
	const refused = await say(room.db, room.reader, page, 'Refused.');
	await decide.reject(room.db, room.moderator, why(refused));
	await watcher.look();
	expect(ear.heard.join('')).not.toMatch(new RegExp(`${held}|${refused}`));
	await decide.approve(room.db, room.moderator, why(held));
	await watcher.look();
	expect(data(ear, 'comments').at(-1)).toMatchObject({ items: [{ id: held, isNew: true }] });
});

test('what is folded and unfolded is told, and is not new', async () => {
	const id = await say(room.db, room.reader, page, 'Too loud.');
	const ear = await listen();
	await report(room.db, room.editor, { id, reason: 'abuse' });
	await watcher.look();
	const folded = { id, status: 'published', folded: true, isNew: false };
	expect(data(ear, 'comments')).toMatchObject([{ count: 1, items: [folded] }]);
	await decide.keep(room.db, room.moderator, why(id));
	await watcher.look();
	expect(data(ear, 'comments').at(-1)).toMatchObject({ items: [{ id, folded: false }] });
});

test('the comment state is told, also when it changes by the clock', async () => {
	const reader = await listen();
	await set('disabled', new Date(Date.now() + 60_000));
	await watcher.look();
	shift(61_000);
	await watcher.look();
	expect(data(reader, 'commenting')).toMatchObject([{ state: 'disabled' }, { state: 'open' }]);
});

test('what stands above a discussion is told when it changes, and as its page names it', async () => {
	const ear = await listen();
	await arrange(room.db, room.editor, page.slug, { message: 'Be kind.' });
	await watcher.look();
	await commenting.set(room.db, room.moderator, page.slug, { state: 'open', note: 'Welcome.' });
	await watcher.look();
	await watcher.look();
	const told = data(ear, 'commenting') as { state: string; notice: string }[];
	expect(told.map(({ state }) => state)).toEqual(['open', 'open']);
	expect(told[0].notice).not.toBe(told[1].notice);
	const view = await articles.read(room.db, room.reader, page.slug);
	expect(view.notice).toBe(told[1].notice);
});

test('while a discussion is hidden only staff hear of its comments', async () => {
	const reader = await listen();
	const moderator = await listen({ seesHidden: true });
	const id = await say(room.db, room.reader, page, 'Said before.');
	await set('hidden');
	await watcher.look();
	await decide.remove(room.db, room.moderator, why(id));
	await watcher.look();
	expect(data(moderator, 'comments')).toHaveLength(2);
	expect(data(reader, 'comments')).toEqual([]);
	expect(data(reader, 'commenting')).toMatchObject([{ state: 'hidden' }]);
	expect(reader.heard.join('')).not.toContain(id);
});

test('when an article becomes a draft, its readers are told and ended', async () => {
	const reader = await listen();
	const editor = await listen({ seesDrafts: true });
	await editArticle(room.db, room.editor, page.slug, { published: false });
	await watcher.look();
	expect([data(reader, 'gone').length, reader.ended]).toEqual([1, true]);
	expect([data(editor, 'gone').length, editor.ended]).toEqual([0, false]);
	expect(watcher.size).toBe(1);
});

test('whoever comes between two looks hears of neither too little nor too much', async () => {
	const early = await listen();
	const [before] = await changes.watched(room.db, [page.id]);
	const first = await say(room.db, room.reader, page, 'One.');
	// Comes after the first, before anybody was told of it.
	const middle = await listen();
	const second = await say(room.db, room.reader, page, 'Two.');
	await watcher.look();
	// Has read the article before both, but others were told already.
	const slow: Listener = { ...({} as Listener), since: 0, send: () => {}, end: () => {} };
	const { stop } = watcher.watch(before, slow);
	stop();
	const ids = (ear: Ear) =>
		data(ear, 'comments').flatMap((event) =>
			(event as { items: { id: string }[] }).items.map((item) => item.id)
		);
	expect(ids(early)).toEqual([first, second]);
	expect(ids(middle)).toEqual([second]);
	const [now] = await changes.watched(room.db, [page.id]);
	expect(slow.since).toBe(now.revision);
});

test('more changes than can be told are a reset', async () => {
	const ear = await listen();
	const one = await say(room.db, room.reader, page, 'One.');
	const [row] = await room.db.read.select().from(comments).where(eq(comments.id, one));
	const [{ revision }] = await changes.watched(room.db, [page.id]);
	await room.db.write(async (tx) => {
		const copies = Array.from({ length: changes.MOST_CHANGES }, (_, n) => {
			const id = `0${String(n).padStart(15, '0')}`;
			return { ...row, id, rootId: id, changedIn: revision, idempotencyKey: null };
		});
		await tx.insert(comments).values(copies);
	});
	await watcher.look();
	const id = nameOf({ revision, history: room.db.history() });
	expect(ear.heard).toEqual([`id: ${id}\nevent: reset\ndata: {}\n\n`]);
	const found = await changes.between(room.db.read, page.id, 0, revision);
	expect(found).toHaveLength(changes.MOST_CHANGES + 1);
});

test('once somebody comes by whom another past is known, everybody begins anew', async () => {
	let history = 1;
	watcher = new Watcher({ ...room.db, history: () => history, hearing: null });
	const before = await listen();
	const [read] = await changes.watched(room.db, [page.id]);
	history = 2;
	await say(room.db, room.reader, page, 'Of the one past or the other.');
	const since = await listen({}, { ...read, history });
	// Nor does it matter who knew first.
	const late = await listen({}, { ...read, history: 1 });
	await watcher.look();
	const [{ revision }] = await changes.watched(room.db, [page.id]);
	for (const { heard } of [before, since, late]) {
		expect(heard).toEqual([`id: ${nameOf({ revision, history })}\nevent: reset\ndata: {}\n\n`]);
	}
	await watcher.look();
	expect(since.heard).toHaveLength(1);
});

test('a database that does not answer loses nothing', async () => {
	let down = true;
	const flaky = {
		...room.db.read,
		select: ((...args: []) => {
			if (down) throw new Error('down');
			return room.db.read.select(...args);
		}) as Read['select']
	};
	watcher = new Watcher({ ...room.db, read: flaky, hearing: null });
	const ear = await listen();
	await say(room.db, room.reader, page, 'Meanwhile.');
	await watcher.look();
	expect(ear.heard).toEqual([]);
	down = false;
	await watcher.look();
	expect(data(ear, 'comments')).toHaveLength(1);
});

test('by itself it looks every second, and at once when it is poked', async () => {
	const ear = await listen();
	await say(room.db, room.reader, page, 'By the clock.');
	await expect.poll(() => ear.heard.length, { timeout: 20_000 }).toBe(1);
	await say(room.db, room.reader, page, 'By a poke.');
	watcher.poke();
	await expect.poll(() => ear.heard.length, { timeout: 20_000 }).toBe(2);
});

describe.runIf(inject('databases').dialect === 'postgres')('where the database tells', () => {
	let url: string;
	let db: Database;
	let told: Newsroom;

	beforeAll(async () => {
		url = await testDatabaseUrl();
		told = await newsroom(await open(url));
		db = await open(url, { listenUrl: url });
	});
	afterAll(() => Promise.all([db.close(), told.db.close()]));
	beforeEach(async () => {
		page = await article(told.db);
		await expect.poll(() => db.hearing!.isTrusted, { timeout: 60_000 }).toBe(true);
		// It never looks by the clock.
		vi.useFakeTimers({ toFake: ['setInterval'] });
		watcher = new Watcher({ ...db, read: counting(db.read) });
	});
	afterEach(() => void vi.useRealTimers());

	/** Somebody who listens on the process that hears, whom the first look has told nothing. */
	async function hear(): Promise<Ear> {
		const [row] = await changes.watched(db, [page.id]);
		const ear = await listen({}, row);
		await poll(() => queries).toBe(1);
		queries = 0;
		return ear;
	}

	// Sooner than all is looked at in any case.
	const poll = (what: () => unknown) => expect.poll(what, { timeout: 4000, interval: 2 });

	test('what another process writes is told at once, and only what changed is looked at', async () => {
		const ear = await hear();
		const elsewhere = await article(told.db);
		await say(told.db, told.reader, elsewhere, 'Nobody listens there.');
		const id = await say(told.db, told.reader, page, 'Over there.');
		await poll(() => ear.heard.join('')).toContain(id);
		expect(queries).toBe(2);
		await decide.remove(told.db, told.moderator, why(id));
		await poll(() => data(ear, 'comments')).toHaveLength(2);
	});

	test('what this process writes is told without waiting for that', async () => {
		const ear = await hear();
		const id = await say(db, told.reader, page, 'Over here.');
		await poll(() => ear.heard.join('')).toContain(id);
		watcher.poke();
		await say(told.db, told.reader, page, 'And there.');
		await poll(() => data(ear, 'comments')).toHaveLength(2);
	});

	test('what was written while somebody came is told', async () => {
		const [row] = await changes.watched(db, [page.id]);
		const id = await say(told.db, told.reader, page, 'In between.');
		await expect
			.poll(() => db.hearing!.stands(new Map([[page.id, row.revision]]), db.hearing!.version()!))
			.toBe(false);
		const ear = await listen({}, row);
		await poll(() => ear.heard.join('')).toContain(id);
	});

	test('what changes by the clock is told without anybody writing', async () => {
		const until = new Date(now().getTime() + 60_000);
		await commenting.set(told.db, told.moderator, page.slug, { state: 'disabled', until });
		const ear = await hear();
		shift(60_001);
		vi.advanceTimersByTime(1000);
		await poll(() => data(ear, 'commenting')).toMatchObject([{ state: 'open' }]);
		vi.advanceTimersByTime(20_000);
		expect(queries).toBe(1);
	});

	test('all is looked at when something may have been missed', async () => {
		const ear = await hear();
		const trigger = 'trigger tell_of_revision';
		const order = (statement: string) => withClient(url, (client) => client.query(statement));
		await order(`alter table articles disable ${trigger}`);
		const id = await say(told.db, told.reader, page, 'Nobody tells.');
		await order(`alter table articles enable ${trigger}`);
		expect(ear.heard).toEqual([]);
		await endListening(url);
		await poll(() => ear.heard.join('')).toContain(id);
	});
});
