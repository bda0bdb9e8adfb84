import * as accounts from '#lib/server/accounts/accounts.ts';
import * as sessions from '#lib/server/accounts/sessions/sessions.ts';
import * as tokens from '#lib/server/accounts/tokens.ts';
import { system } from '#lib/server/actor.ts';
import { post } from '#lib/server/comments/post.ts';
import { open } from '#lib/server/database/open.ts';
import * as site from '#lib/server/site/site.ts';
import { article, prose, writers } from '../support/discussion.ts';

const ARTICLES = 10;
const COMMENTS_BEFORE = 30;
const MODERATOR = 'Moderator';

/** A site on the day of an election: what the load needs to know of it. */
export interface Newsroom {
	/** Slugs. */
	articles: string[];
	/** Tokens of readers who write. */
	writers: string[];
	/** Tokens of sessions of readers who are signed in. */
	sessions: string[];
	/** A moderator's token. */
	moderator: string;
	/** How many comments there are. */
	posted: number;
}

/** Makes a site with some articles under discussion, and readers, in an empty database. */
export async function newsroom(databaseUrl: string): Promise<Newsroom> {
	const db = await open(databaseUrl);
	await site.ensure(db);
	const people = await writers(db);
	await accounts.create(db, system, {
		...{ name: MODERATOR, email: 'moderator@example.org', role: 'moderator' },
		password: crypto.randomUUID()
	});
	const articles: string[] = [];
	let posted = 0;
	for (let number = 1; number <= ARTICLES; number++) {
		const slug = await article(db, `The story ${number}`);
		articles.push(slug);
		for (let comment = 0; comment < COMMENTS_BEFORE; comment++) {
			const body = prose(posted++);
			await post(db, people[comment % people.length], { article: slug, body, parent: null });
		}
	}
	const made: Newsroom = {
		...{ articles, posted },
		...{ writers: [], sessions: [], moderator: await tokens.create(db, MODERATOR) }
	};
	for (const { name, accountId } of people) {
		made.writers.push(await tokens.create(db, name));
		made.sessions.push((await sessions.create(db, accountId!)).token);
	}
	await db.close();
	return made;
}
