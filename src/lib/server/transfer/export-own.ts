import type { Read } from '../database/database.ts';
import { follows, mutes, notifications, reports } from '../database/schema.ts';
import type { ExportedRecord } from './export.ts';
import { rowsByKey } from './pages.ts';

async function* exportFollows(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, follows, ['accountId', 'articleId', 'rootId'])) {
		const { accountId: account, articleId: article, rootId, createdAt } = row;
		yield {
			type: 'follow',
			...{ id: `${account}/${article}/${rootId}`, account, article },
			...{ thread: rootId === '' ? undefined : rootId, created_at: createdAt }
		};
	}
}

async function* exportMutes(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, mutes, ['accountId', 'mutedId'])) {
		const { accountId: account, mutedId: muted, createdAt } = row;
		yield { type: 'mute', id: `${account}/${muted}`, account, muted, created_at: createdAt };
	}
}

async function* exportNotifications(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, notifications, ['id'])) {
		const { id, kind, accountId: account, commentId: comment } = row;
		const decision = { statement: row.statementId, problem: row.problemId };
		yield {
			type: 'notification',
			...{ id, account, comment, ...decision, kind, created_at: row.createdAt, read_at: row.readAt }
		};
	}
}

async function* exportReports(db: Read): AsyncGenerator<ExportedRecord> {
	for await (const row of rowsByKey(db, reports, ['id'])) {
		const { id, reason, revision, note } = row;
		yield {
			type: 'report',
			...{ id, comment: row.commentId, account: row.accountId, revision, reason },
			...{ note: note === '' ? undefined : note, created_at: row.createdAt },
			...{ guest_name: row.guestName, guest_email: row.guestEmail },
			law: row.law === '' ? undefined : row.law,
			...{ settled_at: row.settledAt, settled_by: row.settledBy, outcome: row.outcome },
			afterword: { weight: row.weight, secret_hash: row.secretHash }
		};
	}
}

/** What each account follows, muted, was told and reported. */
export async function* exportOwn(db: Read): AsyncGenerator<ExportedRecord> {
	yield* exportFollows(db);
	yield* exportMutes(db);
	yield* exportNotifications(db);
	yield* exportReports(db);
}
