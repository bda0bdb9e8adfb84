import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import './support/mailed.ts';
import { signUpRules } from '#lib/server/accounts/signing-up/sign-up-rules.ts';
import * as comments from '#lib/server/comments/post.ts';
import * as votes from '#lib/server/comments/votes.ts';
import { accounts } from '#lib/server/database/schema.ts';
import * as reports from '#lib/server/moderation/reports.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome } from '../support/refusals.ts';
import { withMail } from '../mail/support/mailing.ts';

withMail();

const REFUSED = '403 confirm-address';

let room: Newsroom;
let said: string;
beforeEach(async () => {
	room = await newsroom();
	const { db, other, reader, article } = room;
	said = await say(db, other, article, 'The tide is out.');
	const mine = eq(accounts.id, reader.accountId);
	await db.write((tx) => tx.update(accounts).set({ emailConfirmedAt: null }).where(mine));
	room.reader = { ...reader, unconfirmed: true };
});

function acts() {
	const { db, reader, article } = room;
	return [
		() => comments.post(db, reader, { article: article.slug, body: 'Is it?' }),
		() => votes.cast(db, reader, said),
		() => reports.report(db, reader, { id: said, reason: 'spam' })
	];
}

test('A10 who has not confirmed their address does not take part', async () => {
	for (const act of acts()) expect(await outcome(act())).toBe(REFUSED);
	expect(await outcome(say(room.db, room.other, room.article, 'Quite.'))).toBe('done');
});

test('unless the newsroom does not ask for it', async () => {
	await settings.change(room.db, room.admin, signUpRules, { confirmFirst: false });
	for (const act of acts()) expect(await outcome(act())).toBe('done');
});

test('only administrators say whether it does', async () => {
	const change = settings.change(room.db, room.editor, signUpRules, { confirmFirst: false });
	expect(await outcome(change)).toMatch(/^403/);
});
