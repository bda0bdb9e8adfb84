import { guest } from '#lib/server/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as moments from '#lib/server/live/moment.ts';
import { open } from '#lib/server/live/streams.ts';

/** What a page that shows an article as it stood at a moment is told at once when it comes (back) to a process. */
export async function told(db: Database, articleId: string, moment: string): Promise<string> {
	const source = open(db, guest(), { articleId, since: moments.read(moment) });
	let text = '';
	const begun = Promise.withResolvers<void>();
	const stop = source({
		waiting: 0,
		write(event) {
			text += new TextDecoder().decode(event);
			// Whether it is to be read again is said in one go with that.
			if (text.includes('event: commenting')) begun.resolve();
		},
		end: () => begun.reject(new Error(`ended after: ${text}`))
	});
	await begun.promise;
	// What the process is told from now on is another matter.
	stop();
	return text;
}
