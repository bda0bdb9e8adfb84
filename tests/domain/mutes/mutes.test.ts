import { beforeAll, beforeEach, expect, test } from 'vitest';
import { guest, type Actor, type Member } from '#lib/server/actor.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { mutes } from '#lib/server/database/schema.ts';
import { isMuted, list, MOST_MUTED, mute, unmute } from '#lib/server/mutes/mutes.ts';
import { member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;
let reader: Member;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	reader = await member(room.db);
});

test('comments of who is muted are folded for the one who muted them, and for nobody else', async () => {
	const id = await say(room.db, room.other, room.article, 'Loud words');
	const reply = await say(room.db, room.reader, room.article, 'An answer', id);
	await mute(room.db, reader, 'otto lind');
	await mute(room.db, reader, 'Otto Lind');
	const muted = async (actor: Actor, of: string) => (await comments.read(room.db, actor, of)).muted;
	expect(await muted(reader, id)).toBe(true);
	expect(await muted(reader, reply)).toBe(false);
	for (const actor of [guest(), room.reader, room.other, room.moderator]) {
		expect(await muted(actor, id)).toBe(false);
	}
	expect(await isMuted(room.db.read, reader, room.other.accountId)).toBe(true);
	expect(await isMuted(room.db.read, room.other, reader.accountId)).toBe(false);
	expect(await list(room.db, reader)).toMatchObject([
		{ name: 'Otto Lind', url: '/people/Otto%20Lind' }
	]);
	expect(await list(room.db, room.other)).toEqual([]);
	await unmute(room.db, reader, 'Otto Lind');
	await unmute(room.db, reader, 'Otto Lind');
	expect(await muted(reader, id)).toBe(false);
});

test('nobody mutes as a guest, themselves, nobody, or without end', async () => {
	await expectRefusal(mute(room.db, guest(), 'Otto Lind'), 401);
	await expectRefusal(unmute(room.db, guest(), 'Otto Lind'), 401);
	await expectRefusal(mute(room.db, reader, reader.name), 403);
	await expectRefusal(mute(room.db, reader, 'Nobody of this name'), 404);
	const others = await Promise.all(Array.from({ length: MOST_MUTED }, () => member(room.db)));
	const createdAt = new Date();
	const rows = others.map(({ accountId: mutedId }) => ({
		...{ accountId: reader.accountId, mutedId, createdAt }
	}));
	await room.db.write((tx) => tx.insert(mutes).values(rows));
	await expectRefusal(mute(room.db, reader, 'Otto Lind'), 422, 'too-many');
});
