import { asc, count, eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import * as credentials from '#lib/server/accounts/credentials.ts';
import { signUp } from '#lib/server/accounts/signing-up/sign-up.ts';
import * as roles from '#lib/server/accounts/roles.ts';
import * as tokens from '#lib/server/accounts/tokens.ts';
import { guest, type Actor } from '#lib/server/actor.ts';
import { shift } from '#lib/server/clock.ts';
import { config } from '#lib/server/config.ts';
import { discussionDefaults } from '#lib/server/articles/discussion-defaults.ts';
import { securityEvents } from '#lib/server/database/schema.ts';
import { firstIdAt } from '#lib/server/ids.ts';
import * as decisions from '#lib/server/moderation/decide.ts';
import * as sanctions from '#lib/server/moderation/sanctions/lay.ts';
import { lift } from '#lib/server/moderation/sanctions/lift.ts';
import * as events from '#lib/server/security/events.ts';
import { sweeper } from '#lib/server/security/sweep.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { member, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome } from '../support/refusals.ts';

const PASSWORD = 'tern gannet fulmar skua';
const DAY_MS = 24 * 60 * 60 * 1000;

let room: Newsroom;

beforeAll(async () => {
	room = await newsroom();
});
afterEach(() => shift(0));

function from(address: string, requestId = `request-of-${address}`): Actor {
	return { ...guest(address), requestId };
}

/** What is kept of a request. */
function of(requestId: string) {
	const { kind, accountId, actorId, address, details, createdAt } = securityEvents;
	return room.db.read
		.select({ kind, accountId, actorId, address, details, createdAt })
		.from(securityEvents)
		.where(eq(securityEvents.requestId, requestId))
		.orderBy(asc(securityEvents.id));
}

describe('L1 what bears on security is kept with time, actor, target and request', () => {
	test('L1 signing up, and failing to sign in with what was typed only as a digest', async () => {
		const { db } = room;
		const actor = from('192.0.2.7');
		const name = 'Sigrid Holt';
		const account = (await signUp(db, actor, {
			...{ name, email: 'sigrid@example.org', password: PASSWORD }
		}))!;
		await outcome(credentials.signIn(db, actor, { name, password: 'not hers at all' }));
		await outcome(credentials.signIn(db, actor, { name: 'Nobody Here', password: 'not hers' }));
		const kept = await of(actor.requestId!);
		const address = '192.0.2.7';
		const failed = { kind: 'sign-in.failed', actorId: null, address };
		expect(kept).toMatchObject([
			{ kind: 'sign-up', accountId: account.id, actorId: null, address },
			{ ...failed, accountId: account.id },
			{ ...failed, accountId: null }
		]);
		expect(JSON.stringify(kept)).not.toMatch(/sigrid|nobody|hers/i);
		expect(kept[1].details.typed).not.toBe(kept[2].details.typed);
		expect(kept[0].createdAt).toBeInstanceOf(Date);
	});

	test('L1 roles, sanctions, moderation, settings, passwords and tokens', async () => {
		const { db, article } = room;
		const admin = { ...room.admin, address: '192.0.2.9', requestId: 'request-of-ada' };
		const moderator = { ...room.moderator, requestId: 'request-of-mona' };
		const person = await member(db, 'reader', 'Tova Brandt');
		const { accountId, name } = person;
		const comment = await say(db, person, article, 'The pier is too short.');
		await roles.give(db, admin, { name, role: 'moderator' });
		await roles.give(db, admin, { name, role: 'reader' });
		const why = { ground: 'personal-attack', reason: 'Name-calling.' };
		const until = new Date(Date.now() + DAY_MS);
		await sanctions.lay(db, moderator, { name, kind: 'suspension', until, ...why });
		await lift(db, moderator, { name, kind: 'suspension', reason: 'A mistake.' });
		await decisions.remove(db, moderator, { id: comment, ...why });
		await settings.change(db, admin, discussionDefaults, discussionDefaults.initial);
		const before = await db.read.select({ rows: count() }).from(securityEvents);
		await tokens.create(db, name);
		const after = await db.read.select({ rows: count() }).from(securityEvents);
		const by = { actorId: admin.accountId, address: '192.0.2.9' };
		expect(await of('request-of-ada')).toMatchObject([
			{ ...by, kind: 'role.changed', accountId, details: { from: 'reader', to: 'moderator' } },
			{ ...by, kind: 'role.changed', accountId, details: { from: 'moderator', to: 'reader' } },
			{ ...by, kind: 'setting.changed', accountId: null, details: { setting: 'discussions' } }
		]);
		expect(await of('request-of-mona')).toMatchObject([
			{ kind: 'sanction.issued', accountId, details: { sanction: 'suspension' } },
			{ kind: 'sanction.lifted', accountId, details: { sanction: 'suspension' } },
			{ kind: 'moderation.done', accountId: null, details: { act: 'comment.remove' } }
		]);
		expect(after[0].rows).toBe(before[0].rows + 1);
	});

	test('L1 what is rolled back has not happened', async () => {
		const { db, admin } = room;
		const actor = { ...admin, requestId: 'rolled-back' };
		const work = db.write(async (tx) => {
			await events.record(tx, actor, 'setting.changed');
			throw new Error('no');
		});
		await expect(work).rejects.toThrow('no');
		expect(await of('rolled-back')).toEqual([]);
	});
});

test('L1 a flood of failures leaves a bounded number of rows, and what staff do is always kept', async () => {
	const { db, admin } = room;
	const settled = config();
	settled.rateLimits = true;
	try {
		for (let n = 0; n < 70; n++) {
			await events.record(db, from('198.51.100.4', 'flood'), 'request.forged');
			await events.record(db, { ...admin, address: '198.51.100.4' }, 'setting.changed', {
				details: { n: String(n), flood: 'yes' }
			});
		}
		await events.record(db, from('198.51.100.5', 'elsewhere'), 'request.forged');
	} finally {
		settled.rateLimits = false;
	}
	expect(await of('flood')).toHaveLength(60);
	expect(await of('elsewhere')).toHaveLength(1);
	const [{ rows }] = await db.read
		.select({ rows: count() })
		.from(securityEvents)
		.where(eq(securityEvents.address, '198.51.100.4'));
	expect(rows).toBe(130);
});

test('L1 addresses go after ninety days, events after a year', async () => {
	const { db } = room;
	const old = (days: number) => {
		const at = new Date(Date.now() - days * DAY_MS);
		return { id: firstIdAt(at), createdAt: at, requestId: `old-${days}` };
	};
	const row = { kind: 'sign-in' as const, address: '203.0.113.1', details: {} };
	const ages = [89, 91, 364, 366];
	await db.write((tx) =>
		tx.insert(securityEvents).values(ages.map((age) => ({ ...row, ...old(age) })))
	);
	const sweep = sweeper(db);
	await sweep();
	const addresses = async (age: number) => (await of(`old-${age}`)).map(({ address }) => address);
	expect(await Promise.all(ages.map(addresses))).toEqual([['203.0.113.1'], [null], [null], []]);
	shift(3 * DAY_MS);
	await sweep();
	expect(await addresses(89)).toEqual([null]);
});

test('L2 an event is one line of the log, whatever is in it', async () => {
	const lines: string[] = [];
	const write = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
		lines.push(String(line));
		return true;
	});
	const requestId = 'a\r\n{"level":"error"}\u001b[2J\u202e\u007f\u2028';
	await events.record(room.db, from('192.0.2.1', requestId), 'request.denied');
	write.mockRestore();
	expect(lines).toHaveLength(1);
	expect(lines[0]).toMatch(/^[\x20-\x7e]*\n$/);
	expect(JSON.parse(lines[0])).toMatchObject({ event: 'security', requestId });
});
