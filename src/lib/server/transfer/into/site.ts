import { eq } from 'drizzle-orm';
import type { Database, Read, Tx } from '../../database/database.ts';
import { accounts, articles, bylines, categories, site } from '../../database/schema.ts';
import * as siteOf from '../../site/site.ts';
import { normaliseLine } from '../../text/normalise.ts';
import type { RecordOf } from '../records.ts';

type Fields = RecordOf<'site'>;

// Longer than any newspaper's.
const NAME_LENGTH = 200;

/** Whether nobody has begun to use the site: it has no people, no sections and no articles. */
export async function isUnused(db: Read): Promise<boolean> {
	for (const table of [accounts, articles, bylines, categories]) {
		const rows = await db.select({ id: table.id }).from(table).limit(1);
		if (rows.length > 0) return false;
	}
	return true;
}

async function rename(tx: Tx, id: string, name: string | undefined): Promise<void> {
	const wanted = normaliseLine(name ?? '').slice(0, NAME_LENGTH);
	if (wanted !== '') await tx.update(site).set({ name: wanted }).where(eq(site.id, id));
}

/**
 * What a file says about its site, where nobody uses this one yet: it takes the name, and from our own
 * export it becomes that site.
 * @returns the revision that the site gets at the end, if it was restored.
 */
export async function importSite(
	db: Database,
	fields: Fields | null,
	native: boolean
): Promise<number | null> {
	const current = await siteOf.ensure(db);
	if (!fields || !(await isUnused(db.read))) return null;
	const restored = native && fields.id ? fields.afterword : undefined;
	await db.write(async (tx) => {
		if (restored) {
			const change = { id: fields.id, createdAt: restored.created_at, revision: 0 };
			await tx.update(site).set(change).where(eq(site.id, current.id));
		}
		await rename(tx, restored ? fields.id! : current.id, fields.name);
	});
	return restored?.revision ?? null;
}
