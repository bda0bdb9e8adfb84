import { desc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { guest, system, type Member } from '#lib/server/actor.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as comments from '#lib/server/comments/comments.ts';
import {
	actions,
	appeals as rows,
	articles,
	sanctions as laid
} from '#lib/server/database/schema.ts';
import { newId } from '#lib/server/ids.ts';
import * as appeals from '#lib/server/moderation/appeals/appeals.ts';
import * as decisions from '#lib/server/moderation/decide.ts';
import * as sanctions from '#lib/server/moderation/sanctions/sanctions.ts';
import * as statements from '#lib/server/moderation/statement-reading.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import { article, member, newsroom, say, type Newsroom } from '../../support/newsroom.ts';
import { expectRefusal, outcome, outcomes } from '../../support/refusals.ts';

let room: Newsroom;
let second: Member;

beforeEach(async () => {
	room = await newsroom();
	second = await member(room.db, 'moderator', 'Sela Park');
});

/** The reader's latest statement. */
async function statement() {
	return (await statements.list(room.db, room.reader)).items[0];
}

async function removed(actor: Member | typeof system = room.moderator): Promise<string> {
	const id = await say(room.db, room.reader, room.article, 'Plain words');
	await decisions.remove(room.db, actor, { id, ground: 'abuse', reason: 'Rude.' });
	return id;
}

async function rejected(): Promise<string> {
	await commenting.set(room.db, room.editor, room.article.slug, { state: 'premoderated' });
	const id = await say(room.db, room.reader, room.article, 'Plain words');
	await decisions.reject(room.db, room.moderator, { id, ground: 'spam', reason: '' });
	return id;
}

function lay(kind: string) {
	const until = kind === 'suspension' ? new Date(Date.now() + 60 * 60 * 1000) : null;
	const input = { name: room.reader.name, kind, ground: 'abuse', reason: 'Rude.', until };
	return sanctions.lay(room.db, room.moderator, input);
}

async function object(actor = room.reader): Promise<string> {
	const { id: statementId } = await statement();
	await appeals.appeal(room.db, actor, { statementId, words: 'It was a joke.' });
	const [row] = await room.db.read.select().from(rows).where(eq(rows.statementId, statementId));
	return row.id;
}

const decide = (id: string, result = 'reversed', actor: Member = second) =>
	appeals.decide(room.db, actor, { id, outcome: result, answer: 'We looked again.' });

const statusOf = async (id: string) => (await comments.read(room.db, room.admin, id)).status;

async function log() {
	return room.db.read.select().from(actions).orderBy(desc(actions.id)).limit(2);
}

describe('an objection', () => {
	test('is made once, by whom it concerns', async () => {
		await removed();
		const { id: statementId } = await statement();
		const input = { statementId, words: 'It was a joke.' };
		await expectRefusal(appeals.appeal(room.db, guest(), input), 401);
		await expectRefusal(appeals.appeal(room.db, room.other, input), 404);
		await expectRefusal(appeals.appeal(room.db, room.moderator, input), 404);
		await expectRefusal(appeals.appeal(room.db, room.reader, { ...input, words: ' ' }), 422);
		const long = { ...input, words: 'x'.repeat(5001) };
		await expectRefusal(appeals.appeal(room.db, room.reader, long), 422);
		const attempts = [1, 2].map(() => appeals.appeal(room.db, room.reader, input));
		expect(await outcomes(attempts)).toEqual({ done: 1, '409 appealed': 1 });
	});

	test('is for what holds', async () => {
		const id = await removed();
		const { id: statementId } = await statement();
		await decisions.restore(room.db, room.moderator, { id, reason: 'Not so bad' });
		const input = { statementId, words: 'It was a joke.' };
		await expectRefusal(appeals.appeal(room.db, room.reader, input), 409, 'over');
	});

	test('is open to those who are banned', async () => {
		await lay('ban');
		const banned = { ...room.reader, barred: { kind: 'banned', until: null } } as Member;
		await object(banned);
		expect((await statement()).appeal).toMatchObject({ words: 'It was a joke.', outcome: null });
	});
});

describe('reversed', () => {
	test('a removal: the comment is back, linked in the log, and the person told', async () => {
		const id = await removed();
		const [removal] = await log();
		await notifications.markRead(room.db, room.reader, 'all');
		await decide(await object());
		expect(await statusOf(id)).toBe('published');
		const [appeal, restoring] = await log();
		expect(restoring).toMatchObject({ kind: 'comment.restore', reverses: removal.id });
		expect(appeal).toMatchObject({
			...{ kind: 'account.appeal', accountId: room.reader.accountId, reverses: null },
			...{ actorId: second.accountId, details: { outcome: 'reversed' } }
		});
		const { holds, appeal: told } = await statement();
		expect([holds, told]).toMatchObject([
			false,
			{ outcome: 'reversed', answer: 'We looked again.' }
		]);
		expect(await notifications.unread(room.db, room.reader)).toBe(1);
	});

	test('a rejection: the comment gets a place', async () => {
		const id = await rejected();
		const [rejection] = await log();
		await decide(await object());
		expect(await comments.read(room.db, guest(), id)).toMatchObject({ status: 'published' });
		expect((await log())[1]).toMatchObject({ kind: 'comment.approve', reverses: rejection.id });
	});

	test.each(['warning', 'approval', 'suspension', 'ban'])('a %s is lifted', async (kind) => {
		await lay(kind);
		const [laying] = await log();
		await decide(await object());
		expect((await log())[1]).toMatchObject({ kind: 'account.lift', reverses: laying.id });
		expect((await statement()).holds).toBe(false);
	});

	test('a warning that was read was given wrongly all the same', async () => {
		await lay('warning');
		const [laying] = await log();
		const warning = (await sanctions.outstanding(room.db, room.reader))!;
		await sanctions.acknowledge(room.db, room.reader, warning.id);
		await decide(await object());
		expect((await log())[0]).toMatchObject({ kind: 'account.appeal', reverses: laying.id });
		const [row] = await room.db.read.select().from(laid).where(eq(laid.id, warning.id));
		expect(row.endedBy).toBe(second.accountId);
	});

	test('what was restored meanwhile stays so', async () => {
		const id = await removed();
		const appeal = await object();
		await decisions.restore(room.db, room.moderator, { id, reason: 'Not so bad' });
		await decide(appeal);
		expect(await statusOf(id)).toBe('published');
	});
});

test('upheld, it stays as it is', async () => {
	const id = await removed();
	await decide(await object(), 'upheld');
	expect(await statusOf(id)).toBe('removed');
	expect((await log())[0]).toMatchObject({ details: { outcome: 'upheld' }, reverses: null });
	expect((await statement()).appeal).toMatchObject({ outcome: 'upheld' });
});

describe('two at once', () => {
	test.each([
		['reversed', 'upheld'],
		['reversed', 'reversed'],
		['upheld', 'upheld']
	])('%s and %s: one outcome', async (one, other) => {
		const id = await removed();
		const appeal = await object();
		const both = [decide(appeal, one), decide(appeal, other, room.editor)];
		expect(await outcomes(both)).toEqual({ done: 1, '409 decided': 1 });
		const result = (await statement()).appeal!.outcome;
		expect(await statusOf(id)).toBe(result === 'reversed' ? 'published' : 'removed');
	});
});

describe('who decides', () => {
	test('somebody else than who restricted, where there is somebody else', async () => {
		await removed();
		const id = await object();
		const mine = (await appeals.open(room.db, room.moderator)).items;
		expect(mine.map((item) => [item.id, item.mayDecide])).toEqual([[id, false]]);
		expect((await appeals.open(room.db, second)).items[0].mayDecide).toBe(true);
		await expectRefusal(decide(id, 'upheld', room.moderator), 403);
		await decide(id);
		expect((await appeals.open(room.db, second)).items).toEqual([]);
	});

	test('alone, the only one, and the log says so', async () => {
		await removed(room.admin);
		const id = await object();
		for (const { name } of [room.moderator, room.editor, second]) {
			await sanctions.lay(room.db, room.admin, { name, kind: 'ban', ground: 'other', reason: 'x' });
		}
		await decide(id, 'upheld', room.admin);
		const [line] = await log();
		expect(line.details).toMatchObject({ outcome: 'upheld' });
		expect(line.details.decidedBy).toContain('the only one');
	});

	test('anyone, where the software restricted', async () => {
		await removed(system);
		await decide(await object(), 'reversed', room.moderator);
	});

	test('nobody about their own, and no readers', async () => {
		const id = await say(room.db, second, room.article, 'From the newsroom');
		await decisions.remove(room.db, room.editor, { id, ground: 'abuse', reason: '' });
		const [own] = (await statements.list(room.db, second)).items;
		await appeals.appeal(room.db, second, { statementId: own.id, words: 'Why?' });
		expect((await appeals.open(room.db, second)).items).toEqual([]);
		const [{ id: appeal }] = (await appeals.open(room.db, room.admin)).items;
		await expectRefusal(decide(appeal, 'reversed', second), 404);
		await expectRefusal(decide(appeal, 'reversed', room.other), 403);
		await expectRefusal(decide(newId()), 404);
		await expectRefusal(decide('x'), 404);
		await expectRefusal(decide(appeal, 'ignored', room.admin), 422);
		await decide(appeal, 'reversed', room.admin);
	});

	test('moderators of a category about comments there, and never about sanctions', async () => {
		const harbour = await article(room.db, { category: 'Harbour' });
		const [{ categoryId }] = await room.db.read
			.select({ categoryId: articles.categoryId })
			.from(articles)
			.where(eq(articles.id, harbour.id));
		const limited = { ...second, moderates: [categoryId!] };
		const inside = await say(room.db, room.reader, harbour, 'Of the harbour');
		await removed();
		const outside = await object();
		await lay('approval');
		const ofSanction = await object();
		await decisions.remove(room.db, room.moderator, { id: inside, ground: 'abuse', reason: '' });
		const own = await object();
		expect(await appeals.waiting(room.db, limited)).toMatchObject({ count: 1 });
		expect(await appeals.waiting(room.db, second)).toMatchObject({ count: 3 });
		expect((await appeals.open(room.db, limited)).items.map(({ id }) => id)).toEqual([own]);
		for (const id of [outside, ofSanction]) await expectRefusal(decide(id, 'upheld', limited), 404);
		await decide(own, 'upheld', limited);
	});
});

describe('a statement', () => {
	test('is for the person concerned and for staff whose matter it is', async () => {
		const id = await removed();
		const { id: statementId } = await statement();
		const page = await statements.read(room.db, room.reader, statementId);
		expect(page).toMatchObject({
			...{ restriction: 'comment.remove', ground: 'abuse', reason: 'Rude.', automatic: false },
			...{ mine: true, mayAppeal: true, holds: true, comment: { id } }
		});
		expect(JSON.stringify(page.blocks)).toContain('Plain words');
		expect(JSON.stringify(page)).not.toContain(room.moderator.name);
		const limited = { ...second, moderates: ['x'] };
		const answers = [];
		for (const actor of [room.other, limited, second, room.editor]) {
			answers.push(await outcome(statements.read(room.db, actor, statementId)));
		}
		expect(answers).toEqual(['404 not-found', '404 not-found', 'done', 'done']);
		await expectRefusal(statements.read(room.db, guest(), statementId), 401);
		await expectRefusal(statements.read(room.db, room.reader, newId()), 404);
		await expectRefusal(statements.read(room.db, room.reader, '1'), 404);
		expect((await statements.list(room.db, room.other)).items).toEqual([]);
	});

	test('of a sanction says what was removed with it', async () => {
		await say(room.db, room.reader, room.article, 'One');
		await say(room.db, room.reader, room.article, 'Two');
		await sanctions.lay(room.db, room.moderator, {
			...{ name: room.reader.name, kind: 'ban', ground: 'spam', reason: '', removing: 'hour' }
		});
		const all = (await statements.list(room.db, room.reader)).items;
		const ban = all.find((item) => item.restriction === 'ban')!;
		const page = await statements.read(room.db, room.reader, ban.id);
		expect(page.removed).toHaveLength(2);
		expect(page.removed[0]).toMatchObject({ restriction: 'comment.remove', holds: true });
	});
});
