import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { accounts, articles, site } from '../database/schema.ts';
import type { Scratch } from './scratch.ts';

const AT_ONCE = 200;

/**
 * Gives what an export restored the revisions that it had. Until then they count from 0, so that no page
 * that was kept while the import ran is taken for a finished one; what people changed meanwhile is added.
 */
export async function restoreRevisions(
	db: Database,
	scratch: Scratch,
	siteRevision: number | null
): Promise<void> {
	let part = scratch.freshAfter(undefined, AT_ONCE);
	for (; part.length > 0; part = scratch.freshAfter(part.at(-1), AT_ONCE)) {
		const rows = part;
		await db.write(async (tx) => {
			for (const { kind, id, revision } of rows) {
				const table = kind === 'article' ? articles : accounts;
				const raised = sql`${table.revision} + ${revision}`;
				await tx.update(table).set({ revision: raised }).where(eq(table.id, id));
			}
		});
	}
	if (siteRevision === null) return;
	await db.write(async (tx) => {
		await tx.update(site).set({ revision: sql`${site.revision} + ${siteRevision}` });
	});
}
