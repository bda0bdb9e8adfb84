import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as accountsOf from '#lib/server/accounts/accounts.ts';
import * as credentials from '#lib/server/accounts/credentials.ts';
import { DELETED_NAME } from '#lib/server/accounts/deleted.ts';
import * as deletion from '#lib/server/accounts/leaving/deletion.ts';
import * as leaving from '#lib/server/accounts/leaving/leaving.ts';
import * as links from '#lib/server/accounts/links/links.ts';
import * as names from '#lib/server/accounts/names/names.ts';
import * as passwords from '#lib/server/accounts/passwords/passwords.ts';
import * as roles from '#lib/server/accounts/roles.ts';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import * as tokens from '#lib/server/accounts/tokens.ts';
import { guest, system, type Actor, type Member } from '#lib/server/actor.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import * as comments from '#lib/server/comments/comments.ts';
import { inDiscussion } from '#lib/server/comments/people.ts';
import * as votes from '#lib/server/comments/votes.ts';
import { now, shift } from '#lib/server/clock.ts';
import { accounts, mails, notifications, site } from '#lib/server/database/schema.ts';
import * as schema from '#lib/server/database/schema.ts';
import { report } from '#lib/server/moderation/reports.ts';
import * as log from '#lib/server/moderation/log.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import * as picks from '#lib/server/comments/picks.ts';
import * as mutes from '#lib/server/mutes/mutes.ts';
import { recount } from '#lib/server/repair/recount.ts';
import { testDatabase } from '../support/database.ts';
import { member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { quotesIn } from '../support/quotes.ts';
import { expectRefusal } from '../support/refusals.ts';
import { accounted } from '../transfer/accounted.ts';
import { referencesToAccounts } from './support/references.ts';

const HOUR = 60 * 60 * 1000;

let room: Newsroom;

beforeEach(async () => {
	room = await newsroom(await testDatabase());
});
afterEach(() => shift(0));

/** Somebody who has just proved who they are, in a session of their own. */
function proved(person: Member, handle = 'here'): Actor {
	return { ...person, session: { handle, authenticatedAt: now(), secondFactorAt: null } };
}

function withoutProof(person: Member): Actor {
	return { ...person, session: undefined };
}

async function rowOf({ accountId }: Member) {
	const [row] = await room.db.read.select().from(accounts).where(eq(accounts.id, accountId));
	return row;
}

/** Deletes an account by the way of everybody. */
async function leaveFor(person: Member, choice: string): Promise<void> {
	await leaving.leave(room.db, proved(person), { comments: choice });
	shift(25 * HOUR);
	await deletion.deleteDue(room.db);
}

describe('asking for it', () => {
	test('needs a recent proof, a choice and an account', async () => {
		const { db, reader } = room;
		const keep = { comments: 'keep' };
		await expectRefusal(leaving.leave(db, guest(), keep), 401);
		await expectRefusal(leaving.leave(db, withoutProof(reader), keep), 403, 'confirm-first');
		const stale = proved(reader);
		shift(16 * 60_000);
		await expectRefusal(leaving.leave(db, stale, keep), 403, 'confirm-first');
		await expectRefusal(leaving.leave(db, proved(reader), { comments: '' }), 422, 'comments');
		expect(await leaving.read(db, reader)).toBeNull();
	});

	test('ends every other session, and nothing else for a day', async () => {
		const { db, reader } = room;
		const { token } = await sessions.create(db, reader.accountId);
		const here = await sessions.create(db, reader.accountId);
		const { handle } = (await sessions.read(db, here.token))!.session;
		await leaving.leave(db, proved(reader, handle), { comments: 'delete' });
		expect(await sessions.read(db, token)).toBeNull();
		expect(await sessions.read(db, here.token)).not.toBeNull();
		shift(23 * HOUR);
		await deletion.deleteDue(db);
		expect(await rowOf(reader)).toMatchObject({ name: reader.name, deletedAt: null });
		expect(await leaving.read(db, reader)).toMatchObject({ withComments: true });
	});

	test('is taken back, until it is too late', async () => {
		const { db, reader } = room;
		await leaving.keep(db, reader);
		await leaving.leave(db, proved(reader), { comments: 'keep' });
		await leaving.keep(db, reader);
		expect(await leaving.read(db, reader)).toBeNull();
		shift(25 * HOUR);
		await deletion.deleteDue(db);
		expect((await rowOf(reader)).deletedAt).toBeNull();
		await leaving.leave(db, proved(reader), { comments: 'keep' });
		shift(50 * HOUR);
		await expectRefusal(leaving.keep(db, reader), 409, 'too-late');
	});

	test('a link of a mail keeps it, once', async () => {
		const { db, reader } = room;
		await leaving.leave(db, proved(reader), { comments: 'keep' });
		const link = { kind: 'keep-account', accountId: reader.accountId, minutes: 60 } as const;
		const secret = await db.write((tx) => links.issue(tx, link));
		await leaving.lookAtLink(db.read, secret);
		expect(await leaving.read(db, reader)).not.toBeNull();
		await leaving.keepByLink(db, guest(), secret);
		expect(await leaving.read(db, reader)).toBeNull();
		await expectRefusal(leaving.keepByLink(db, guest(), secret), 404);
		await expectRefusal(leaving.lookAtLink(db.read, secret), 404);
	});

	test('the last administrator stays, also while another one is leaving', async () => {
		const { db, admin } = room;
		await expectRefusal(leaving.leave(db, proved(admin), { comments: 'keep' }), 409, 'last-admin');
		const second = await member(db, 'admin', 'Alba Second');
		await leaving.leave(db, proved(second), { comments: 'keep' });
		await expectRefusal(leaving.leave(db, proved(admin), { comments: 'keep' }), 409, 'last-admin');
		const demoted = roles.give(db, system, { name: admin.name, role: 'reader' });
		await expectRefusal(demoted, 409, 'last-admin');
		await expectRefusal(
			deletion.deleteNow(db, system, { name: admin.name, withComments: false }),
			409
		);
		await leaving.keep(db, second);
		await leaving.leave(db, proved(admin), { comments: 'keep' });
	});
});

describe('A13 a deleted account', () => {
	test('signs nobody in, by nothing', async () => {
		const { db, reader } = room;
		const passwordHash = await passwords.hash('a long enough secret');
		await db.write((tx) =>
			tx.update(accounts).set({ passwordHash }).where(eq(accounts.id, reader.accountId))
		);
		const token = await tokens.create(db, reader.name);
		const email = (await rowOf(reader)).email!;
		await leaveFor(reader, 'keep');
		const password = 'a long enough secret';
		for (const name of [reader.name, email, DELETED_NAME, `deleted:${reader.accountId}`]) {
			await expectRefusal(credentials.signIn(db, guest(), { name, password }), 401);
		}
		expect(await tokens.read(db, token)).toBeNull();
		const session = await sessions.create(db, reader.accountId);
		expect(await sessions.read(db, session.token)).toBeNull();
		const late = say(db, reader, room.article, 'Posted at the last moment.');
		await expectRefusal(late, 401);
	});

	test('leaves its name and address to others, and nobody is called like it', async () => {
		const { db, reader } = room;
		const { email } = await rowOf(reader);
		await leaveFor(reader, 'keep');
		await leaveFor(room.other, 'keep');
		const again = await member(db, 'reader', reader.name);
		expect((await rowOf(again)).email).toBe(email);
		for (const name of [DELETED_NAME, 'deleted-account', 'DELETED ACCOUNT']) {
			expect(() => names.check(name, { reservedToo: true })).toThrow();
			expect(() => names.check(name)).toThrow();
		}
	});

	test('has no page, and can be neither muted, found, given a role nor a byline', async () => {
		const { db, admin, editor, moderator, other, reader } = room;
		await leaveFor(reader, 'keep');
		for (const name of [reader.name, DELETED_NAME, `deleted:${reader.accountId}`]) {
			expect(await accountsOf.byName(db.read, name)).toBeNull();
			await expectRefusal(mutes.mute(db, other, name), 404);
			await expectRefusal(roles.give(db, proved(admin), { name, role: 'moderator' }), 404);
			const byline = { name: 'Somebody', role: '', bio: '', account: name };
			await expectRefusal(bylines.save(db, editor, byline), 422);
		}
		expect((await accountsOf.named(db, moderator, { name: 'delete' })).items).toEqual([]);
		expect((await accountsOf.list(db, admin)).items.map(({ id }) => id)).not.toContain(
			reader.accountId
		);
	});

	test('keeps its comments under no name, with its words where they are quoted', async () => {
		const { db, article, other, reader } = room;
		const id = await say(db, reader, article, 'Words that are worth a quote.');
		const answer = `> [${reader.name} said,](/c/${id})\n> worth a quote\n\nIndeed.`;
		const reply = await say(db, other, article, answer, id);
		const [{ revision }] = await db.read.select({ revision: site.revision }).from(site);
		await leaveFor(reader, 'keep');
		const author = { name: DELETED_NAME, url: null, role: 'reader' };
		expect(await comments.read(db, guest(), id)).toMatchObject({ status: 'published', author });
		expect((await comments.read(db, other, id)).can.mute).toBe(false);
		const quoting = await comments.read(db, guest(), reply);
		expect(quotesIn(quoting.blocks!)).toMatchObject([{ said: DELETED_NAME, from: id }]);
		expect(quoting.replyingTo).toEqual({ id, name: DELETED_NAME });
		expect(await comments.markdown(db, guest(), reply)).toContain(`[${DELETED_NAME} said,]`);
		expect(await inDiscussion(db, other, article.slug)).toEqual([other.name]);
		const [after] = await db.read.select({ revision: site.revision }).from(site);
		expect(after.revision).toBeGreaterThan(revision);
	});

	test('takes its comments away: the thread keeps its shape, quotes lose the words', async () => {
		const { db, article, other, reader } = room;
		const root = await say(db, reader, article, 'Words that are worth a quote.');
		const answer = `> [${reader.name} said,](/c/${root})\n> worth a quote\n\nIndeed.`;
		const reply = await say(db, other, article, answer, root);
		const last = await say(db, reader, article, 'And a reply of mine.', reply);
		await leaveFor(reader, 'delete');
		for (const id of [root, last]) {
			expect(await comments.read(db, guest(), id)).toMatchObject({
				...{ status: 'deleted', author: null, blocks: null }
			});
		}
		const stays = await comments.read(db, guest(), reply);
		expect(stays).toMatchObject({ status: 'published', parentId: root, replySeq: 1 });
		expect(quotesIn(stays.blocks!)).toMatchObject([{ words: 'withdrawn', said: null }]);
	});

	test('takes away more than are taken at once, and whoever broke off goes on', async () => {
		const { db, article, other, reader } = room;
		const ids: string[] = [];
		for (let n = 0; n < 45; n++) ids.push(await say(db, reader, article, `Number ${n}.`));
		await votes.cast(db, other, ids[0]);
		await leaving.leave(db, proved(reader), { comments: 'delete' });
		shift(25 * HOUR);
		// As if the process had ended after the first step, then two took up what it left.
		await db.write((tx) =>
			tx.update(accounts).set({ deletedAt: now() }).where(eq(accounts.id, reader.accountId))
		);
		await Promise.all([deletion.deleteDue(db), deletion.deleteDue(db)]);
		const left = await db.read.$count(schema.comments, eq(schema.comments.status, 'published'));
		expect(left).toBe(0);
		expect((await rowOf(reader)).deletesAt).toBeNull();
		expect((await recount(db)).mended).toEqual([]);
	});

	test('leaves its recommendations as counts', async () => {
		const { db, article, other, reader } = room;
		const id = await say(db, other, article, 'Worth a recommendation.');
		await votes.cast(db, reader, id);
		await leaveFor(reader, 'keep');
		expect(await comments.read(db, guest(), id)).toMatchObject({ score: 1 });
		expect(await db.read.$count(schema.votes)).toBe(0);
		expect((await recount(db)).mended).toEqual([]);
		expect(await comments.read(db, guest(), id)).toMatchObject({ score: 1 });
	});

	test('is told of nothing any more', async () => {
		const { db, article, editor, other, reader } = room;
		const id = await say(db, reader, article, 'A question.');
		await leaveFor(reader, 'keep');
		await say(db, other, article, 'An answer.', id);
		await picks.pick(db, editor, { id });
		expect(await db.read.$count(notifications, eq(notifications.accountId, reader.accountId))).toBe(
			0
		);
	});

	test('stands in the log and the queue without its name', async () => {
		const { db, article, moderator, other, reader } = room;
		const id = await say(db, other, article, 'Reported words.');
		await report(db, reader, { id, reason: 'off-topic' });
		const own = await say(db, moderator, article, 'Staff speaks.');
		await decide.remove(db, moderator, { id, reason: 'Too sharp.' });
		await leaveFor(moderator, 'keep');
		await leaveFor(reader, 'keep');
		const { items } = await log.page(db);
		expect(JSON.stringify(items)).not.toContain(moderator.name);
		expect(await comments.read(db, guest(), own)).toMatchObject({
			author: { name: DELETED_NAME, role: 'reader' }
		});
	});
});

// What stays of a deleted account, and why.
const STAYS: Readonly<Record<string, string>> = {
	'settings.actorId': 'the newsroom’s own history: who set it is shown without a name',
	'securityEvents.accountId': 'for administrators who look into what happened, for some months',
	'securityEvents.actorId': 'for administrators who look into what happened, for some months',
	'commentingStates.actorId': 'the newsroom’s own history',
	'comments.authorId': 'the place of its comments',
	'reports.accountId': 'what moderators decided upon',
	'reports.settledBy': 'what moderators decided upon',
	'actions.actorId': 'the log is append-only',
	'actions.accountId': 'the log is append-only',
	'decisionTimes.accountId': 'counts of the transparency report',
	'sanctions.accountId': 'on record for moderators',
	'sanctions.actorId': 'on record for moderators',
	'sanctions.endedBy': 'on record for moderators',
	'accountNotes.actorId': 'a note about somebody else',
	'statements.accountId': 'on record for moderators',
	'appeals.accountId': 'on record for moderators',
	'appeals.decidedBy': 'on record for moderators',
	'problems.accountId': 'what the desk corrected upon',
	'problems.decidedBy': 'what the desk corrected upon',
	'corrections.actorId': 'the correction notes of articles'
};

test('every column that names an account is emptied, or stays for a reason', async () => {
	const { db, article, other, reader, moderator, editor } = room;
	await accounted(db, reader);
	const { accountId } = reader;
	const at = now();
	const id = await say(db, other, article, 'Words.');
	await votes.cast(db, reader, id);
	await mutes.mute(db, reader, moderator.name);
	await mutes.mute(db, moderator, reader.name);
	await say(db, other, article, 'An answer.', await say(db, reader, article, 'A question.'));
	await tokens.create(db, reader.name);
	await sessions.create(db, accountId);
	await bylines.save(db, editor, { name: 'R.P.', role: '', bio: '', account: reader.name });
	await db.write(async (tx) => {
		const times = { createdAt: at, expiresAt: new Date(at.getTime() + 99 * HOUR) };
		await tx.insert(schema.knownDevices).values({ id: 'd', accountId, createdAt: at, seenAt: at });
		await tx
			.insert(schema.challenges)
			.values({ id: 'c', kind: 'work', accountId, data: {}, ...times });
		await links.issue(tx, { kind: 'unsubscribe', accountId, minutes: 9999 });
		const claim = { subject: 'comment:x', accountId, claimedAt: at, expiresAt: times.expiresAt };
		await tx.insert(schema.claims).values(claim);
		const note = { id: 'n'.repeat(16), accountId, actorId: moderator.accountId, note: 'Hm.' };
		await tx.insert(schema.accountNotes).values({ ...note, createdAt: at });
		await tx
			.insert(schema.follows)
			.values({ accountId, articleId: article.id, rootId: '', createdAt: at });
		const { email } = (await tx.select().from(accounts).where(eq(accounts.id, accountId)))[0];
		const mail = { id: 'm', recipient: email!, subject: 'S', text: 'T', html: 'H' };
		await tx.insert(mails).values({ ...mail, createdAt: at, nextAt: at });
	});
	const references = referencesToAccounts();
	expect(references.length).toBeGreaterThan(30);
	const filled = await Promise.all(
		references.map(({ table, column }) => db.read.$count(table, eq(column, accountId)))
	);
	await leaveFor(reader, 'keep');
	for (const [index, { name, table, column }] of references.entries()) {
		if (name in STAYS) continue;
		expect(filled[index], `${name} was tried`).toBeGreaterThan(0);
		expect(await db.read.$count(table, eq(column, accountId)), name).toBe(0);
	}
	expect(Object.keys(STAYS).filter((name) => !references.some((one) => one.name === name))).toEqual(
		[]
	);
	expect(await db.read.$count(mails)).toBe(0);
	expect(await db.read.$count(schema.pictures)).toBe(0);
	const { createdAt: _, deletedAt, revision: __, ...row } = await rowOf(reader);
	expect(deletedAt).not.toBeNull();
	expect(row).toEqual({
		...{ id: accountId, name: DELETED_NAME, role: 'reader', bio: '', pictureId: null },
		...{ nameKey: `deleted:${accountId}`, nameSkeleton: `deleted:${accountId}` },
		...{ email: null, emailKey: null, emailConfirmedAt: null, passwordHash: null },
		...{ renamedAt: null, deletesAt: null, deletesComments: false },
		...{ mailsAnswers: 'off', mailsFollowed: 'off', mailedAt: null, moderates: null },
		...{ suspendedUntil: null, bannedAt: null, approvalRequiredAt: null, warningId: null },
		...{ reportsUpheld: 0, reportsDismissed: 0 }
	});
});

test('the operator deletes an account at once', async () => {
	const { db, article, reader } = room;
	const id = await say(db, reader, article, 'Words.');
	const input = { name: reader.name, withComments: true };
	await expectRefusal(deletion.deleteNow(db, room.moderator, input), 403);
	await deletion.deleteNow(db, system, input);
	expect(await comments.read(db, guest(), id)).toMatchObject({ status: 'deleted' });
	await expectRefusal(deletion.deleteNow(db, system, input), 404);
});
