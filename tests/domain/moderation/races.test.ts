import { and, count, eq, isNull } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Member } from '#lib/server/actor.ts';
import * as votes from '#lib/server/comments/votes.ts';
import {
	actions,
	comments,
	reports,
	votes as recommendations
} from '#lib/server/database/schema.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { report } from '#lib/server/moderation/reports.ts';
import { member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome } from '../support/refusals.ts';

const ROUNDS = 8;

let room: Newsroom;
let colleague: Member;
let readers: Member[];

beforeAll(async () => {
	room = await newsroom();
	colleague = await member(room.db, 'moderator');
	readers = await Promise.all(Array.from({ length: 6 }, () => member(room.db)));
});

async function stored(id: string) {
	const [row] = await room.db.read.select().from(comments).where(eq(comments.id, id));
	return row;
}

async function decisionsOn(id: string): Promise<string[]> {
	const rows = await room.db.read
		.select({ kind: actions.kind })
		.from(actions)
		.where(eq(actions.commentId, id));
	return rows.map(({ kind }) => kind);
}

async function pending(): Promise<string> {
	const id = await say(room.db, room.reader, room.article, 'Shall it stand?');
	await room.db.write(async (tx) => {
		await tx.update(comments).set({ status: 'pending' }).where(eq(comments.id, id));
	});
	return id;
}

const why = (id: string) => ({ id, ground: 'abuse', reason: '' });

describe('two moderators', () => {
	test.each([
		['approve and reject', pending, decide.approve, decide.reject],
		['both approve', pending, decide.approve, decide.approve],
		[
			'both remove',
			() => say(room.db, room.reader, room.article, 'Go.'),
			decide.remove,
			decide.remove
		]
	])('%s: one outcome, one line in the log', async (_, make, one, other) => {
		for (let round = 0; round < ROUNDS; round++) {
			const id = await make();
			const outcomes = await Promise.all([
				outcome(one(room.db, room.moderator, why(id))),
				outcome(other(room.db, colleague, why(id)))
			]);
			expect(outcomes.filter((answer) => answer === 'done')).toHaveLength(1);
			const [kind, ...more] = await decisionsOn(id);
			expect(more).toEqual([]);
			const { status } = await stored(id);
			const published = status === 'published';
			expect(published).toBe(kind === 'comment.approve');
		}
	});
});

test('votes while it is removed: the score is what they are, and none comes after', async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const id = await say(room.db, room.reader, room.article, `Praise me, round ${round}`);
		const [, ...answers] = await Promise.all([
			decide.remove(room.db, room.moderator, why(id)),
			...readers.map((reader) => outcome(votes.cast(room.db, reader, id)))
		]);
		const done = answers.filter((answer) => answer === 'done').length;
		const [cast] = await room.db.read
			.select({ count: count() })
			.from(recommendations)
			.where(eq(recommendations.commentId, id));
		expect(cast.count).toBe(done);
		expect(await stored(id)).toMatchObject({ status: 'removed', score: done });
		expect(await outcome(votes.cast(room.db, room.other, id))).not.toBe('done');
	}
});

test('reports while it is decided: none is left open, and none comes after', async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const id = await say(room.db, room.reader, room.article, `Blame me, round ${round}`);
		await Promise.all([
			decide.remove(room.db, room.moderator, why(id)),
			...readers.map((reader) => outcome(report(room.db, reader, { id, reason: 'abuse' })))
		]);
		const [open] = await room.db.read
			.select({ count: count() })
			.from(reports)
			.where(and(eq(reports.commentId, id), isNull(reports.settledAt)));
		expect(open.count).toBe(0);
		expect(await outcome(report(room.db, room.other, { id, reason: 'abuse' }))).not.toBe('done');
	}
});
