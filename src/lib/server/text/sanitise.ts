import sanitizeHtml from 'sanitize-html';
import { EXTERNAL_REL, isExternal, safeAddress } from './addresses.ts';
import { PASSAGE_KEY } from './passages.ts';

const INLINE = ['a', 'bdi', 'br', 'code', 'em', 's', 'strong'];
const BLOCKS = ['blockquote', 'h2', 'h3', 'h4', 'hr', 'li', 'ol', 'p', 'pre', 'ul'];
const EMPTY = ['br', 'hr'];

/** A link by the rules for addresses; one that leads nowhere safe is words only. */
function safeLink(tagName: string, { href, title }: sanitizeHtml.Attributes): sanitizeHtml.Tag {
	const address = safeAddress(href ?? '');
	if (address === null) return { tagName, attribs: {} };
	const attribs: sanitizeHtml.Attributes = { href: address };
	if (title) attribs.title = title;
	if (isExternal(address)) attribs.rel = EXTERNAL_REL;
	return { tagName, attribs };
}

// What an article's passages begin with; the key is of our making.
const WITH_PASSAGE = ['blockquote', 'code', 'h2', 'h3', 'h4', 'ol', 'p', 'pre', 'ul'];
const PASSAGE_ID = new RegExp(`^p-${PASSAGE_KEY}$`);

/** An id only where a passage begins, and no other than a passage's. */
function safeId(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
	const { id, ...others } = attribs;
	const isPassage = id !== undefined && PASSAGE_ID.test(id);
	return { tagName, attribs: isPassage ? { ...others, id } : others };
}

/** No other id, no class, no style. `escape` shows a forbidden tag as text, so that no words are lost. */
const ALLOWED: sanitizeHtml.IOptions = {
	allowedTags: [...INLINE, ...BLOCKS],
	allowedAttributes: {
		...Object.fromEntries(WITH_PASSAGE.map((name) => [name, ['id']])),
		...{ a: ['href', 'rel', 'title'], ol: ['start', 'id'], li: ['value'] }
	},
	allowedSchemes: ['http', 'https', 'mailto'],
	allowedSchemesAppliedToAttributes: ['href'],
	allowProtocolRelative: false,
	disallowedTagsMode: 'escape',
	selfClosing: EMPTY,
	parseStyleAttributes: false,
	transformTags: {
		...Object.fromEntries(WITH_PASSAGE.map((name) => [name, safeId])),
		a: safeLink
	}
};

// Between quotation marks, with "&amp;" as the only entity: nothing a browser would decode to something else.
const VALUE = '(?:[^"<>&\\s\\\\]|&amp;)*';
const TITLE = '(?: title="[^"<>]*")?';
const ATTRIBUTES = [
	`a href="https?://(?![/?#])${VALUE}"${TITLE} rel="${EXTERNAL_REL}"`,
	`a href="(?:mailto:|/(?!/))${VALUE}"${TITLE}`,
	`ol start="\\d+"(?: id="p-${PASSAGE_KEY}")?`,
	`(?:${WITH_PASSAGE.join('|')}) id="p-${PASSAGE_KEY}"`,
	'li value="\\d+"'
];
const NAMES = [...INLINE, ...BLOCKS].filter((name) => name !== 'a' && !EMPTY.includes(name));
const TAG = new RegExp(
	`<(?:(${EMPTY.join('|')})|/(a|${NAMES.join('|')})|(${NAMES.join('|')})|${ATTRIBUTES.join('|')})>`,
	'y'
);

/** Whether HTML is nothing but text and well-nested tags of the allowlist, letter for letter as our renderer writes them. */
function isHarmless(html: string): boolean {
	const open: string[] = [];
	for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', TAG.lastIndex)) {
		TAG.lastIndex = at;
		const tag = TAG.exec(html);
		if (!tag) return false;
		const [, empty, closed, opened] = tag;
		if (closed) {
			if (open.pop() !== closed) return false;
		} else if (!empty) open.push(opened ?? /[a-z][a-z0-9]*/.exec(tag[0])?.[0] ?? '');
	}
	return open.length === 0;
}

/**
 * The second wall behind the Markdown parser: HTML with nothing in it but the tags and attributes
 * that text may have. What the renderer writes is only checked, which costs a fiftieth of sanitising;
 * anything else is sanitised, its forbidden tags shown as text.
 */
export function sanitise(html: string): string {
	return isHarmless(html) ? html : sanitizeHtml(html, ALLOWED);
}
