import { sql } from 'drizzle-orm';
import { now } from '../clock.ts';
import type { Database, Read, Tx } from '../database/database.ts';
import { takeTurn } from '../database/dialect.ts';
import { prepared } from '../database/prepared.ts';
import { site } from '../database/schema.ts';
import { whileUnchanged } from '../database/while-unchanged.ts';
import { newId } from '../ids.ts';

/** What a newsroom is called until it says so. */
export const DEFAULT_NAME = 'Afterword';

/** The site's row. */
export type Site = typeof site.$inferSelect;

/** The site; null in a database that nobody has used yet. */
export async function read(db: Read): Promise<Site | null> {
	const [row] = await db.select().from(site).limit(1);
	return row ?? null;
}

// Every request asks for it.
const nameAndRevision = prepared((read: Read) =>
	read.select({ name: site.name, revision: site.revision }).from(site).limit(1).prepare('site')
);

type Current = Pick<Site, 'name' | 'revision'>;

/** The site's name and revision as they stand now. */
export const current = whileUnchanged(async (db): Promise<Current> => {
	const [row] = await nameAndRevision(db.read).execute();
	return row ?? { name: DEFAULT_NAME, revision: 0 };
});

/** Makes the site's row if there is none. */
export async function ensure(db: Database): Promise<Site> {
	const existing = await read(db.read);
	if (existing) return existing;
	return db.write(async (tx) => {
		// Processes that start together on a new database make one between them.
		await takeTurn(tx, 'site');
		const [row] = await tx.select().from(site).limit(1);
		if (row) return row;
		const made = { id: newId(), name: DEFAULT_NAME, createdAt: now() };
		const [inserted] = await tx.insert(site).values(made).returning();
		return inserted;
	});
}

/** Raises the site's revision: something that shows on very many pages has changed. */
export async function touch(tx: Tx): Promise<void> {
	await tx.update(site).set({ revision: sql`${site.revision} + 1` });
}
