import { beforeEach, expect, test } from 'vitest';
import * as bylines from '#lib/server/articles/bylines.ts';
import { newsroom, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

const HARRIET = {
	name: 'Harriet Coombe',
	role: 'Harbour correspondent',
	bio: 'Writes of *boats*.'
};

let room: Newsroom;

beforeEach(async () => {
	room = await newsroom();
});

test.each([
	['with the account that it belongs to', 'edwin carr', 'Edwin Carr'],
	['without an account', '', '']
])('a byline is edited %s', async (_, account, shown) => {
	const { db, editor } = room;
	const { slug } = await bylines.save(db, editor, { ...HARRIET, account });
	const stored = await bylines.forEditing(db, editor, slug);
	expect(stored).toEqual({ ...HARRIET, slug, account: shown });
	await bylines.save(db, editor, { ...stored, role: 'Editor at large' });
	expect(await bylines.forEditing(db, editor, slug)).toEqual({
		...stored,
		role: 'Editor at large'
	});
});

test.each([
	['name', ' '],
	['name', 'x'.repeat(301)],
	['role', 'x'.repeat(301)],
	['bio', 'x'.repeat(5001)]
])('a byline whose %s is nothing or too long is refused', async (field, text) => {
	const { db, editor } = room;
	await expectRefusal(bylines.save(db, editor, { ...HARRIET, [field]: text }), 422);
});

test('only editors edit, and only what there is', async () => {
	const { db, editor, moderator } = room;
	const { slug } = await bylines.save(db, editor, HARRIET);
	await expectRefusal(bylines.forEditing(db, moderator, slug), 403);
	await expectRefusal(bylines.forEditing(db, editor, 'nobody'), 404);
});
