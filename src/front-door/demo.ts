import { loadDemo } from '../demo/load.ts';
import type { Database } from '../lib/server/database/database.ts';
import { isRefusal } from '../lib/server/refusal.ts';

/** Fills an empty database with the demo newsroom and prints how to sign in; a used one stays as it is. */
export async function fillWithDemo(db: Database): Promise<void> {
	try {
		const { name, articles, comments, sign_ins: signIns } = await loadDemo(db);
		console.log(`${name}: ${articles} articles, ${comments} comments. Sign in as`);
		for (const { role, name, password } of signIns) {
			console.log(`  ${role.padEnd(10)} ${name.padEnd(20)} ${password}`);
		}
	} catch (error) {
		if (!isRefusal(error)) throw error;
		console.log(error.message);
	}
}
