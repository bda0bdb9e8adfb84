import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byName } from '#lib/server/accounts/accounts.ts';
import { config } from '#lib/server/config.ts';
import type { Database } from '#lib/server/database/database.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { open } from '#lib/server/database/open.ts';
import { site as sites } from '#lib/server/database/schema.ts';
import * as pictures from '#lib/server/pictures/pictures.ts';
import { sweep } from '#lib/server/pictures/unused.ts';
import * as site from '#lib/server/site/site.ts';
import { person } from '../accounts/support/people.ts';
import { testDatabaseUrl } from '../support/database.ts';

const PROCESSES = 4;
const ROUNDS = 10;

// Each has connections of its own, as each process has.
let processes: Database[];

beforeAll(async () => {
	const url = await testDatabaseUrl();
	processes = await Promise.all(Array.from({ length: PROCESSES }, () => open(url)));
	// Those that start together look at the schema together as well.
	await Promise.all(processes.map(() => migrate(url)));
	config().pictures = true;
});
afterAll(() => Promise.all(processes.map((db) => db.close())));

test('processes that start together on a new database make one site', async () => {
	const made = await Promise.all(processes.map((db) => site.ensure(db)));
	expect(new Set(made.map(({ id }) => id)).size).toBe(1);
	expect(await processes[0].read.$count(sites)).toBe(1);
});

test('a picture does not go while another process gives it to somebody', async () => {
	const [one, other, third] = processes;
	const { actor: ann } = await person(one, 'Ann Tether');
	const { actor: bob } = await person(one, 'Bob Tether');
	for (let round = 0; round < ROUNDS; round++) {
		const create = { width: 9, height: 9, channels: 3, background: `rgb(${round},0,0)` } as const;
		const bytes = await sharp({ create }).png().toBuffer();
		await pictures.set(one, ann, bytes);
		await Promise.all([pictures.set(one, bob, bytes), pictures.remove(other, ann), sweep(third)]);
		const { pictureId } = (await byName(one.read, bob.name))!;
		expect(await pictures.read(one.read, pictureId!), `round ${round}`).not.toBeNull();
	}
});
