import type { Role } from '../lib/server/actor.ts';
import type { ActionKind } from '../lib/server/moderation/kinds.ts';
import { demo } from './content.ts';
import { toldOf } from './told.ts';
import type { DemoArticle, DemoComment, Person } from './types.ts';

type Row = { type: string; id: string } & Record<string, unknown>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
// A decision follows what it is about within minutes.
const DECIDED_AFTER = 25;
// Everybody has looked at what they were told within hours, but for the last of it.
const READ_AFTER = 4 * HOUR;

/** The address under which someone of the demo signs in. */
export function emailOf(person: Person): string {
	return `${person.key}@harbour-courier.example`;
}

function minutesAfter(article: DemoArticle, minutes: number, now: Date): Date {
	return new Date(now.getTime() - article.hoursAgo * HOUR + minutes * MINUTE);
}

function* peopleRecords(passwordHashes: Map<string, string>, now: Date): Generator<Row> {
	const oldest = Math.max(...demo.articles.map((article) => article.hoursAgo));
	for (const [index, person] of demo.people.entries()) {
		yield {
			type: 'account',
			id: person.key,
			name: person.name,
			email: emailOf(person),
			password_hash: passwordHashes.get(person.key),
			role: person.role,
			bio: person.bio,
			// Everybody was there before the first article, a few hours apart.
			created_at: new Date(now.getTime() - (oldest + 24 + 7 * index) * HOUR)
		};
	}
}

function commentRecord(article: DemoArticle, comment: DemoComment, now: Date): Row {
	const at = (minutes: number) => minutesAfter(article, minutes, now);
	const edited = comment.editedMinutesAfter;
	return {
		type: 'comment',
		id: comment.key,
		article: article.slug,
		body: comment.body,
		parent: comment.replyTo,
		author: comment.by,
		created_at: at(comment.minutesAfter),
		edited_at: edited === undefined ? undefined : at(edited),
		status: comment.status,
		revisions:
			comment.earlierBody === undefined
				? undefined
				: [{ body: comment.earlierBody, created_at: at(comment.minutesAfter) }]
	};
}

function action(kind: ActionKind, id: string, fields: object): Row {
	return { type: 'action', id: `${kind}/${id}`, kind, ...fields };
}

function* decisionRecords(article: DemoArticle, now: Date): Generator<Row> {
	const moderator = staff('moderator').key;
	for (const { key, status, reason, minutesAfter: minutes } of article.comments) {
		if (status !== 'removed') continue;
		const created_at = minutesAfter(article, minutes + DECIDED_AFTER, now);
		yield action('comment.remove', key, { comment: key, actor: moderator, reason, created_at });
	}
	if (article.commenting === 'open') return;
	const { slug, commenting: state, commentingReason: reason } = article;
	const last = Math.max(0, ...article.comments.map((comment) => comment.minutesAfter));
	// What is premoderated was so from the beginning; the others were closed when all was said.
	const minutes = state === 'premoderated' ? 0 : Math.min(last + 40, article.hoursAgo * 60 - 1);
	const said = { article: slug, actor: moderator, reason };
	const created_at = minutesAfter(article, minutes, now);
	yield { type: 'commenting_state', id: slug, state, ...said, created_at };
	const details = { from: 'open', to: state, until: null };
	yield action('article.commenting', slug, { ...said, details, created_at });
}

function* toldRecords(article: DemoArticle, now: Date): Generator<Row> {
	for (const comment of article.comments) {
		const created_at = minutesAfter(article, comment.minutesAfter, now);
		const isOld = now.getTime() - created_at.getTime() > READ_AFTER;
		const read_at = isOld ? new Date(created_at.getTime() + READ_AFTER) : undefined;
		for (const [account, kind] of toldOf(article, comment)) {
			const what = { account, comment: comment.key, kind, created_at, read_at };
			yield { type: 'notification', id: `${comment.key}/${account}`, ...what };
		}
	}
}

/** What people follow, were told and reported. */
function* concernRecords(article: DemoArticle, now: Date): Generator<Row> {
	const { slug } = article;
	for (const { person: account, article: followed, minutesAfter: minutes } of demo.follows) {
		if (followed !== slug) continue;
		const created_at = minutesAfter(article, minutes, now);
		yield { type: 'follow', id: `${account}/${slug}`, account, article: slug, created_at };
	}
	yield* toldRecords(article, now);
	for (const { comment, by: account, reason, note, minutesAfter: minutes } of demo.reports) {
		if (!article.comments.some(({ key }) => key === comment)) continue;
		const created_at = minutesAfter(article, minutes, now);
		yield {
			type: 'report',
			id: `${comment}/${account}`,
			comment,
			account,
			reason,
			note,
			created_at
		};
	}
}

function* articleRecords(article: DemoArticle, now: Date): Generator<Row> {
	const { slug, title, standfirst, body, category, source, image, commenting } = article;
	const published_at = minutesAfter(article, 0, now);
	yield {
		type: 'article',
		...{ id: slug, slug, title, standfirst, body, category, author: article.byline },
		...{ source, image, commenting, published_at }
	};
	const actor = staff('editor').key;
	yield action('article.create', slug, { article: slug, actor, created_at: published_at });
	for (const comment of article.comments) yield commentRecord(article, comment, now);
	for (const { key, minutesAfter: minutes, recommendedBy = [] } of article.comments) {
		for (const [index, account] of recommendedBy.entries()) {
			const created_at = minutesAfter(article, minutes + 2 + 3 * index, now);
			yield { type: 'vote', id: `${key}/${account}`, comment: key, account, created_at };
		}
	}
	yield* decisionRecords(article, now);
	yield* concernRecords(article, now);
}

/** The first person of the demo who has a role. */
export function staff(role: Role): Person {
	return demo.people.find((person) => person.role === role)!;
}

/** The demo newsroom in the interchange format, its times relative to now. */
export function* demoRecords(passwordHashes: Map<string, string>, now: Date): Generator<Row> {
	yield { type: 'site', id: 'demo', source_id: 'demo', name: demo.name };
	for (const category of demo.categories) {
		yield { type: 'category', id: category.slug, ...category };
	}
	yield* peopleRecords(passwordHashes, now);
	for (const { person: account, ...byline } of demo.bylines) {
		yield { type: 'byline', id: byline.slug, ...byline, account };
	}
	// Oldest first, so that their ids are in the order in which they came out.
	for (const article of demo.articles.toReversed()) yield* articleRecords(article, now);
}
