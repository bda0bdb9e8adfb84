import { assertOutput, assertRenderable, type TextKind } from './caps.ts';
import { parse, toHtml } from './markdown.ts';
import { normaliseText } from './normalise.ts';
import { markPassages } from './passages.ts';
import { sanitise } from './sanitise.ts';

/** Goes up when the same text gives other HTML, so that what was rendered before can be rendered again. */
export const RENDERER_VERSION = 1;
/** The same of articles' bodies. */
export const ARTICLE_RENDERER_VERSION = 2;

/**
 * Markdown as safe HTML, by the rules of a comment (the default: line breaks stay, no headings) or of
 * an article (headings `h2` to `h4`). No pictures, no raw HTML, no tables. Nothing of the text is lost:
 * what cannot be rendered throws `TextTooLong` or `TextTooComplex`. The text is normalised first.
 * @param options.passages gives each top-level block that has words an id to be linked to.
 */
export function renderMarkdown(
	source: string,
	options: { kind?: TextKind; passages?: boolean } = {}
): string {
	const kind = options.kind ?? 'comment';
	const text = normaliseText(source);
	assertRenderable(text, { kind });
	const tokens = parse(text, kind);
	if (options.passages) markPassages(tokens);
	const html = sanitise(toHtml(tokens, kind));
	assertOutput(text, html);
	return html;
}
