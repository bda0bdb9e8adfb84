import type { Segment } from '../../comments/body.ts';
import type { Composed, QuoteRow } from '../../comments/compose.ts';
import { isParsedQuote, parse } from '../../quotes/parse.ts';
import { BadLine } from '../bad-line.ts';
import { flush, type Batch } from '../batch.ts';
import { composeImported, markdownOf, rendered } from '../bodies.ts';
import { mapCommentLinks } from '../links.ts';
import type { RecordOf } from '../records.ts';
import { note } from '../report.ts';
import { findComment } from './find-comment.ts';

type Fields = RecordOf<'comment'>;

/** A comment whose texts are taken in. */
export interface Taking {
	line: number;
	id: string;
	articleId: string;
	/** Whether it was held back. */
	waited: boolean;
	fields: Fields;
}

type Body = Pick<Composed, 'body' | 'blocks'>;

/** The rows of a comment's texts, not stored yet. */
export interface Texts extends Body {
	revision: number;
	quotes: (QuoteRow | Batch['quotes'][number])[];
	revisions: Batch['revisions'];
}

const TURNED_PLAIN = 'its body could not be rendered and became plain text';

async function markdownIn(
	batch: Batch,
	taking: Taking,
	given: Pick<Fields, 'body' | 'body_format'>
) {
	return mapCommentLinks(
		markdownOf(given.body, given.body_format, 'comment'),
		batch.source.url,
		async (id) => (await findComment(batch, taking.articleId, taking.fields.article, id)).id
	);
}

/** Finds the quotes of a text and renders it; what it may quote is stored first. */
async function take(batch: Batch, taking: Taking, markdown: string, existing: QuoteRow[]) {
	if (parse(markdown).some(isParsedQuote)) await flush(batch);
	// One that waited for its parent may quote what came in the meantime.
	const context = { articleId: taking.articleId, before: taking.waited ? null : taking.id };
	const composed = await composeImported(batch.tx, context, markdown, existing);
	if (composed.plain) note(batch.report, taking.line, TURNED_PLAIN);
	const quotes = composed.quotes.map((quote) => ({ ...quote, commentId: taking.id }) as QuoteRow);
	return { body: composed.body, blocks: composed.blocks, quotes };
}

/** What was removed or deleted may have lost its words elsewhere; its replies still need it. */
function needsWords({ status = 'published' }: Fields): boolean {
	return status === 'published' || status === 'pending';
}

/** The comment's text and its earlier ones, of a file of whatever origin. @throws {BadLine} */
export async function foreignTexts(batch: Batch, taking: Taking): Promise<Texts> {
	const { fields, id: commentId } = taking;
	const earlier = fields.revisions ?? [];
	const markdown: string[] = [];
	for (const text of [fields, ...earlier]) markdown.push(await markdownIn(batch, taking, text));
	if (markdown[0] === '' && needsWords(fields)) throw new BadLine('"body" is empty');
	const { quotes, ...current } = await take(batch, taking, markdown[0], []);
	const revisions: Texts['revisions'] = [];
	for (const [index, { created_at: writtenAt }] of earlier.entries()) {
		const { quotes: more, ...body } = await take(batch, taking, markdown[index + 1], quotes);
		// Those of the present text are known by now.
		quotes.push(...more.map((quote) => ({ ...quote, standing: false })));
		const createdAt = writtenAt ?? fields.created_at ?? batch.at;
		revisions.push({ commentId, revision: index + 1, ...body, createdAt });
	}
	return { ...current, revision: earlier.length + 1, quotes, revisions };
}

/** A stored body of our own export, rendered anew: nothing in a file is trusted to be safe HTML. */
export function restoredBody(batch: Batch, line: number, segments: Segment[]): Body {
	const body: Body = { body: [], blocks: [] };
	for (const segment of segments) {
		const piece =
			'quote' in segment
				? { body: [segment], blocks: [segment], plain: false }
				: rendered(segment.text);
		body.body.push(...piece.body);
		body.blocks.push(...piece.blocks);
		if (piece.plain) note(batch.report, line, TURNED_PLAIN);
	}
	return body;
}

/** The comment's text and its earlier ones, of our own export; its quotes are records of their own. */
export function restoredTexts(batch: Batch, { line, id: commentId, fields }: Taking): Texts {
	const { body, revision } = fields.afterword!;
	const revisions = (fields.revisions ?? []).flatMap(({ afterword, created_at: writtenAt }) => {
		if (!afterword) return [];
		const text = restoredBody(batch, line, afterword.body);
		const createdAt = writtenAt ?? batch.at;
		return [{ commentId, revision: afterword.revision, ...text, createdAt }];
	});
	return { ...restoredBody(batch, line, body), revision, quotes: [], revisions };
}
