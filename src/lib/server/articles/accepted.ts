import { invalid } from '../refusal.ts';
import { ARTICLE_MAX, TextTooComplex, TextTooLong } from '../text/caps.ts';
import { normaliseLine, normaliseText } from '../text/normalise.ts';
import { ARTICLE_RENDERER_VERSION, renderMarkdown } from '../text/render.ts';

/** The words of an article. */
export interface ArticleText {
	title: string;
	standfirst: string;
	/** Markdown. */
	body: string;
	sourceName: string;
	sourceUrl: string;
	imageUrl: string;
	imageAlt: string;
	imageCredit: string;
	/** Its address elsewhere. */
	url: string;
}

// Longer than any headline; a paragraph for what stands under it.
const LINE_LENGTH = 300;
const STANDFIRST_LENGTH = 1000;
const URL_LENGTH = 2000;

function line(text: string, field: keyof ArticleText, most = LINE_LENGTH): string {
	const accepted = normaliseLine(text);
	if (accepted.length <= most) return accepted;
	throw invalid('too-long', `This has more than ${most} characters.`, field);
}

function address(text: string, field: keyof ArticleText): string {
	const accepted = line(text, field, URL_LENGTH);
	if (accepted === '') return '';
	const isWeb = URL.canParse(accepted) && /^https?:$/.test(new URL(accepted).protocol);
	if (isWeb) return accepted;
	throw invalid('bad-address', 'An address begins with http:// or https://.', field);
}

/** A body as it came from outside, put right. @throws {Refusal} 422 when it is missing or too long */
function acceptBody(text: string): string {
	const body = normaliseText(text).trim();
	if (body === '') throw invalid('no-body', 'An article needs a body.', 'body');
	if (body.length <= ARTICLE_MAX) return body;
	const most = ARTICLE_MAX.toLocaleString('en-GB');
	throw invalid('too-long', `A body has at most ${most} characters.`, 'body');
}

/** The HTML of a field's Markdown. @throws {Refusal} 422 when it cannot be rendered */
export function render(markdown: string, field: string, { passages = false } = {}): string {
	try {
		return renderMarkdown(markdown, { kind: 'article', passages });
	} catch (error) {
		const isCap = error instanceof TextTooLong || error instanceof TextTooComplex;
		throw isCap ? invalid(error.code, error.message, field) : error;
	}
}

/** The columns of a body's HTML. @throws {Refusal} 422 when it is missing, too long or too complex */
export function renderBody(text: string): { bodyHtml: string; rendererVersion: number } {
	const bodyHtml = render(acceptBody(text), 'body', { passages: true });
	return { bodyHtml, rendererVersion: ARTICLE_RENDERER_VERSION };
}

/**
 * An article's words as they came from outside, checked and put right.
 * @throws {Refusal} 422 when the title or body is missing, something is too long, or an address is none.
 */
export function acceptArticle(input: ArticleText): ArticleText {
	const title = line(input.title, 'title');
	if (title === '') throw invalid('no-title', 'An article needs a title.', 'title');
	return {
		title,
		standfirst: line(input.standfirst, 'standfirst', STANDFIRST_LENGTH),
		body: acceptBody(input.body),
		sourceName: line(input.sourceName, 'sourceName'),
		sourceUrl: address(input.sourceUrl, 'sourceUrl'),
		imageUrl: address(input.imageUrl, 'imageUrl'),
		imageAlt: line(input.imageAlt, 'imageAlt', STANDFIRST_LENGTH),
		imageCredit: line(input.imageCredit, 'imageCredit'),
		url: address(input.url, 'url')
	};
}
