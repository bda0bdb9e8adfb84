import { parseSync, Visitor, type ESTree, type Plugin } from 'vite';
import { replacing } from './replacing.ts';

const escaping = replacing('afterword-escaping', [
	{
		id: /\/svelte\/src\/escaping\.js$/,
		from: `	const str = String(value ?? '');
`,
		to: `	const str = typeof value === 'string' ? value : String(value ?? '');
	if (!(is_attr ? IN_ATTR : IN_CONTENT).test(str)) return str;
`
	},
	{
		id: /\/svelte\/src\/escaping\.js$/,
		from: 'const CONTENT_REGEX = /[&<]/g;',
		// With nothing to remember of where they were.
		to: 'const CONTENT_REGEX = /[&<]/g;\nconst IN_ATTR = /[&"<]/;\nconst IN_CONTENT = /[&<]/;'
	}
]);

/** For an attribute that is left out where it has no value. No component of Svelte's may give such a name itself. */
const ATTRIBUTE = `
function $$attribute(start, value) {
	return value == null ? '' : start + $.escape(value, true) + '"';
}
`;
// Svelte has values of their own for these.
const SPECIAL = new Set(['hidden', 'translate']);
// Svelte takes others, in which JavaScript sees more than letters.
const NAME = /^[\w:.-]+$/;

/** Fixed letters of a value, as they stand in HTML in a template of JavaScript. */
function fixed(letters: string): string {
	return letters
		.replaceAll('&', '&amp;')
		.replaceAll('"', '&quot;')
		.replaceAll('<', '&lt;')
		.replaceAll(/[`\\]|\$(?=\{)/g, '\\$&');
}

function isOf(node: ESTree.Expression, name: string): node is ESTree.CallExpression {
	if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
	const { object, property } = node.callee;
	return (
		object.type === 'Identifier' &&
		object.name === '$' &&
		property.type === 'Identifier' &&
		property.name === name
	);
}

/** A value of several parts: it is always there. */
function inPlace(code: string, name: string, value: ESTree.TemplateLiteral): string {
	const written = value.quasis.map((part, n) => {
		const worked = value.expressions.at(n);
		if (!worked) return fixed(part.value.cooked!);
		// Svelte says nothing for null, and JavaScript says `null`.
		const isSvelte = isOf(worked, 'stringify');
		const { start, end } = isSvelte ? worked.arguments[0] : worked;
		const source = code.slice(start, end);
		const text = isSvelte || worked.type === 'TemplateLiteral' ? source : `\`\${${source}}\``;
		return `${fixed(part.value.cooked!)}\${$.escape(${text}, true)}`;
	});
	return ` ${name}="${written.join('')}"`;
}

function rewritten(code: string, node: ESTree.Expression): string | null {
	if (!isOf(node, 'attr') || node.arguments.length !== 2) return null;
	const [named, value] = node.arguments;
	if (named.type !== 'Literal' || typeof named.value !== 'string') return null;
	const name = named.value;
	if (SPECIAL.has(name) || !NAME.test(name)) return null;
	if (value.type === 'TemplateLiteral') return inPlace(code, name, value);
	return `\${$$attribute(' ${name}="', ${code.slice(value.start, value.end)})}`;
}

/** A compiled component whose attributes are put together where they stand. */
export function withAttributesInPlace(code: string): string {
	const edits: { start: number; end: number; text: string }[] = [];
	new Visitor({
		TemplateLiteral({ quasis, expressions }) {
			expressions.forEach((node, n) => {
				const text = rewritten(code, node);
				// From the dollar sign to the brace.
				if (text !== null) edits.push({ start: quasis[n].end, end: quasis[n + 1].start, text });
			});
		}
	}).visit(parseSync('component.js', code).program);
	const made = edits
		.sort((a, b) => b.start - a.start)
		.reduce((made, { start, end, text }) => made.slice(0, start) + text + made.slice(end), code);
	return edits.length > 0 ? made + ATTRIBUTE : code;
}

/**
 * Has Svelte find out first what is mostly so of a text, that there is nothing to be escaped in it, and put together an
 * attribute whose name it knows where it stands. A comment has some twenty: a first page of a discussion costs a
 * sixteenth less.
 */
export function attributes(): Plugin[] {
	const inPlace: Plugin = {
		name: 'afterword-attributes',
		apply: 'build',
		enforce: 'post',
		transform: {
			filter: { id: /\.svelte$/ },
			handler: (code) => ({ code: withAttributesInPlace(code), map: null })
		}
	};
	return [escaping, inPlace];
}
