import * as emails from '#lib/server/accounts/addresses/emails.ts';
import * as enrol from '#lib/server/accounts/signing-up/enrol.ts';
import * as names from '#lib/server/accounts/names/names.ts';
import {
	system,
	type Actor,
	type ActorSession,
	type Member,
	type Role
} from '#lib/server/actor.ts';
import * as write from '#lib/server/articles/write.ts';
import type { ArticleInput, Written } from '#lib/server/articles/write.ts';
import { now } from '#lib/server/clock.ts';
import * as comments from '#lib/server/comments/post.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as site from '#lib/server/site/site.ts';
import { testDatabase } from './database.ts';

/** A newspaper with one person of each role and an open article. */
export interface Newsroom {
	db: Database;
	reader: Member;
	other: Member;
	moderator: Member;
	editor: Member;
	admin: Member;
	article: Written;
}

let people = 0;
let articles = 0;

/** A session in which somebody proved just now who they are. */
export function justNow(): ActorSession {
	return { handle: '', authenticatedAt: now(), secondFactorAt: now() };
}

/** An account of a role, without the time that a password costs. */
export async function member(
	db: Database,
	role: Role = 'reader',
	name = `Person ${++people}`
): Promise<Member> {
	const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
	const candidate = {
		name: names.check(name, { reservedToo: true }),
		email: emails.check(email),
		password: ''
	};
	const account = await db.write((tx) =>
		enrol.insert(tx, system, candidate, { passwordHash: '', role, emailConfirmedAt: now() })
	);
	return { accountId: account.id, name, role, address: null, barred: null, session: justNow() };
}

/** What an editor fills in for an article, but for what the test is about. */
export function articleInput(change: Partial<ArticleInput> = {}): ArticleInput {
	articles += 1;
	return {
		title: `The harbour master speaks, part ${articles}`,
		standfirst: 'Dredging will go on through the winter.',
		body: 'The council met on **Tuesday** evening.\n\nNobody spoke against the plan for the pier.',
		category: '',
		byline: '',
		sourceName: '',
		sourceUrl: '',
		imageUrl: '',
		imageAlt: '',
		imageCredit: '',
		url: '',
		published: true,
		...change
	};
}

/** An article, written by the software itself. */
export async function article(db: Database, change: Partial<ArticleInput> = {}): Promise<Written> {
	return write.create(db, system, articleInput(change));
}

/** Posts a comment and gives its id. */
export async function say(
	db: Database,
	actor: Actor,
	article: { slug: string },
	body: string,
	parent: string | null = null
): Promise<string> {
	return (await comments.post(db, actor, { article: article.slug, body, parent })).id;
}

/** Makes a newsroom, in a database of its own if none is given. */
export async function newsroom(given?: Database): Promise<Newsroom> {
	const db = given ?? (await testDatabase());
	await site.ensure(db);
	return {
		db,
		reader: await member(db, 'reader', 'Rhoda Peel'),
		other: await member(db, 'reader', 'Otto Lind'),
		moderator: await member(db, 'moderator', 'Mona Frith'),
		editor: await member(db, 'editor', 'Edwin Carr'),
		admin: await member(db, 'admin', 'Ada Quill'),
		article: await article(db)
	};
}
