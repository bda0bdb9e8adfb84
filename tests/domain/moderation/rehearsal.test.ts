import { beforeAll, expect, test } from 'vitest';
import { removeOwn } from '#lib/server/comments/remove.ts';
import { changesOf } from '#lib/server/moderation/screen/changes.ts';
import { rehearse } from '#lib/server/moderation/screen/rehearsal.ts';
import * as rules from '#lib/server/moderation/screen/rules.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal } from '../support/refusals.ts';

let room: Newsroom;
const { initial } = rules.screening;

beforeAll(async () => {
	room = await newsroom();
});

test('rules are tried on what readers wrote, and nothing is saved', async () => {
	const { db, reader, moderator, editor, article } = room;
	const one = await say(db, reader, article, 'The old pier.');
	const two = await say(db, reader, article, 'See https://pier.example/ there.');
	await removeOwn(db, reader, await say(db, reader, article, 'The pier, I said.'));
	await say(db, moderator, article, 'Leave the pier alone.');
	const tried = { ...initial, suspect: ['pier'], domains: ['pier.example'] };
	const { read, cut, caught } = await rehearse(db, editor, tried);
	expect({ read, cut }).toEqual({ read: 2, cut: false });
	expect(caught.map(({ phase, count }) => [phase, count])).toEqual([
		['links', 1],
		['suspect-words', 2]
	]);
	expect(caught[1].samples.map(({ url }) => url)).toEqual([`/c/${two}`, `/c/${one}`]);
	expect(await rules.current(db)).toEqual(initial);
});

test('only editors try and change the rules; moderators read them and their history', async () => {
	const { db, moderator, editor, reader } = room;
	await expectRefusal(rehearse(db, moderator, initial), 403);
	await expectRefusal(settings.change(db, moderator, rules.screening, initial), 403);
	await expectRefusal(rules.history(db, reader), 403);
	const changed = { ...initial, banned: ['scum'], holdNew: true };
	await settings.change(db, editor, rules.screening, changed);
	await settings.change(db, editor, rules.screening, { ...changed, banned: [], longest: 9 });
	expect(changesOf(await rules.history(db, moderator))).toMatchObject([
		{ by: editor.name, what: ['Banned words: 1 entry taken out', 'Length: 9'] },
		{ what: ['Banned words: 1 entry added', 'Read first comments first: on'] }
	]);
});

test.each([
	['banned', ['**']],
	['banned', ['a'.repeat(61)]],
	['suspect', ['a*b*c*d*e']],
	['suspect', Array.from({ length: 501 }, (_, n) => `word${n}`)],
	['domains', ['https://pier.example/']],
	['longest', -1],
	['newUntil', NaN],
	['outside', 'yes']
])('a rule that cannot be is refused: %s', async (field, value) => {
	const refused = rehearse(room.db, room.editor, { ...initial, [field]: value });
	await expect(refused).rejects.toMatchObject({ status: 422, details: { field } });
});
