import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { system, type Actor, type Member, type Role } from '#lib/server/actor.ts';
import type { Written } from '#lib/server/articles/write.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { accounts, actions, articles, comments, reports } from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { record } from '#lib/server/moderation/log.ts';
import { reopen, report, type Settled } from '#lib/server/moderation/reports.ts';
import { article, member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcomes } from '../support/refusals.ts';

let room: Newsroom;
let page: Written;
let id: string;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	page = await article(room.db);
	id = await say(room.db, room.reader, page, 'Words');
});

/** Somebody whose account is not of today. */
async function known(role: Role = 'reader'): Promise<Member> {
	const one = await member(room.db, role);
	const createdAt = new Date(Date.now() - 48 * 60 * 60 * 1000);
	await room.db.write((tx) =>
		tx.update(accounts).set({ createdAt }).where(eq(accounts.id, one.accountId))
	);
	return one;
}
const many = (count: number) => Promise.all(Array.from({ length: count }, () => known()));
const accuse = (actor: Actor, reason = 'abuse') => report(room.db, actor, { id, reason });
const row = async () => (await room.db.read.select().from(comments).where(eq(comments.id, id)))[0];
const standing = async () => {
	const { reportWeight, foldedAt } = await row();
	return [reportWeight, foldedAt !== null];
};
const revisionOf = async () => {
	const [{ revision }] = await room.db.read
		.select({ revision: articles.revision })
		.from(articles)
		.where(eq(articles.id, page.id));
	return revision;
};
const recordOf = async ({ accountId }: Member) => {
	const [one] = await room.db.read.select().from(accounts).where(eq(accounts.id, accountId));
	return [one.reportsUpheld, one.reportsDismissed];
};
const kept = () => decide.keep(room.db, room.moderator, { id, reason: '' });

describe('reports weigh', () => {
	test('what their reporters do, until they are settled', async () => {
		const [ann] = await many(1);
		await accuse(ann);
		expect(await standing()).toEqual([100, false]);
		// Somebody who came today.
		await accuse(await member(room.db));
		expect(await standing()).toEqual([150, false]);
		await accuse(ann, 'spam');
		expect(await standing()).toEqual([150, false]);
		await kept();
		expect(await standing()).toEqual([0, false]);
	});

	test('more or less by what was found of earlier ones', async () => {
		const [ann, bob] = await many(2);
		await accuse(ann);
		await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
		expect(await recordOf(ann)).toEqual([1, 0]);
		id = await say(room.db, room.reader, page, 'More words');
		await accuse(bob);
		await kept();
		expect(await recordOf(bob)).toEqual([0, 1]);
		id = await say(room.db, room.reader, page, 'Still more words');
		await accuse(ann);
		await accuse(bob);
		expect(await standing()).toEqual([133 + 67, false]);
		// Nobody has found anything.
		await removeOwn(room.db, room.reader, id);
		expect([await recordOf(ann), await recordOf(bob)]).toEqual([
			[1, 0],
			[0, 1]
		]);
		expect(await standing()).toEqual([0, false]);
	});

	test('the same when one changes a report as when it is made', async () => {
		const [ann] = await many(1);
		await accuse(ann);
		await room.db.write((tx) =>
			tx.update(accounts).set({ reportsDismissed: 2 }).where(eq(accounts.id, ann.accountId))
		);
		await accuse(ann, 'spam');
		expect(await standing()).toEqual([50, false]);
	});
});

describe('a comment is folded', () => {
	test('once its reports weigh enough, for whoever reads along', async () => {
		const [ann, bob, cid, dan] = await many(4);
		await accuse(ann);
		await accuse(bob);
		expect(await standing()).toEqual([200, false]);
		const before = await revisionOf();
		await accuse(cid);
		expect(await standing()).toEqual([300, true]);
		expect(await revisionOf()).toBe(before + 1);
		expect((await row()).changedIn).toBe(before + 1);
		await accuse(dan);
		expect(await standing()).toEqual([400, true]);
		expect(await revisionOf()).toBe(before + 1);
	});

	test('until a moderator looks, and not by its author’s editing', async () => {
		await accuse(room.editor);
		expect(await standing()).toEqual([300, true]);
		await edit(room.db, room.reader, { id, body: 'Milder words' });
		expect(await standing()).toEqual([300, true]);
		const before = await revisionOf();
		await kept();
		expect(await standing()).toEqual([0, false]);
		expect((await row()).changedIn).toBe(before + 1);
	});

	test('not again in the words that were kept, but in others', async () => {
		await accuse(room.editor);
		await kept();
		await accuse(room.admin);
		expect(await standing()).toEqual([300, false]);
		await edit(room.db, room.reader, { id, body: 'Harsher words' });
		expect(await standing()).toEqual([300, false]);
		await accuse(room.other);
		expect(await standing()).toEqual([350, true]);
	});

	test('never when it is of the staff', async () => {
		id = await say(room.db, room.moderator, page, 'Of a moderator');
		await accuse(room.editor);
		await accuse(room.admin);
		expect(await standing()).toEqual([600, false]);
	});

	test('once, when twenty report it at once', async () => {
		const people = await many(20);
		const before = await revisionOf();
		expect(await outcomes(people.map((one) => accuse(one)))).toEqual({ done: 20 });
		expect(await standing()).toEqual([2000, true]);
		expect(await revisionOf()).toBe(before + 1);
	});

	test('or kept, when somebody looks while it is reported', async () => {
		await accuse(room.other);
		const people = await many(8);
		const answers = await outcomes([...people.map((one) => accuse(one)), kept()]);
		expect(answers).toEqual({ done: 9 });
		const open = (
			await room.db.read.select().from(reports).where(eq(reports.commentId, id))
		).filter((one) => one.settledAt === null);
		expect(await standing()).toEqual([open.length * 100, false]);
	});
});

describe('a settling that is taken back', () => {
	const undo = async () => {
		const [act] = await room.db.read.select().from(actions).where(eq(actions.commentId, id));
		await room.db.write(async (tx) => {
			await reopen(tx, id, act.actorId, act.details as Settled);
			const subject = { commentId: id, inArticleId: page.id };
			await record(tx, system, { kind: 'comment.undo', subject, reverses: act.id });
		});
	};
	const openReports = async () =>
		(await room.db.read.select().from(reports).where(eq(reports.commentId, id))).filter(
			(one) => one.settledAt === null && one.settledBy === null && one.outcome === null
		).length;

	test('leaves all as it was', async () => {
		const people = await many(3);
		for (const one of people) await accuse(one);
		const before = await row();
		await kept();
		expect(await Promise.all(people.map(recordOf))).toEqual([
			[0, 1],
			[0, 1],
			[0, 1]
		]);
		await undo();
		const { reportWeight, foldedAt } = await row();
		expect({ reportWeight, foldedAt }).toEqual({ reportWeight: 300, foldedAt: before.foldedAt });
		expect(await openReports()).toBe(3);
		expect(await Promise.all(people.map(recordOf))).toEqual([
			[0, 0],
			[0, 0],
			[0, 0]
		]);
		await decide.remove(room.db, room.moderator, { id, reason: 'Rude' });
		expect(await recordOf(people[0])).toEqual([1, 0]);
	});

	test('leaves what came between, and what was settled otherwise', async () => {
		const [ann, bob] = await many(2);
		await accuse(ann);
		await kept();
		await accuse(bob);
		await undo();
		expect(await standing()).toEqual([200, false]);
		expect(await openReports()).toBe(2);
		await undo();
		expect(await standing()).toEqual([200, false]);
	});

	test('lets it be folded again', async () => {
		await accuse(room.other);
		await kept();
		await undo();
		await accuse(room.editor);
		expect(await standing()).toEqual([350, true]);
	});
});
