import { eq, isNotNull, notInArray } from 'drizzle-orm';
import type { Database, Tx } from '../database/database.ts';
import { forUpdate } from '../database/dialect.ts';
import { accounts, pictures } from '../database/schema.ts';

/** Deletes a picture unless an account has it; null for none. */
export async function drop(tx: Tx, id: string | null): Promise<void> {
	if (id === null) return;
	// Whoever is being given the same picture at this moment has it locked, and is counted after that.
	await forUpdate(tx.select({ id: pictures.id }).from(pictures).where(eq(pictures.id, id)));
	if ((await tx.$count(accounts, eq(accounts.pictureId, id))) > 0) return;
	await tx.delete(pictures).where(eq(pictures.id, id));
}

/** Deletes the pictures that no account has, such as those that came with a file of another site. */
export async function sweep(db: Database): Promise<void> {
	const { pictureId } = accounts;
	const used = db.read.select({ id: pictureId }).from(accounts).where(isNotNull(pictureId));
	const unused = await db.read
		.select({ id: pictures.id })
		.from(pictures)
		.where(notInArray(pictures.id, used));
	for (const { id } of unused) await db.write((tx) => drop(tx, id));
}
