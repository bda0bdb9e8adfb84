import { desc, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as accounts from '#lib/server/accounts/accounts.ts';
import { guest, type Member } from '#lib/server/actor.ts';
import { now } from '#lib/server/clock.ts';
import {
	accounts as accountRows,
	actions,
	sanctions as rows,
	statements
} from '#lib/server/database/schema.ts';
import { SANCTION_KINDS } from '#lib/server/moderation/restrictions.ts';
import * as sanctions from '#lib/server/moderation/sanctions/sanctions.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import { member, newsroom, say, type Newsroom } from '../../support/newsroom.ts';
import { expectRefusal, outcome, outcomes } from '../../support/refusals.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let room: Newsroom;
let person: Member;

beforeAll(async () => {
	room = await newsroom();
});
beforeEach(async () => {
	person = await member(room.db);
});

const tomorrow = () => new Date(now().getTime() + DAY_MS);

function lay(kind: string, more: Partial<sanctions.SanctionInput> = {}, actor = room.moderator) {
	const until = kind === 'suspension' ? tomorrow() : null;
	const input = { name: person.name, kind, ground: 'abuse', reason: 'Rude.', until, ...more };
	return sanctions.lay(room.db, actor, input);
}

function lift(kind: string, actor = room.moderator) {
	return sanctions.lift(room.db, actor, { name: person.name, kind, reason: 'Enough.' });
}

async function stored() {
	const [row] = await room.db.read
		.select()
		.from(accountRows)
		.where(eq(accountRows.id, person.accountId));
	return row;
}

/** The person as an actor, as the next request makes it. */
async function next() {
	return accounts.actorOf((await accounts.byId(room.db.read, person.accountId))!, null) as Member;
}

function logged() {
	return room.db.read
		.select()
		.from(actions)
		.where(eq(actions.accountId, person.accountId))
		.orderBy(desc(actions.id));
}

const HELD = {
	warning: 'warningId',
	approval: 'approvalRequiredAt',
	suspension: 'suspendedUntil',
	ban: 'bannedAt'
} as const;
const ACTS = {
	warning: 'account.warn',
	approval: 'account.approval',
	suspension: 'account.suspend',
	ban: 'account.ban'
};

describe.each(SANCTION_KINDS)('%s', (kind) => {
	test('is a row with who and why, a line in the log, a statement and one notification', async () => {
		await lay(kind);
		expect((await stored())[HELD[kind]]).not.toBeNull();
		const [sanction] = await room.db.read
			.select()
			.from(rows)
			.where(eq(rows.accountId, person.accountId));
		const { accountId: actorId } = room.moderator;
		expect(sanction).toMatchObject({ kind, ground: 'abuse', reason: 'Rude.', actorId });
		const [act] = await logged();
		expect(act).toMatchObject({ kind: ACTS[kind], ground: 'abuse', reason: 'Rude.', actorId });
		const given = await room.db.read
			.select()
			.from(statements)
			.where(eq(statements.accountId, person.accountId));
		expect(given).toMatchObject([
			{
				...{ restriction: kind, sanctionId: sanction.id, actionId: act.id, commentId: null },
				...{ ground: 'abuse', reason: 'Rude.', automatic: false, until: sanction.until }
			}
		]);
		expect(await notifications.unread(room.db, person)).toBe(1);
	});

	test('holds once, and is lifted once', async () => {
		expect(await outcomes([lay(kind), lay(kind, {}, room.editor)])).toEqual({
			...{ done: 1, '409 already': 1 }
		});
		expect(await outcomes([lift(kind), lift(kind, room.admin)])).toEqual({
			...{ done: 1, '409 lifted': 1 }
		});
		expect((await stored())[HELD[kind]]).toBeNull();
		const [lifting, laying] = await logged();
		expect(lifting).toMatchObject({ kind: 'account.lift', reverses: laying.id, reason: 'Enough.' });
		const [sanction] = await room.db.read
			.select()
			.from(rows)
			.where(eq(rows.accountId, person.accountId));
		expect(sanction.endedAt).not.toBeNull();
		expect(sanction.endedBy).toBe(lifting.actorId);
		await lay(kind);
	});
});

describe('in effect at the next request', () => {
	test('a ban and a suspension stop posting, until they are lifted', async () => {
		for (const kind of ['ban', 'suspension']) {
			await lay(kind);
			await expectRefusal(say(room.db, await next(), room.article, 'Words'), 403);
			// Whoever was let in before is stopped inside.
			await expectRefusal(say(room.db, person, room.article, 'Words'), 403);
			await lift(kind);
			await say(room.db, await next(), room.article, 'Words');
		}
	});

	test('a warning is known of, until it is acknowledged', async () => {
		expect((await next()).warned).toBe(false);
		await lay('warning');
		expect((await next()).warned).toBe(true);
		const warning = await sanctions.outstanding(room.db, person);
		expect(warning).toMatchObject({ ground: 'abuse', reason: 'Rude.' });
		const attempt = () => sanctions.acknowledge(room.db, person, warning!.id);
		expect(await outcomes([attempt(), attempt()])).toEqual({ done: 1, '409 no-warning': 1 });
		expect((await next()).warned).toBe(false);
		expect(await sanctions.outstanding(room.db, person)).toBeNull();
		await lay('warning');
		// Reading the first is not reading the second.
		await expectRefusal(attempt(), 409, 'no-warning');
	});

	test('nobody acknowledges for somebody else', async () => {
		await lay('warning');
		const { id } = (await sanctions.outstanding(room.db, person))!;
		await expectRefusal(sanctions.acknowledge(room.db, room.other, id), 409);
		await expectRefusal(sanctions.acknowledge(room.db, guest(), id), 401);
		expect((await next()).warned).toBe(true);
	});
});

describe('who may', () => {
	const RANKS = ['reader', 'moderator', 'editor', 'admin'] as const;

	test.each(RANKS)('lay something on one of role %s: those above them', async (role) => {
		person = await member(room.db, role);
		const answers = [];
		for (const actor of ['reader', 'moderator', 'editor', 'admin'] as const) {
			answers.push(await outcome(lay('warning', {}, room[actor])));
			await sanctions
				.lift(room.db, room.admin, { ...person, kind: 'warning', reason: 'x' })
				.catch(() => undefined);
		}
		const may = RANKS.map((actor) => RANKS.indexOf(actor) > RANKS.indexOf(role));
		expect(answers).toEqual(may.map((one) => (one ? 'done' : '403 forbidden')));
		await expectRefusal(lay('warning', {}, guest() as Member), 401);
	});

	test('nobody on themselves', async () => {
		person = room.moderator;
		await expectRefusal(lay('warning', {}, room.moderator), 403);
		person = room.admin;
		await expectRefusal(lay('ban', {}, room.admin), 403);
	});

	test('moderators of some categories only warn', async () => {
		const limited = { ...(await member(room.db, 'moderator')), moderates: ['x'] };
		for (const kind of SANCTION_KINDS) {
			const expected = kind === 'warning' ? 'done' : '403 forbidden';
			expect([kind, await outcome(lay(kind, {}, limited))]).toEqual([kind, expected]);
		}
		await lay('ban');
		await expectRefusal(lift('ban', limited), 403);
		await lift('warning', limited);
	});

	test('staff who were barred do nothing', async () => {
		const barred = { ...room.moderator, barred: { kind: 'banned', until: null } } as Member;
		await expectRefusal(lay('warning', {}, barred), 403);
	});
});

describe('what cannot be', () => {
	test.each([
		['an unknown kind', { kind: 'exile' }, 422],
		['a kind of Object', { kind: 'constructor' }, 422],
		['no reason', { ground: '', reason: ' ' }, 422],
		['a suspension for good', { kind: 'suspension', until: null }, 422],
		['one that is over', { kind: 'suspension', until: new Date(0) }, 422],
		['one of a century', { kind: 'suspension', until: new Date('2126-01-01') }, 422],
		['an unknown span', { removing: 'year' }, 422],
		['nobody', { name: 'Nobody At All' }, 404]
	])('%s', async (_, more, status) => {
		await expectRefusal(lay('ban', more), status);
		expect(await logged()).toEqual([]);
	});

	test('an imported ban has no row, and can be lifted', async () => {
		await room.db.write(async (tx) => {
			await tx
				.update(accountRows)
				.set({ bannedAt: now() })
				.where(eq(accountRows.id, person.accountId));
		});
		await lift('ban');
		expect(await logged()).toMatchObject([{ kind: 'account.lift', reverses: null }]);
	});
});
