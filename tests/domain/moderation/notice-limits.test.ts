import { expect, test } from 'vitest';
import { guest } from '#lib/server/actor.ts';
import * as notices from '#lib/server/moderation/notices.ts';
import { newsroom, say } from '../support/newsroom.ts';
import { outcome, outcomes } from '../support/refusals.ts';
import * as settings from '../support/settings.ts';

settings.set({ RATE_LIMITS: 'on' });

test('from one network come a few notices at once', async () => {
	const room = await newsroom();
	const id = await say(room.db, room.reader, room.article, 'Words');
	const give = (note: string, address: string) =>
		notices.give(room.db, guest(address), {
			...{ id, reason: 'illegal-content', note, goodFaith: true },
			...{ name: 'Nora Nemo', email: 'nora@example.org' }
		});
	const all = Array.from({ length: 8 }, (_, n) => give(`Words ${n}`, '192.0.2.7'));
	expect(await outcomes(all)).toEqual({ done: 5, '429 too-many': 3 });
	expect(await outcome(give('Other words', '192.0.2.8'))).toBe('done');
});
