import { assertOutput, assertRenderable, type TextKind } from './caps.ts';
import { parse, toHtml } from './markdown.ts';
import { normaliseText } from './normalise.ts';
import { sanitise } from './sanitise.ts';

/** Goes up when the same text gives other HTML, so that what was rendered before can be rendered again. */
export const RENDERER_VERSION = 1;

/**
 * Markdown as safe HTML, by the rules of a comment (the default: line breaks stay, no headings) or of
 * an article (headings `h2` to `h4`). No pictures, no raw HTML, no tables. Nothing of the text is lost:
 * what cannot be rendered throws `TextTooLong` or `TextTooComplex`. The text is normalised first.
 */
export function renderMarkdown(source: string, options: { kind?: TextKind } = {}): string {
	const kind = options.kind ?? 'comment';
	const text = normaliseText(source);
	assertRenderable(text, { kind });
	const html = sanitise(toHtml(parse(text, kind), kind));
	assertOutput(text, html);
	return html;
}
