import type { Database } from '../database/database.ts';

/** Carries the result out of a transaction that is undone. */
class Undone<T> extends Error {
	readonly value: T;

	constructor(value: T) {
		super('Undone on purpose.');
		this.name = 'Undone';
		this.value = value;
	}
}

/**
 * Runs work that makes many writes as one transaction, which is kept whole or not at all.
 * @param options.keep false undoes everything at the end: the work was a rehearsal.
 * @throws what the work throws, with nothing written.
 */
export async function inOneTransaction<T>(
	db: Database,
	options: { keep: boolean },
	work: (db: Database) => Promise<T>
): Promise<T> {
	try {
		return await db.write(async (tx, afterCommit) => {
			const value = await work({
				read: tx,
				reader: () => Promise.resolve(tx),
				write: (inner) => inner(tx, afterCommit),
				version: () => null,
				recentVersion: () => null,
				history: () => db.history(),
				hearing: null,
				close: () => Promise.resolve()
			});
			if (!options.keep) throw new Undone(value);
			return value;
		});
	} catch (error) {
		if (error instanceof Undone) return error.value as T;
		throw error;
	}
}
