import { eq } from 'drizzle-orm';
import { pbkdf2Sync } from 'node:crypto';
import { afterEach, beforeAll, expect, test } from 'vitest';
import * as signingUp from '#lib/server/accounts/signing-up/sign-up.ts';
import * as guard from '#lib/server/accounts/signing-up/sign-up-guard.ts';
import * as work from '#lib/server/accounts/signing-up/work.ts';
import { guest, type Actor } from '#lib/server/actor.ts';
import { shift } from '#lib/server/clock.ts';
import { challenges } from '#lib/server/database/schema.ts';
import * as security from '#lib/server/security/list.ts';
import * as events from '#lib/server/security/events.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { rename, siteName } from '#lib/server/site/name.ts';
import * as site from '#lib/server/site/site.ts';
import { member, newsroom, type Newsroom } from '../support/newsroom.ts';
import { expectRefusal, outcome, outcomes } from '../support/refusals.ts';

const PASSWORD = 'tern gannet fulmar skua';

let room: Newsroom;

beforeAll(async () => {
	room = await newsroom();
});
afterEach(() => shift(0));

test('a new name stands on every page at once, and has its history', async () => {
	const { db, admin, editor } = room;
	const before = await site.current(db);
	await rename(db, admin, '  The   Tidewater Gazette ');
	const after = await site.current(db);
	expect(after).toEqual({ name: 'The Tidewater Gazette', revision: before.revision + 1 });
	expect(await settings.history(db, admin, siteName)).toMatchObject([
		{ value: { name: 'The Tidewater Gazette' }, by: admin.name }
	]);
	await expectRefusal(rename(db, editor, 'The Other'), 403);
	await expectRefusal(rename(db, admin, ' '), 422);
	await expectRefusal(rename(db, admin, 'x'.repeat(61)), 422);
});

test('security events are found by kind, person, address and day, a page at a time', async () => {
	const { db, admin, reader, editor } = room;
	const from = { ...reader, address: '198.51.100.77' };
	for (let n = 0; n < 55; n++) {
		await events.record(db, from, 'passkey.added', { details: { n: String(n) } });
	}
	await events.record(db, admin, 'role.changed', { accountId: reader.accountId });
	const first = await security.page(db, admin, { kind: 'passkey.added' });
	const second = await security.page(db, admin, { kind: 'passkey.added', cursor: first.next });
	expect([first.items.length, second.items.length, second.next]).toEqual([50, 5, null]);
	expect(first.items[0].details).toEqual({ n: '54' });
	const count = async (filter: security.EventFilter) =>
		(await security.exported(db, admin, filter)).length;
	expect(await count({ name: reader.name, kind: 'role.changed' })).toBe(1);
	expect(await count({ name: admin.name, kind: 'role.changed' })).toBe(1);
	expect(await count({ name: 'Nobody At All' })).toBe(0);
	expect(await count({ address: '198.51.100.77' })).toBe(55);
	expect(await count({ address: '198.51.100.77', before: new Date(Date.now() - 60_000) })).toBe(0);
	expect(await count({ kind: 'export.made' })).toBeGreaterThan(5);
	await expectRefusal(security.page(db, editor), 403);
	await expectRefusal(security.exported(db, editor, {}), 403);
});

let people = 0;

function signUp(answer: string, actor: Actor = guest('192.0.2.40')) {
	people += 1;
	const who = { name: `Newcomer ${people}`, email: `newcomer${people}@example.org` };
	return signingUp.signUp(room.db, actor, { ...who, password: PASSWORD, work: answer });
}

/** What our script does in the browser. */
function solve({ nonce, salt, cost, prefix, most }: work.Task): string {
	for (let counter = 0; counter <= most; counter++) {
		const password = Buffer.alloc(20);
		password.write(nonce, 'hex');
		password.writeUInt32BE(counter, 16);
		const key = pbkdf2Sync(password, Buffer.from(salt, 'hex'), cost, 32, 'sha256');
		const hex = key.toString('hex');
		if (hex.startsWith(prefix)) return `${nonce}.${counter}.${hex}`;
	}
	throw new Error('There is no answer.');
}

function setMode(mode: guard.GuardMode) {
	return settings.change(room.db, room.admin, guard.signUpGuard, { mode });
}

test('under guard work is asked for, and an answer is worth something once', async () => {
	const { db } = room;
	await setMode('always');
	const refused = '422 work-first';
	expect(await outcome(signUp(''))).toBe(refused);
	expect(await outcome(signUp('x'.repeat(5000)))).toBe(refused);
	const right = solve(await work.give(db, guest('192.0.2.40')));
	const wrong = solve(await work.give(db, guest('192.0.2.40'))).replace(/\.\d+\./, '.7.');
	expect(await outcome(signUp(wrong))).toBe(refused);
	expect(await outcomes([signUp(right), signUp(right)])).toEqual({ done: 1, [refused]: 1 });
	expect(await outcome(signUp(right))).toBe(refused);
	const late = solve(await work.give(db, guest('192.0.2.40')));
	shift(61 * 60_000);
	expect(await outcome(signUp(late))).toBe(refused);
	shift(0);
	expect(await db.read.select().from(challenges).where(eq(challenges.id, right))).toEqual([]);
	await setMode('off');
	expect(await outcome(signUp(''))).toBe('done');
});

test('the guard goes up by itself when very many accounts are made, and down again', async () => {
	const { db } = room;
	await setMode('automatic');
	expect(await guard.isUp(db.read, guest('192.0.2.41'))).toBe(false);
	for (let n = 0; n < guard.MOST_NEW; n++) await member(db);
	expect(await guard.isUp(db.read, guest('192.0.2.41'))).toBe(true);
	shift(11 * 60_000);
	expect(await guard.isUp(db.read, guest('192.0.2.41'))).toBe(false);
});
