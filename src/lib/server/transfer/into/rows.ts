import { actions, articleVersions, commentingStates, origins } from '../../database/schema.ts';
import { BadLine } from '../bad-line.ts';
import { flush, standingOf, touchArticle, type Batch } from '../batch.ts';
import type { RecordOf } from '../records.ts';
import { idFor, optionally, referenced } from './support.ts';

/** Gathers a recommendation; it raises the comment's score when it is stored. */
export async function importVote(
	batch: Batch,
	_line: number,
	fields: RecordOf<'vote'>
): Promise<void> {
	const commentId = await referenced(batch, 'comment', 'comment', fields.comment);
	const accountId = await referenced(batch, 'account', 'account', fields.account);
	batch.votes.push({ commentId, accountId, createdAt: fields.created_at ?? batch.at });
}

type ActionFields = RecordOf<'action'>;

async function subjectOf(batch: Batch, { comment, article, account, problem }: ActionFields) {
	if (
		[comment, article, account, problem].filter((subject) => subject !== undefined).length !== 1
	) {
		throw new BadLine('an action is about one comment, article, account or problem');
	}
	if (comment !== undefined) {
		const commentId = await referenced(batch, 'comment', 'comment', comment);
		return { commentId, inArticleId: (await standingOf(batch, commentId)).articleId };
	}
	if (article !== undefined) {
		const articleId = await referenced(batch, 'article', 'article', article);
		return { articleId, inArticleId: articleId };
	}
	if (problem !== undefined) {
		return { problemId: await referenced(batch, 'problem', 'problem', problem) };
	}
	return { accountId: await referenced(batch, 'account', 'account', account!) };
}

/** What an act says beside its subject, that other acts and articles have. */
async function bearingsOf(batch: Batch, { in_article: article, reverses }: ActionFields) {
	const inArticle =
		article === undefined
			? {}
			: { inArticleId: await referenced(batch, 'article', 'in_article', article) };
	const reversed =
		reverses === undefined
			? {}
			: { reverses: await referenced(batch, 'action', 'reverses', reverses) };
	return { ...inArticle, ...reversed };
}

/** Adds an act of staff to the log. */
export async function importAction(
	batch: Batch,
	_line: number,
	fields: ActionFields
): Promise<void> {
	if ((await batch.known.get('action', fields.id)) !== null) {
		batch.report.unchanged++;
		return;
	}
	const subject = { ...(await subjectOf(batch, fields)), ...(await bearingsOf(batch, fields)) };
	const actorId = await optionally(batch, 'account', 'actor', fields.actor);
	const id = idFor(batch, fields.id, fields.created_at);
	await flush(batch);
	await batch.tx.insert(actions).values({
		id,
		kind: fields.kind,
		actorId,
		...subject,
		ground: fields.ground ?? null,
		reason: fields.reason ?? '',
		details: fields.details ?? {},
		createdAt: fields.created_at
	});
	batch.known.learn('action', fields.id, id);
}

/** Adds who set an article's comment state, when and why; the article itself has the state. */
export async function importCommentingState(
	batch: Batch,
	_line: number,
	fields: RecordOf<'commenting_state'>
): Promise<void> {
	if ((await batch.known.get('commenting_state', fields.id)) !== null) {
		batch.report.unchanged++;
		return;
	}
	const articleId = await referenced(batch, 'article', 'article', fields.article);
	const actorId = await optionally(batch, 'account', 'actor', fields.actor);
	const id = idFor(batch, fields.id, fields.created_at);
	await batch.tx.insert(commentingStates).values({
		id,
		articleId,
		state: fields.state,
		reason: fields.reason ?? '',
		// Without a note of its own, in a file of other software, the reason stands beside the notice.
		note: fields.note ?? (batch.source.native ? '' : (fields.reason ?? '')),
		actorId,
		createdAt: fields.created_at,
		until: fields.until ?? null
	});
	batch.known.learn('commenting_state', fields.id, id);
	touchArticle(batch, articleId);
}

/** Adds an earlier text of an article. */
export async function importArticleVersion(
	batch: Batch,
	_line: number,
	fields: RecordOf<'article_version'>
): Promise<void> {
	const { version, replaced_at: replacedAt } = fields;
	const articleId = await referenced(batch, 'article', 'article', fields.article);
	const text = { title: fields.title, standfirst: fields.standfirst, body: fields.body };
	const made = await batch.tx
		.insert(articleVersions)
		.values({ articleId, version, ...text, replacedAt })
		.onConflictDoNothing()
		.returning({ version: articleVersions.version });
	batch.report.unchanged += 1 - made.length;
}

/** Restores what a file was imported from before, so that importing that again changes nothing here either. */
export async function importOrigin(
	batch: Batch,
	_line: number,
	fields: RecordOf<'origin'>
): Promise<void> {
	const { source, of: type, external_id: externalId, internal_id: internalId } = fields;
	const made = await batch.tx
		.insert(origins)
		.values({ source, type, externalId, internalId })
		.onConflictDoNothing()
		.returning({ id: origins.internalId });
	batch.report.unchanged += 1 - made.length;
}
