import { inArray } from 'drizzle-orm';
import * as schema from '../../database/schema.ts';
import { articleUrls, showComments } from './comments.ts';
import { section, type Section } from './rows.ts';

function byId(table: { accountId: Section['owner']; id: Section['owner'] }) {
	return { owner: table.accountId, key: [table.id] };
}

const { actions, apiTokens, authenticators, bylines, comments, follows } = schema;
const { identities, knownDevices, mutes, notifications, passkeys, previousNames } = schema;
const { problems, recoveryCodes, reports, sanctions, securityEvents, sessions } = schema;
const { accountNotes, accounts, appeals, statements, votes } = schema;

/**
 * What is known about an account, table by table: never a key or a secret, never who noted, reported or
 * decided something, never what others wrote for somebody else.
 */
export const SECTIONS: readonly Section[] = [
	section(
		'earlier_names',
		previousNames,
		{ owner: previousNames.accountId, key: [previousNames.nameKey] },
		(rows) => rows.map(({ name, endedAt }) => ({ name, until: endedAt }))
	),
	section('sessions', sessions, byId(sessions), (rows) =>
		rows.map(({ method, device, address, createdAt, seenAt, expiresAt, ...row }) => ({
			...{ method, device, address, created_at: createdAt, seen_at: seenAt },
			...{ proved_at: row.authenticatedAt, second_factor_at: row.secondFactorAt },
			expires_at: expiresAt
		}))
	),
	section('devices', knownDevices, byId(knownDevices), (rows) =>
		rows.map(({ createdAt, seenAt }) => ({ first_seen_at: createdAt, seen_at: seenAt }))
	),
	section('passkeys', passkeys, byId(passkeys), (rows) =>
		rows.map(({ label, synced, createdAt, usedAt }) => ({
			...{ label, synced, created_at: createdAt, used_at: usedAt }
		}))
	),
	section(
		'authenticator_apps',
		authenticators,
		{ owner: authenticators.accountId, key: [authenticators.accountId] },
		(rows) =>
			rows.map(({ createdAt, confirmedAt }) => ({
				created_at: createdAt,
				confirmed_at: confirmedAt
			}))
	),
	section('recovery_codes', recoveryCodes, byId(recoveryCodes), (rows) =>
		rows.map(({ createdAt, usedAt }) => ({ created_at: createdAt, used_at: usedAt }))
	),
	section(
		'accounts_elsewhere',
		identities,
		{ owner: identities.accountId, key: [identities.provider, identities.subject] },
		(rows) =>
			rows.map(({ provider, subject, label, createdAt, usedAt }) => ({
				...{ provider, subject, label, created_at: createdAt, used_at: usedAt }
			}))
	),
	section('api_tokens', apiTokens, byId(apiTokens), (rows) =>
		rows.map(({ createdAt }) => ({ created_at: createdAt }))
	),
	section('bylines', bylines, byId(bylines), (rows) =>
		rows.map(({ name, role, bio }) => ({ name, role, bio }))
	),
	section('comments', comments, { owner: comments.authorId, key: [comments.id] }, showComments),
	section('recommendations', votes, { owner: votes.accountId, key: [votes.commentId] }, (rows) =>
		rows.map(({ commentId, createdAt }) => ({ url: `/c/${commentId}`, at: createdAt }))
	),
	section(
		'follows',
		follows,
		{ owner: follows.accountId, key: [follows.articleId, follows.rootId] },
		async (rows, db) => {
			const ids = rows.map(({ articleId }) => articleId);
			const urls = await articleUrls(db, ids);
			return rows.map(({ articleId, rootId, createdAt }) => ({
				...{ article: urls.get(articleId), thread: rootId && `/c/${rootId}`, since: createdAt }
			}));
		}
	),
	section('mutes', mutes, { owner: mutes.accountId, key: [mutes.mutedId] }, async (rows, db) => {
		if (rows.length === 0) return [];
		const ids = rows.map(({ mutedId }) => mutedId);
		const named = await db
			.select({ id: accounts.id, name: accounts.name })
			.from(accounts)
			.where(inArray(accounts.id, ids));
		const names = new Map(named.map(({ id, name }) => [id, name]));
		return rows.map(({ mutedId, createdAt }) => ({ name: names.get(mutedId), since: createdAt }));
	}),
	section('notifications', notifications, byId(notifications), (rows) =>
		rows.map(({ kind, commentId, statementId, problemId, createdAt, readAt }) => ({
			kind,
			comment: commentId && `/c/${commentId}`,
			statement: statementId && `/statements/${statementId}`,
			problem: problemId && `/problems/${problemId}`,
			...{ at: createdAt, read_at: readAt }
		}))
	),
	section('reports', reports, byId(reports), (rows) =>
		rows.map(({ commentId, reason, note, law, createdAt, settledAt, outcome }) => ({
			...{ comment: `/c/${commentId}`, reason, note, law, at: createdAt },
			...{ settled_at: settledAt, outcome }
		}))
	),
	section('problems', problems, byId(problems), (rows) =>
		rows.map(({ id, kind, words, passage, status, answer, createdAt, decidedAt }) => ({
			...{ url: `/problems/${id}`, kind, words, passage, status, answer },
			...{ at: createdAt, decided_at: decidedAt }
		}))
	),
	section('decisions', actions, byId(actions), (rows) =>
		rows.map(({ kind, ground, reason, details, createdAt }) => ({
			...{ kind, ground, reason, details, at: createdAt }
		}))
	),
	section('sanctions', sanctions, byId(sanctions), (rows) =>
		rows.map(({ kind, ground, reason, createdAt, until, acknowledgedAt, endedAt }) => ({
			...{ kind, ground, reason, at: createdAt, until },
			...{ acknowledged_at: acknowledgedAt, ended_at: endedAt }
		}))
	),
	section('statements', statements, byId(statements), (rows) =>
		rows.map(({ id, restriction, ground, law, reason, automatic, until, createdAt }) => ({
			...{ url: `/statements/${id}`, restriction, ground, law, reason, automatic, until },
			at: createdAt
		}))
	),
	section('appeals', appeals, byId(appeals), (rows) =>
		rows.map(({ statementId, words, createdAt, decidedAt, outcome, answer }) => ({
			...{ statement: `/statements/${statementId}`, words, at: createdAt },
			...{ decided_at: decidedAt, outcome, answer }
		}))
	),
	section('notes_about_you', accountNotes, byId(accountNotes), (rows) =>
		rows.map(({ note, createdAt }) => ({ note, at: createdAt }))
	),
	section('security_events', securityEvents, byId(securityEvents), (rows) =>
		rows.map(({ kind, accountId, actorId, address, details, createdAt }) => {
			const isOwn = actorId === accountId;
			return { kind, address: isOwn ? address : null, details, at: createdAt };
		})
	)
];
