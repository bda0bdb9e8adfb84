import { loadStandings, lockArticles, type Batch } from '../batch.ts';
import { BadLine } from '../bad-line.ts';
import { keyOf, type KnownType } from '../known.ts';
import type { GoodReading, Reading } from '../readings.ts';
import { NATIVE_ONLY, type AnyRecord } from '../records.ts';
import { importAccount } from './accounts.ts';
import { importArticle } from './articles.ts';
import * as carried from './carried.ts';
import { importComment } from './comments.ts';
import { importQuote } from './quotes.ts';
import * as own from './own.ts';
import * as rows from './rows.ts';
import { importByline, importCategory } from './sections.ts';

type Wanted = [KnownType, string];

/** What a record is and refers to. */
function wantedBy({ type, fields }: AnyRecord): [KnownType, unknown][] {
	switch (type) {
		case 'category':
			return [['category', fields.id]];
		case 'byline':
			return [
				['byline', fields.id],
				['account', fields.account]
			];
		case 'account':
			return [['account', fields.id]];
		case 'article':
			return [
				['article', fields.id],
				['category', fields.category],
				['byline', fields.author]
			];
		case 'comment':
			return [
				['comment', fields.id],
				['article', fields.article],
				['comment', fields.parent],
				['account', fields.author]
			];
		case 'vote':
			return [
				['comment', fields.comment],
				['account', fields.account]
			];
		case 'follow':
			return [
				['account', fields.account],
				['article', fields.article],
				['comment', fields.thread]
			];
		case 'mute':
			return [
				['account', fields.account],
				['account', fields.muted]
			];
		case 'notification':
			return [
				['account', fields.account],
				['comment', fields.comment],
				['statement', fields.statement],
				['problem', fields.problem]
			];
		case 'report':
			return [
				['comment', fields.comment],
				['account', fields.account],
				['account', fields.settled_by]
			];
		case 'action':
			return [
				['action', fields.id],
				['account', fields.actor],
				['comment', fields.comment],
				['article', fields.article],
				['account', fields.account],
				['problem', fields.problem],
				['article', fields.in_article],
				['action', fields.reverses]
			];
		case 'commenting_state':
			return [
				['commenting_state', fields.id],
				['article', fields.article],
				['account', fields.actor]
			];
		case 'article_version':
			return [['article', fields.article]];
		case 'quote':
			return [
				['comment', fields.comment],
				['comment', fields.source_comment],
				['article', fields.source_article]
			];
		case 'site':
		case 'origin':
			return [];
		default:
			return carried.wantedBy(type, fields);
	}
}

/** Asks the database at once about everything that these records are and refer to. */
export async function prepare(batch: Batch, readings: Reading[]): Promise<void> {
	const records = readings.flatMap((reading) => ('record' in reading ? [reading.record] : []));
	const wanted = records
		.flatMap(wantedBy)
		.filter((pair): pair is Wanted => typeof pair[1] === 'string');
	await batch.known.prefetch(wanted);
	const idsOf = async (type: KnownType) => {
		const keys = new Set(wanted.filter((pair) => pair[0] === type).map(([, id]) => keyOf(id)));
		const ids = await Promise.all([...keys].map((key) => batch.known.get(type, key)));
		return ids.filter((id) => id !== null);
	};
	// Articles are locked by everything that comes under them.
	await lockArticles(batch, await idsOf('article'));
	await loadStandings(batch, await idsOf('comment'));
}

/** Imports one record. @throws {BadLine} when it cannot be imported; then it left nothing behind. */
export async function importRecord(batch: Batch, reading: GoodReading): Promise<void> {
	const { record, line } = reading;
	if (NATIVE_ONLY.includes(record.type) && !batch.source.native) {
		throw new BadLine(
			`"${record.type}" records belong to an export of Afterword, with its "site" record`
		);
	}
	switch (record.type) {
		case 'site':
			throw new BadLine('a "site" record must be the first of a file');
		case 'category':
			return importCategory(batch, line, record.fields);
		case 'byline':
			return importByline(batch, line, record.fields);
		case 'account':
			return importAccount(batch, line, record.fields);
		case 'article':
			return importArticle(batch, line, record.fields);
		case 'comment':
			return importComment(batch, { ...reading, fields: record.fields });
		case 'vote':
			return rows.importVote(batch, line, record.fields);
		case 'follow':
			return own.importFollow(batch, line, record.fields);
		case 'mute':
			return own.importMute(batch, line, record.fields);
		case 'notification':
			return own.importNotification(batch, line, record.fields);
		case 'report':
			return own.importReport(batch, line, record.fields);
		case 'action':
			return rows.importAction(batch, line, record.fields);
		case 'commenting_state':
			return rows.importCommentingState(batch, line, record.fields);
		case 'article_version':
			return rows.importArticleVersion(batch, line, record.fields);
		case 'quote':
			return importQuote(batch, line, record.fields);
		case 'origin':
			return rows.importOrigin(batch, line, record.fields);
		default:
			return carried.importCarried(batch, record.type, record.fields);
	}
}
