import { escapeHtml } from '#lib/server/text/escape-html.ts';
import { normaliseText } from '#lib/server/text/normalise.ts';

/** An element: its name, its attributes, and either what stands in it or its text. */
export type Element = [
	name: string,
	attributes: Record<string, string>,
	inside?: string | Element[]
];

// Of the five that `escapeHtml` writes XML knows all; it has no way at all to say a control character or half of a pair.
function escaped(text: string): string {
	return escapeHtml(normaliseText(text));
}

function written([name, attributes, inside = '']: Element): string {
	const tag = Object.entries(attributes).reduce(
		(before, [key, value]) => `${before} ${key}="${escaped(value)}"`,
		name
	);
	if (inside.length === 0) return `<${tag}/>`;
	if (typeof inside === 'string') return `<${tag}>${escaped(inside)}</${name}>`;
	return `<${tag}>\n${inside.map((one) => `${written(one)}\n`).join('')}</${name}>`;
}

/** A document in XML 1.0, whatever its texts hold. */
export function document(root: Element): string {
	return `<?xml version="1.0" encoding="utf-8"?>\n${written(root)}\n`;
}
