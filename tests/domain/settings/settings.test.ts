import { beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { settings as rows } from '#lib/server/database/schema.ts';
import { change, current, history, type Setting } from '#lib/server/settings/settings.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

const greeting: Setting<{ words: string; times: number }> = {
	key: 'greeting',
	schema: v.object({
		words: v.pipe(v.string(), v.maxLength(20, 'A greeting is short.')),
		times: v.number()
	}),
	initial: { words: 'Hello', times: 1 },
	role: 'editor'
};

let room: Newsroom;

beforeAll(async () => {
	room = await newsroom();
});

test('the last value holds, and those before it are its history', async () => {
	const { db, editor } = room;
	expect(await current(db.read, greeting)).toEqual({ id: null, value: greeting.initial });
	await change(db, editor, greeting, { words: 'Welcome', times: 2 });
	await change(db, editor, greeting, { words: 'Good day', times: 3 });
	const held = await current(db.read, greeting);
	expect(held).toEqual({ id: expect.any(String), value: { words: 'Good day', times: 3 } });
	expect(await history(db, editor, greeting)).toMatchObject([
		{ id: held.id, value: { words: 'Good day' }, by: editor.name },
		{ value: { words: 'Welcome' }, by: editor.name }
	]);
});

test('only its role may change it or see its history', async () => {
	const { db, moderator, reader } = room;
	for (const actor of [moderator, reader]) {
		await expectRefusal(change(db, actor, greeting, greeting.initial), 403);
		await expectRefusal(history(db, actor, greeting), 403);
	}
});

test('a value that cannot be is refused with the words of its schema', async () => {
	const refused = change(room.db, room.editor, greeting, { words: 'x'.repeat(21), times: 1 });
	await expect(refused).rejects.toMatchObject({ status: 422, message: 'A greeting is short.' });
});

test('what cannot be read any more gives way to the initial value', async () => {
	const { db, editor } = room;
	await change(db, editor, { ...greeting, key: 'other' }, { words: 'Old', times: 1 });
	await db.write(async (tx) => {
		await tx
			.update(rows)
			.set({ value: ['of', 'another', 'shape'] })
			.where(eq(rows.key, 'other'));
	});
	const held = await current(db.read, { ...greeting, key: 'other' });
	expect(held).toEqual({ id: null, value: greeting.initial });
	expect(await history(db, editor, { ...greeting, key: 'other' })).toEqual([]);
});
