import type { Database } from './database.ts';

// More than are asked about between two commits of a busy site; those beyond are asked each time.
const MOST_KEPT = 1_000;

/** What was answered about the database as it stands at a version. */
interface Answers<T> {
	version: number;
	of: Map<string, Promise<T>>;
}

/**
 * A question about what is committed that many requests ask alike: as long as nobody commits anything, in whatever
 * process, it is asked once for each key. Where that cannot be told without asking the server, it is asked
 * each time. The answers are shared: nobody may change them.
 */
export function whileUnchanged<T>(
	ask: (db: Database, key: string) => Promise<T>
): (db: Database, key?: string) => Promise<T> {
	const known = new WeakMap<Database, Answers<T>>();
	return (db, key = '') => {
		// Read before the answer is: what is committed meanwhile makes the answer an old one at once.
		const version = db.version();
		if (version === null) return ask(db, key);
		let answers = known.get(db);
		if (answers?.version !== version) known.set(db, (answers = { version, of: new Map() }));
		const { of } = answers;
		let answer = of.get(key);
		if (!answer) {
			answer = ask(db, key);
			if (of.size < MOST_KEPT) {
				of.set(key, answer);
				answer.catch(() => of.delete(key));
			}
		}
		return answer;
	};
}
