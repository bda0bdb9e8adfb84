import { isReadable } from '../accounts/passwords/passwords.ts';
import { stateAt } from '../articles/commenting-rules.ts';
import { now } from '../clock.ts';
import type { Read } from '../database/database.ts';
import {
	accounts,
	actions,
	articleVersions,
	articles,
	bylines,
	categories,
	commentingStates,
	origins,
	quotes,
	site,
	votes
} from '../database/schema.ts';
import { exportCarried } from './export-carried.ts';
import { exportComments } from './export-comments.ts';
import { exportOwn } from './export-own.ts';
import { FORMAT, SOFTWARE } from './native.ts';
import { rowsByKey } from './pages.ts';

/** One record of an export; fields that are null, undefined or empty lists are not written. */
export type ExportedRecord = { type: string; id: string } & Record<string, unknown>;

// What else belongs to accounts alone.
const OF_ACCOUNTS = [
	...(['previous_name', 'picture', 'passkey', 'authenticator'] as const),
	...(['recovery_code', 'identity', 'security_event'] as const)
];
// Articles may be long.
const LONG_ROWS_AT_ONCE = 50;

/** A text, or nothing for an empty one. */
function some(text: string): string | undefined {
	return text === '' ? undefined : text;
}

async function* exportSite(db: Read, url: string | null): AsyncGenerator<ExportedRecord> {
	const [row] = await db.select().from(site).limit(1);
	if (!row) return;
	const { id, name, createdAt, revision } = row;
	yield {
		type: 'site',
		...{ id, source_id: id, name, url: url ?? undefined, exported_at: now() },
		...{ software: SOFTWARE, format: FORMAT },
		afterword: { created_at: createdAt, revision }
	};
}

async function* exportSections(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, categories, ['id'])) {
		const { id, name, slug, createdAt } = row;
		const description = some(row.description);
		yield { type: 'category', ...{ id, name, slug, description, created_at: createdAt } };
	}
}

async function* exportAccounts(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, accounts, ['id'])) {
		const { id, name, email, role, passwordHash, revision } = row;
		yield {
			type: 'account',
			...{ id, name, email, role, created_at: row.createdAt },
			// What no password can be checked against, no import takes.
			password_hash: passwordHash !== null && isReadable(passwordHash) ? passwordHash : undefined,
			...{ bio: some(row.bio), suspended_until: row.suspendedUntil },
			banned: row.bannedAt === null ? undefined : true,
			afterword: {
				...{ banned_at: row.bannedAt, revision },
				approval_required_at: row.approvalRequiredAt,
				warning: row.warningId,
				moderates: row.moderates ?? undefined,
				reports_upheld: row.reportsUpheld,
				reports_dismissed: row.reportsDismissed,
				...{ email_confirmed_at: row.emailConfirmedAt, renamed_at: row.renamedAt },
				picture: row.pictureId,
				...{ deletes_at: row.deletesAt, deletes_comments: row.deletesComments },
				deleted_at: row.deletedAt,
				...{ mails_answers: row.mailsAnswers, mails_followed: row.mailsFollowed },
				mailed_at: row.mailedAt
			}
		};
	}
}

async function* exportBylines(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, bylines, ['id'])) {
		const { id, name, slug, accountId, createdAt } = row;
		const texts = { role: some(row.role), bio: some(row.bio) };
		yield {
			type: 'byline',
			...{ id, name, slug, ...texts },
			account: accountId,
			created_at: createdAt
		};
	}
}

/** An object without its empty texts; nothing when none is left. */
function filled(texts: Record<string, string>): Record<string, string> | undefined {
	const entries = Object.entries(texts).filter(([, text]) => text !== '');
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

type Article = typeof articles.$inferSelect;

function articleRecord(row: Article): ExportedRecord {
	return {
		type: 'article',
		...{ id: row.id, title: row.title, body: row.body, slug: row.slug },
		...{ standfirst: some(row.standfirst), category: row.categoryId, author: row.bylineId },
		source: filled({ name: row.sourceName, url: row.sourceUrl }),
		image: filled({ url: row.imageUrl, alt: row.imageAlt, credit: row.imageCredit }),
		...{ url: some(row.url), published_at: row.publishedAt, updated_at: row.updatedAt },
		commenting: stateAt(row, now()),
		afterword: {
			created_at: row.createdAt,
			draft: row.publishedAt === null ? true : undefined,
			version: row.version,
			commenting: row.commenting,
			commenting_until: row.commentingUntil,
			commenting_then: row.commentingThen,
			...{ slow_mode: row.slowMode, slow_seconds: row.slowSeconds },
			close_after_days: row.closeAfterDays,
			close_after_silent_days: row.closeAfterSilentDays,
			open_hours: row.openHours ?? undefined,
			message: some(row.message),
			...{ author_here: row.authorHere, staff_may_speak: row.staffMaySpeak },
			revision: row.revision
		}
	};
}

async function* exportArticles(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, articles, ['id'], LONG_ROWS_AT_ONCE))
		yield articleRecord(row);
}

async function* exportVersions(db: Read): AsyncGenerator<ExportedRecord> {
	const key = ['articleId', 'version'] as const;
	for await (const row of rowsByKey(db, articleVersions, [...key], LONG_ROWS_AT_ONCE)) {
		const { articleId: article, version, title, standfirst, body, replacedAt } = row;
		yield {
			type: 'article_version',
			...{ id: `${article}/${version}`, article, version },
			...{ title, standfirst, body, replaced_at: replacedAt }
		};
	}
}

async function* exportStates(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, commentingStates, ['id'])) {
		const { id, state, until } = row;
		yield {
			type: 'commenting_state',
			...{ id, article: row.articleId, state, reason: some(row.reason), actor: row.actorId },
			...{ note: some(row.note), created_at: row.createdAt, until }
		};
	}
}

async function* exportQuotes(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, quotes, ['id'])) {
		const { id, match, body } = row;
		yield {
			type: 'quote',
			...{ id, comment: row.commentId, outer: row.outerId },
			...{ source_comment: row.sourceCommentId, source_article: row.sourceArticleId },
			...{ source_revision: row.sourceRevision, said_by: row.saidBy, match },
			...{ passage: row.passage, standing: row.standing, body }
		};
	}
}

async function* exportVotes(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, votes, ['commentId', 'accountId'])) {
		const { commentId: comment, accountId: account, createdAt } = row;
		yield { type: 'vote', id: `${comment}/${account}`, comment, account, created_at: createdAt };
	}
}

async function* exportActions(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, actions, ['id'])) {
		const { id, kind, reason, details } = row;
		yield {
			type: 'action',
			...{ id, kind, actor: row.actorId, comment: row.commentId, article: row.articleId },
			...{ account: row.accountId, problem: row.problemId, in_article: row.inArticleId },
			...{ ground: row.ground, reverses: row.reverses },
			...{ reason: some(reason), details, created_at: row.createdAt }
		};
	}
}

async function* exportOrigins(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, origins, ['source', 'type', 'externalId'])) {
		const { source, type: of, externalId, internalId } = row;
		const ids = { external_id: externalId, internal_id: internalId };
		yield { type: 'origin', id: `${source}\n${of}\n${externalId}`, source, of, ...ids };
	}
}

/**
 * A whole site, record by record, each after what it refers to, in bounded memory. `db` should see one
 * moment of the database, or what is written meanwhile may be half in it. Holds everything but sessions,
 * tokens and rate limits: e-mail addresses, password hashes and removed words too.
 * @param url the site's public address, if it is known.
 */
export async function* exportRecords(
	db: Read,
	url: string | null = null
): AsyncGenerator<ExportedRecord> {
	yield* exportSite(db, url);
	yield* exportSections(db);
	yield* exportAccounts(db);
	yield* exportBylines(db);
	yield* exportArticles(db);
	yield* exportVersions(db);
	yield* exportStates(db);
	yield* exportComments(db);
	yield* exportQuotes(db);
	yield* exportVotes(db);
	for (const type of ['setting', 'problem', 'correction', 'screening'] as const) {
		yield* exportCarried(db, type);
	}
	yield* exportActions(db);
	for (const type of ['sanction', 'account_note', 'statement', 'appeal', ...OF_ACCOUNTS] as const) {
		yield* exportCarried(db, type);
	}
	yield* exportOwn(db);
	yield* exportOrigins(db);
}
