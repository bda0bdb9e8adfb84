import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { digest } from '#lib/server/accounts/secrets.ts';
import { guest, type Actor } from '#lib/server/actor.ts';
import type { Written } from '#lib/server/articles/write.ts';
import * as write from '#lib/server/articles/write.ts';
import { shift } from '#lib/server/clock.ts';
import { problems } from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as own from '#lib/server/problems/own.ts';
import * as report from '#lib/server/problems/report.ts';
import type { ProblemInput } from '#lib/server/problems/report.ts';
import { passagesOf } from '#lib/server/text/passages.ts';
import { article, newsroom, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

const BODY = 'The council met on **Tuesday** evening.\n\nNobody spoke.\n\nNobody spoke.';
const [met, spoke, spokeAgain] = passagesOf(BODY).map(({ key }) => key);

let room: Newsroom;
let page: Written;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	shift(0);
	await room.db.write((tx) => tx.delete(problems));
	page = await article(room.db, { body: BODY });
});

const send = (actor: Actor, input: Partial<ProblemInput> = {}) =>
	report.send(room.db, actor, {
		article: page.slug,
		kind: 'wrong-fact',
		words: 'It met on Monday.',
		...input
	});
const rows = () => room.db.read.select().from(problems);

describe('a problem', () => {
	test('is kept with who says what of which version and passage', async () => {
		const passage = 'council met on Tuesday';
		const words = ' It was\u0000 Monday.\r\nI was there. ';
		const { id, secret } = await send(room.reader, {
			passage,
			words,
			version: 1,
			email: 'x@y.org'
		});
		expect(secret).toBeNull();
		expect(await rows()).toMatchObject([
			{
				...{ id, articleId: page.id, version: 1, passage, passageKey: met, kind: 'wrong-fact' },
				...{ words: 'It was Monday.\nI was there.', accountId: room.reader.accountId },
				...{ guestEmail: null, secretHash: null, status: 'received', decidedAt: null, answer: '' }
			}
		]);
	});

	test('is a guest’s as well, with an address to be answered at and a secret that is not kept', async () => {
		const { secret } = await send(guest('10.0.0.1'), { email: ' rhoda@example.org ' });
		expect(secret).toMatch(/^[\w-]{43}$/);
		expect(await rows()).toMatchObject([
			{ accountId: null, guestEmail: 'rhoda@example.org', secretHash: digest(secret!), passage: '' }
		]);
		expect(JSON.stringify(await rows())).not.toContain(secret);
	});

	test.each([
		['no-kind', { kind: '' }],
		['no-kind', { kind: 'constructor' }],
		['no-words', { words: ' \n' }],
		['too-long', { words: 'x'.repeat(2001) }],
		['too-long', { passage: 'x'.repeat(1001) }],
		['email', { email: 'not an address' }]
	])('is refused: %s', async (code, input) => {
		await expectRefusal(send(guest(), input), 422, code);
		expect(await rows()).toEqual([]);
	});

	test('is of an article that the sender may see, and nobody’s who is barred', async () => {
		const draft = await article(room.db, { published: false });
		await expectRefusal(send(guest(), { article: draft.slug }), 404);
		await expectRefusal(send(room.moderator, { article: draft.slug }), 404);
		await expectRefusal(report.forReporting(room.db, guest(), draft.slug, ''), 404);
		await expectRefusal(send(guest(), { article: 'nothing\0' }), 404);
		await send(room.editor, { article: draft.slug });
		const barred: Actor = { ...room.other, barred: { kind: 'banned', until: null } };
		await expectRefusal(send(barred), 403, 'banned');
		expect(await rows()).toHaveLength(1);
	});
});

describe('the passage', () => {
	const keyOf = async (input: Partial<ProblemInput>) => {
		await send(guest(), input);
		const all = await rows();
		return all[all.length - 1].passageKey;
	};

	test('is found where it stands, also where the words stand twice', async () => {
		expect(await keyOf({ passage: 'Nobody  “spoke”'.replace(/[“”]/g, '') })).toBe(spoke);
		expect(await keyOf({ passage: 'Nobody spoke.', passageKey: spokeAgain })).toBe(spokeAgain);
		expect(await keyOf({ passage: 'Nobody spoke.', passageKey: met })).toBe(spoke);
		expect(await keyOf({ passage: 'Tuesday evening. Nobody spoke.' })).toBe(met);
	});

	test('that the article does not have is plain words', async () => {
		expect(await keyOf({ passage: 'Everybody shouted.', passageKey: spoke })).toBeNull();
		expect(await keyOf({ passage: '', passageKey: spoke })).toBeNull();
		expect((await rows()).map((row) => row.passage)).toEqual(['Everybody shouted.', '']);
	});

	test('is looked for in the version that was seen', async () => {
		await write.edit(room.db, room.editor, page.slug, { body: 'The council met on Monday.' });
		expect(await keyOf({ passage: 'on Tuesday', version: 1 })).toBe(met);
		expect(await keyOf({ passage: 'on Tuesday', version: 2 })).toBeNull();
		expect(await keyOf({ passage: 'on Monday', version: 99 })).toBeNull();
		expect(await keyOf({ passage: 'on Monday', version: 2 ** 40 })).toBeNull();
		expect((await rows()).map((row) => row.version)).toEqual([1, 2, 2, 2]);
	});

	test('is offered by the key of its paragraph', async () => {
		const offered = async (key: string) =>
			(await report.forReporting(room.db, guest(), page.slug, key)).passage;
		expect(await offered(met)).toBe('The council met on Tuesday evening.');
		expect([await offered('0123456789ab'), await offered('')]).toEqual(['', '']);
	});
});

describe('sent twice', () => {
	test('by an account it is one, at once or within minutes', async () => {
		const all = await Promise.all(Array.from({ length: 8 }, () => send(room.reader)));
		expect(new Set(all.map(({ id }) => id)).size).toBe(1);
		await send(room.reader, { words: 'Something else.' });
		await send(room.other);
		expect(await rows()).toHaveLength(3);
		shift(11 * 60_000);
		await send(room.reader);
		expect(await rows()).toHaveLength(4);
	});

	test('with one form it is one; other words are not lost', async () => {
		const { secret } = await report.forReporting(room.db, guest(), page.slug, '');
		const same = () => send(guest(), { secret: secret! });
		const all = await Promise.all(Array.from({ length: 8 }, same));
		expect(new Set(all.map(({ id }) => id)).size).toBe(1);
		expect(all.every((sent) => sent.secret === secret)).toBe(true);
		const other = send(guest(), { secret: secret!, words: 'Something else.' });
		await expectRefusal(other, 409, 'key-reused');
		expect(await rows()).toHaveLength(1);
	});

	test('a secret that anybody could guess is not taken', async () => {
		expect((await send(guest(), { secret: 'secret' })).secret).toHaveLength(43);
	});
});

describe('what machines and floods send', () => {
	test('is answered as if it had worked, and not kept', async () => {
		const { id, secret } = await send(guest(), { trap: 'https://spam.example' });
		expect([id.length, secret?.length]).toEqual([16, 43]);
		expect(await rows()).toEqual([]);
		await expectRefusal(send(guest(), { trap: 'x', words: '' }), 422);
		await send(room.reader, { trap: 'filled in by a browser' });
		expect(await rows()).toHaveLength(1);
	});

	test('has an end, for each account and each network', async () => {
		const { config } = await import('#lib/server/config.ts');
		config().rateLimits = true;
		const sends = async (count: number, actor: (n: number) => Actor) => {
			for (let n = 0; n < count; n++) await send(actor(n), { words: `Words ${newId()}` });
		};
		const network = (n: number) => guest(`2001:db8:0:7::${n.toString(16)}`);
		await sends(20, network);
		await expectRefusal(send(network(21)), 429, 'too-many');
		await sends(10, (n) => ({ ...room.reader, address: `10.7.0.${n}` }));
		await expectRefusal(send({ ...room.reader, address: '10.7.1.1' }), 429);
		await sends(12, () => ({ ...room.editor, address: '10.7.2.1' }));
		expect(await rows()).toHaveLength(42);
		config().rateLimits = false;
	});
});

describe('the sender', () => {
	test('finds what they sent, and nobody else does', async () => {
		const { id } = await send(room.reader, { passage: 'Nobody spoke.' });
		const sent = await own.read(room.db, room.reader, { id });
		expect(sent).toMatchObject({
			...{ id, url: `/problems/${id}`, status: 'received', words: 'It met on Monday.' },
			...{ passage: 'Nobody spoke.', article: { slug: page.slug }, answer: '', note: '' }
		});
		for (const actor of [guest(), room.other, room.moderator, room.editor, room.admin]) {
			await expectRefusal(own.read(room.db, actor, { id }), 404);
			await expectRefusal(own.read(room.db, actor, { id, secret: '' }), 404);
		}
		await expectRefusal(own.read(room.db, room.reader, { id: 'x' }), 404);
	});

	test('without an account has the secret', async () => {
		const { id, secret } = await send(guest());
		expect(await own.read(room.db, guest(), { id, secret })).toMatchObject({ id });
		expect(await own.read(room.db, room.reader, { id, secret })).toMatchObject({ id });
		const other = await send(guest(), { words: 'Another.' });
		for (const wrong of [null, '', digest(secret!), other.secret]) {
			await expectRefusal(own.read(room.db, guest(), { id, secret: wrong }), 404);
		}
	});

	test('has a list, newest first, in pages; without articles that were taken back', async () => {
		for (let n = 0; n < 21; n++) await send(room.reader, { words: `Words ${n}` });
		const { items, next } = await own.list(room.db, room.reader);
		expect([items.length, items[0].words]).toEqual([20, 'Words 20']);
		const rest = await own.list(room.db, room.reader, { cursor: next });
		expect([rest.items.map(({ words }) => words), rest.next]).toEqual([['Words 0'], null]);
		await write.edit(room.db, room.editor, page.slug, { published: false });
		expect((await own.list(room.db, room.reader)).items[0].article).toBeNull();
		await expectRefusal(own.list(room.db, guest()), 401);
		await expectRefusal(own.list(room.db, room.reader, { cursor: 'x' }), 400);
	});
});
