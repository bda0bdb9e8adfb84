import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as passkeys from '#lib/server/accounts/factors/passkeys.ts';
import type { Actor } from '#lib/server/actor.ts';
import * as clock from '#lib/server/clock.ts';
import { now } from '#lib/server/clock.ts';
import { config } from '#lib/server/config.ts';
import type { Database } from '#lib/server/database/database.ts';
import {
	accounts as table,
	passkeys as passkeyRows,
	securityEvents
} from '#lib/server/database/schema.ts';
import * as identities from '#lib/server/identities/identities.ts';
import * as joining from '#lib/server/identities/joining.ts';
import * as providers from '#lib/server/identities/providers.ts';
import { readProviders } from '#lib/server/identities/settings.ts';
import * as limits from '#lib/server/limits/limits.ts';
import { network } from '#lib/server/limits/network.ts';
import { startOpenId, type OpenId, type Subject } from '../../support/openid.ts';
import { person, refusal, stranger } from '../accounts/support/people.ts';
import { testDatabase } from '../support/database.ts';
import { wander } from './support/wanderer.ts';
import * as given from '../support/settings.ts';

given.set({ RATE_LIMITS: 'on' });

const KEY = 'letters';
const BACK = `http://127.0.0.1:9/sign-in/with/${KEY}/back`;

let db: Database;
let openid: OpenId;

beforeAll(async () => {
	db = await testDatabase();
	openid = await startOpenId(KEY);
	config().providers = readProviders(JSON.stringify([openid.entry]), []);
});
afterAll(() => openid.stop());
afterEach(() => clock.shift(0));

function recently(actor: Actor): Actor {
	return { ...actor, session: { handle: 'x', authenticatedAt: now(), secondFactorAt: null } };
}

function withoutProof(actor: Actor): Actor {
	return { ...actor, session: undefined };
}

async function leave(actor: Actor, links = false) {
	const input = { provider: KEY, next: '/here', links, back: BACK };
	return providers.begin(db, actor, input);
}

/** There and back again, as somebody at the provider's. */
async function visit(actor: Actor, subject: Subject | null, links = false) {
	openid.signInAs(subject);
	const { url, secret } = await leave(actor, links);
	const answer = await wander(url, BACK);
	return { secret, answer, end: () => providers.end(db, actor, { provider: KEY, secret, answer }) };
}

async function joinAs(name: string, subject: Subject) {
	const actor = stranger();
	const { arrival } = await (await visit(actor, subject)).end();
	if (arrival.kind !== 'new') return expect.fail(`Expected a newcomer, got ${arrival.kind}.`);
	return joining.join(db, actor, { secret: arrival.secret, name });
}

test('a newcomer chooses a name and comes back to the same account', async () => {
	const subject = { sub: 's-1', name: 'Nell', email: 'nell@example.org', email_verified: true };
	const { account, waiting } = await joinAs('Nell Rivers', subject);
	expect(waiting).toMatchObject({ next: '/here', profile: { name: 'Nell', subject: 's-1' } });
	const [row] = await db.read.select().from(table).where(eq(table.id, account.id));
	expect(row).toMatchObject({ name: 'Nell Rivers', email: 'nell@example.org', role: 'reader' });
	expect(row.passwordHash).toBeNull();
	expect(row.emailConfirmedAt).not.toBeNull();
	const { arrival, next } = await (await visit(stranger(), subject)).end();
	expect(arrival).toMatchObject({ kind: 'known', account: { id: account.id } });
	expect(next).toBe('/here');
	const kinds = await db.read
		.select({ kind: securityEvents.kind })
		.from(securityEvents)
		.where(eq(securityEvents.accountId, account.id));
	expect(kinds.map(({ kind }) => kind)).toContain('identity.linked');
});

test('an address that the provider did not verify is not taken', async () => {
	const { account } = await joinAs('Una Versed', { sub: 's-2', email: 'una@example.org' });
	const actor = accounts.actorOf(account, null);
	expect(await accounts.own(db, actor)).toMatchObject({ email: null });
});

test('a name that is taken or not allowed can be chosen again', async () => {
	await person(db, 'Taken Already');
	const actor = stranger();
	const { arrival } = await (await visit(actor, { sub: 's-3' })).end();
	const secret = arrival.kind === 'new' ? arrival.secret : '';
	for (const [name, status] of [
		['Taken Already', 409],
		['admin', 422]
	] as const) {
		expect((await refusal(joining.join(db, actor, { secret, name }))).status).toBe(status);
	}
	expect((await joining.join(db, actor, { secret, name: 'Free Still' })).account.name).toBe(
		'Free Still'
	);
	expect((await refusal(joining.join(db, actor, { secret, name: 'Once More' }))).status).toBe(404);
});

test('an address that has an account already is never linked by itself', async () => {
	const { actor } = await person(db, 'Older Account');
	const email = 'older.account@example.org';
	const subject = { sub: 's-4', email, email_verified: true };
	expect((await refusal((await visit(stranger(), subject)).end())).code).toBe('sign-in-to-link');
	expect(await identities.list(db, actor)).toEqual([]);
});

describe('linking', () => {
	test('links to the account that asked, and to no other', async () => {
		const { actor } = await person(db, 'Linda Link');
		const subject = { sub: 's-5', name: 'L. Link' };
		const { arrival } = await (await visit(recently(actor), subject, true)).end();
		expect(arrival.kind).toBe('linked');
		expect(await identities.list(db, actor)).toMatchObject([{ key: KEY, name: 'Letters' }]);
		const { actor: other } = await person(db, 'Other Link');
		const refused = await refusal((await visit(recently(other), subject, true)).end());
		expect([refused.status, refused.code]).toEqual([409, 'identity-taken']);
	});

	test('asks for a recent proof', async () => {
		const { actor } = await person(db, 'Stale Link');
		expect((await refusal(leave(withoutProof(actor), true))).code).toBe('confirm-first');
		expect((await refusal(leave(stranger(), true))).status).toBe(401);
	});

	test('is not ended by somebody else who signed in meanwhile', async () => {
		const { actor } = await person(db, 'First Here');
		const { actor: second } = await person(db, 'Second Here');
		const { secret, answer } = await visit(recently(actor), { sub: 's-6' }, true);
		const ended = providers.end(db, second, { provider: KEY, secret, answer });
		expect((await refusal(ended)).code).toBe('provider-over');
	});

	test('can be undone, unless there is no other way to sign in', async () => {
		const { actor } = await person(db, 'Undo Link');
		await (await visit(recently(actor), { sub: 's-7' }, true)).end();
		const link = { provider: KEY, subject: 's-7' };
		expect((await refusal(identities.unlink(db, withoutProof(actor), link))).code).toBe(
			'confirm-first'
		);
		await identities.unlink(db, recently(actor), link);
		expect(await identities.list(db, actor)).toEqual([]);
		expect((await refusal(identities.unlink(db, recently(actor), link))).status).toBe(404);
		const { account } = await joinAs('Only Letters', { sub: 's-8' });
		const only = recently(accounts.actorOf(account, null));
		const refused = await refusal(identities.unlink(db, only, { provider: KEY, subject: 's-8' }));
		expect(refused.code).toBe('only-way');
	});

	test('a passkey that is the only way to sign in is not removed', async () => {
		const { account } = await joinAs('Only Key', { sub: 's-key' });
		const only = recently(accounts.actorOf(account, null));
		const key = { publicKey: 'x', counter: 0, transports: [], synced: false, label: 'Key' };
		const row = { id: 'key-1', accountId: account.id, ...key, createdAt: now() };
		await db.write((tx) => tx.insert(passkeyRows).values(row));
		await identities.unlink(db, only, { provider: KEY, subject: 's-key' });
		expect((await refusal(passkeys.remove(db, only, 'key-1'))).code).toBe('only-way');
		expect(await passkeys.list(db, only)).toHaveLength(1);
	});

	test("leaves other people's alone", async () => {
		const { actor } = await person(db, 'Meddler Here');
		const theirs = { provider: KEY, subject: 's-1' };
		expect((await refusal(identities.unlink(db, recently(actor), theirs))).status).toBe(404);
		expect(await identities.accountOf(db.read, theirs)).not.toBeNull();
	});
});

describe('an answer is refused', () => {
	test('that is a no', async () => {
		const refused = await refusal((await visit(stranger(), null)).end());
		expect([refused.status, refused.code]).toEqual([400, 'provider-declined']);
	});

	test('that came before', async () => {
		const { end } = await visit(stranger(), { sub: 's-9' });
		await end();
		expect((await refusal(end())).code).toBe('provider-over');
	});

	test('that comes late', async () => {
		const { end } = await visit(stranger(), { sub: 's-9' });
		clock.shift((providers.MINUTES + 1) * 60_000);
		expect((await refusal(end())).code).toBe('provider-over');
	});

	test('with the state of another browser', async () => {
		const one = await visit(stranger(), { sub: 's-9' });
		const { secret } = await visit(stranger(), { sub: 's-9' });
		const mixed = providers.end(db, stranger(), { provider: KEY, secret, answer: one.answer });
		expect((await refusal(mixed)).code).toBe('provider-over');
	});

	test('with a code that is none', async () => {
		const { answer, end } = await visit(stranger(), { sub: 's-9' });
		answer.searchParams.set('code', 'forged');
		expect((await refusal(end())).status).toBe(502);
	});

	test('from another issuer', async () => {
		const { answer, end } = await visit(stranger(), { sub: 's-9' });
		answer.searchParams.set('iss', 'https://evil.example');
		expect((await refusal(end())).status).toBe(502);
	});
});

test('a provider that is not there, or not set up, gives plain words', async () => {
	const entry = { ...openid.entry, key: 'gone', issuer: 'http://127.0.0.1:9' };
	config().providers.push(...readProviders(JSON.stringify([entry]), []));
	const input = { provider: 'gone', next: '/', links: false, back: BACK };
	expect((await refusal(providers.begin(db, stranger(), input))).status).toBe(502);
	const none = providers.begin(db, stranger(), { ...input, provider: 'nobody' });
	expect((await refusal(none)).status).toBe(404);
});

test('newcomers from elsewhere are limited like any who sign up', async () => {
	const actor = stranger();
	const { arrival } = await (await visit(actor, { sub: 's-many' })).end();
	if (arrival.kind !== 'new') return expect.fail('Expected a newcomer.');
	const subject = { network: network(actor.address!) };
	const take = () => db.write((tx) => limits.takeFor(tx, limits.signUp, subject));
	for (let n = 0; n < 50; n++) await take();
	const { secret } = arrival;
	expect((await refusal(joining.join(db, actor, { secret, name: 'One Of Many' }))).status).toBe(
		429
	);
});
