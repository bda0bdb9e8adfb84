import { expect, test } from 'vitest';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import { actorOf } from '#lib/server/accounts/rows.ts';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import * as sanctions from '#lib/server/moderation/sanctions/sanctions.ts';
import { testDatabaseUrl } from '../../support/database.ts';
import { newsroom, say } from '../../support/newsroom.ts';
import { expectRefusal, outcomes } from '../../support/refusals.ts';

async function inTwo(work: (here: Database, there: Database) => Promise<void>): Promise<void> {
	const url = await testDatabaseUrl();
	const [here, there] = [await open(url), await open(url)];
	try {
		await work(here, there);
	} finally {
		await Promise.all([here.close(), there.close()]);
	}
}

const input = { name: 'Rhoda Peel', kind: 'ban', ground: 'abuse', reason: 'Rude.' };

test('what one process lays holds at the next request of another', async () => {
	await inTwo(async (here, there) => {
		const room = await newsroom(here);
		const { token } = await sessions.create(there, room.reader.accountId);
		const request = async () => {
			const signedIn = await sessions.read(there, token);
			return actorOf(signedIn!.account, null);
		};
		expect((await request()).barred).toBeNull();
		await sanctions.lay(here, room.moderator, input);
		const actor = await request();
		expect(actor.barred?.kind).toBe('banned');
		await expectRefusal(say(there, actor, room.article, 'Words'), 403, 'banned');
		// What was asked before is refused inside.
		await expectRefusal(say(there, room.reader, room.article, 'Words'), 403, 'banned');
		await sanctions.lift(there, room.editor, { ...input, reason: 'It was a mistake.' });
		await say(here, room.reader, room.article, 'Words');
	});
});

test('two processes at once lay it once', async () => {
	await inTwo(async (here, there) => {
		const room = await newsroom(here);
		const both = [here, there].map((db) => sanctions.lay(db, room.moderator, input));
		expect(await outcomes(both)).toEqual({ done: 1, '409 already': 1 });
	});
});
