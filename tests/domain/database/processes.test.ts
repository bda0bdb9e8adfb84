import { eq, sql } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { byName } from '#lib/server/accounts/accounts.ts';
import { config } from '#lib/server/config.ts';
import type { Database } from '#lib/server/database/database.ts';
import { migrate } from '#lib/server/database/migrate.ts';
import { open } from '#lib/server/database/open.ts';
import { accounts, pictures as rows, site as sites } from '#lib/server/database/schema.ts';
import * as pictures from '#lib/server/pictures/pictures.ts';
import { sweep } from '#lib/server/pictures/unused.ts';
import * as site from '#lib/server/site/site.ts';
import { person } from '../accounts/support/people.ts';
import { testDatabaseUrl } from '../support/database.ts';

const PROCESSES = 4;

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

// On SQLite nobody else writes while somebody does.
test.runIf(inject('databases').dialect === 'postgres')(
	'a picture does not go while another process gives it to somebody',
	async () => {
		const [one, other, third] = processes;
		const { actor: ann } = await person(one, 'Ann Tether');
		const create = { width: 9, height: 9, channels: 3, background: 'red' } as const;
		const bytes = await sharp({ create }).png().toBuffer();
		await pictures.set(one, ann, bytes);
		const { id: annId, pictureId } = (await byName(one.read, ann.name))!;
		const isHers = eq(accounts.id, annId);
		await one.write((tx) => tx.update(accounts).set({ pictureId: null }).where(isHers));

		const given = Promise.withResolvers<void>();
		const seen = Promise.withResolvers<void>();
		const giving = one.write(async (tx) => {
			const isIt = eq(rows.id, pictureId!);
			await tx.update(rows).set({ createdAt: new Date() }).where(isIt);
			await tx.update(accounts).set({ pictureId }).where(isHers);
			given.resolve();
			await seen.promise;
		});
		await given.promise;
		const sweeping = sweep(other);
		const isWaiting = sql`wait_event_type = 'Lock' and datname = current_database()`;
		await vi.waitFor(async () => {
			const waiting = third.read.select({ pid: sql`pid` }).from(sql`pg_stat_activity`);
			expect(await waiting.where(isWaiting)).toHaveLength(1);
		}, 30_000);
		seen.resolve();
		await Promise.all([giving, sweeping]);
		expect(await pictures.read(one.read, pictureId!)).not.toBeNull();
	}
);
