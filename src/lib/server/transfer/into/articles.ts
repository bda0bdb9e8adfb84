import { freeSlug, isSlug, slugOf } from '../../articles/slugs.ts';
import { articles } from '../../database/schema.ts';
import { normaliseLine } from '../../text/normalise.ts';
import { ARTICLE_RENDERER_VERSION } from '../../text/render.ts';
import { BadLine } from '../bad-line.ts';
import type { Batch } from '../batch.ts';
import { markdownOf, renderArticle, renderMessage } from '../bodies.ts';
import type { RecordOf } from '../records.ts';
import { note } from '../report.ts';
import { bylineFor, categoryFor } from './sections.ts';
import { addressOf, idFor, lineOf } from './support.ts';

type Fields = RecordOf<'article'>;

// As in the editor's form.
const LINE_LENGTH = 300;
const PARAGRAPH_LENGTH = 1000;
// An id that is made of words, and not a number or a hash.
const HAS_A_WORD = /(?:^|-)\p{L}{2,}(?:-|$)/u;

/** The slug that an article asks for: its own, its id if people could read it, or one of its title. */
export function wantedSlug(fields: Pick<Fields, 'id' | 'slug' | 'title'>): string {
	if (fields.slug !== undefined && isSlug(fields.slug)) return fields.slug;
	if (fields.slug !== undefined && normaliseLine(fields.slug) !== '') return slugOf(fields.slug);
	if (isSlug(fields.id) && HAS_A_WORD.test(fields.id)) return fields.id;
	return slugOf(fields.title);
}

function words(batch: Batch, line: number, fields: Fields) {
	const title = lineOf(batch, line, 'title', fields.title, LINE_LENGTH);
	if (title === '') throw new BadLine('"title" is empty');
	const { source = {}, image = {} } = fields;
	return {
		title,
		standfirst: lineOf(batch, line, 'standfirst', fields.standfirst, PARAGRAPH_LENGTH),
		sourceName: lineOf(batch, line, 'source.name', source.name, LINE_LENGTH),
		sourceUrl: addressOf(batch, line, 'source.url', source.url),
		imageUrl: addressOf(batch, line, 'image.url', image.url),
		imageAlt: lineOf(batch, line, 'image.alt', image.alt, PARAGRAPH_LENGTH),
		imageCredit: lineOf(batch, line, 'image.credit', image.credit, LINE_LENGTH),
		url: addressOf(batch, line, 'url', fields.url)
	};
}

/** The columns that our own export restores. */
function restored({ afterword }: Fields) {
	if (!afterword) return {};
	return {
		createdAt: afterword.created_at,
		version: afterword.version,
		commenting: afterword.commenting,
		commentingUntil: afterword.commenting_until ?? null,
		commentingThen: afterword.commenting_then ?? null,
		...{ slowMode: afterword.slow_mode, slowSeconds: afterword.slow_seconds },
		closeAfterDays: afterword.close_after_days ?? null,
		closeAfterSilentDays: afterword.close_after_silent_days ?? null,
		openHours: afterword.open_hours ?? null,
		...renderMessage(afterword.message),
		...{ authorHere: afterword.author_here, staffMaySpeak: afterword.staff_may_speak },
		revision: 0
	};
}

/** Makes an article, its discussion still empty. */
export async function importArticle(batch: Batch, line: number, fields: Fields): Promise<void> {
	if ((await batch.known.get('article', fields.id)) !== null) {
		batch.report.unchanged++;
		return;
	}
	const native = batch.source.native ? fields.afterword : undefined;
	const text = words(batch, line, fields);
	const { plain, ...body } = renderArticle(markdownOf(fields.body, fields.body_format, 'article'));
	if (plain) note(batch.report, line, 'its body could not be rendered and became plain text');
	const bylineId = await bylineFor(batch, line, fields.author);
	const publishedAt = fields.published_at ?? batch.at;
	const id = idFor(batch, fields.id, publishedAt);
	await batch.tx.insert(articles).values({
		id,
		slug: await freeSlug(batch.tx, articles, wantedSlug(fields)),
		...text,
		...body,
		rendererVersion: ARTICLE_RENDERER_VERSION,
		categoryId: await categoryFor(batch, line, fields.category),
		bylineId,
		publishedAt: native?.draft ? null : publishedAt,
		createdAt: publishedAt,
		updatedAt: fields.updated_at ?? publishedAt,
		commenting: fields.commenting ?? 'open',
		...(native ? restored(fields) : {})
	});
	if (native) batch.scratch.addFresh({ kind: 'article', id, revision: native.revision });
	batch.known.learn('article', fields.id, id);
	batch.report.articles++;
	batch.touchesSite = true;
}
