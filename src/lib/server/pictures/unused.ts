import { eq, isNotNull, notInArray } from 'drizzle-orm';
import type { Database, Tx } from '../database/database.ts';
import { accounts, pictures } from '../database/schema.ts';

/** Deletes a picture unless an account has it; null for none. */
export async function drop(tx: Tx, id: string | null): Promise<void> {
	if (id === null) return;
	if ((await tx.$count(accounts, eq(accounts.pictureId, id))) > 0) return;
	await tx.delete(pictures).where(eq(pictures.id, id));
}

/** Deletes the pictures that no account has, such as those that came with a file of another site. */
export async function sweep(db: Database): Promise<void> {
	await db.write(async (tx) => {
		const { pictureId } = accounts;
		const used = tx.select({ id: pictureId }).from(accounts).where(isNotNull(pictureId));
		await tx.delete(pictures).where(notInArray(pictures.id, used));
	});
}
