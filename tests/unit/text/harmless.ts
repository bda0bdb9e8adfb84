import { parseDocument } from 'htmlparser2';

type ChildNode = ReturnType<typeof parseDocument>['children'][number];

/** The elements that rendered text may have, and the attributes of each. */
const ALLOWED = new Map<string, string[]>(
	Object.entries({
		a: ['href', 'rel', 'title'],
		bdi: [],
		blockquote: [],
		br: [],
		code: [],
		em: [],
		h2: [],
		h3: [],
		h4: [],
		hr: [],
		li: ['value'],
		ol: ['start'],
		p: [],
		pre: [],
		s: [],
		strong: [],
		ul: []
	})
);

/** What a link's address may be, after a browser has read it on a page of ours. */
function addressFault(address: string): string | null {
	const page = 'https://forum.example/articles/x';
	const url = URL.parse(address, page);
	if (!url) return `no address: ${address}`;
	if (!['http:', 'https:', 'mailto:'].includes(url.protocol)) return `scheme of ${address}`;
	if (url.username !== '' || url.password !== '') return `user name in ${address}`;
	const leavesTheSite = url.protocol !== 'mailto:' && url.origin !== new URL(page).origin;
	if (leavesTheSite && !/^https?:\/\//.test(address)) return `hidden host in ${address}`;
	if (url.protocol !== 'mailto:' && !leavesTheSite && !address.startsWith('/')) {
		return `relative address ${address}`;
	}
	// Browsers drop or rewrite these.
	return /[\u0000-\u0020\u007f\\]/.test(address) ? `control character in ${address}` : null;
}

function nodeFaults(node: ChildNode): string[] {
	if (node.type === 'text') return [];
	if (node.type !== 'tag') return [`node ${node.type}`];
	const allowed = ALLOWED.get(node.name);
	if (!allowed) return [`element ${node.name}`];
	const faults = Object.keys(node.attribs)
		.filter((name) => !allowed.includes(name))
		.map((name) => `attribute ${name} of ${node.name}`);
	const { href } = node.attribs;
	if (node.name === 'a' && href !== undefined) {
		const fault = addressFault(href);
		if (fault) faults.push(fault);
		if (/^https?:/.test(href) && node.attribs.rel !== 'nofollow ugc noopener') faults.push('rel');
	}
	return [...faults, ...node.children.flatMap(nodeFaults)];
}

/** What rendered text must not hold and does: elements, attributes, addresses, by a real parser. */
export function faults(html: string): string[] {
	return parseDocument(html).children.flatMap(nodeFaults);
}

/** The text of HTML as a reader sees it: a line for each block and line break. */
export function visibleText(html: string): string {
	const textOf = (node: ChildNode): string => {
		if (node.type === 'text') return node.data;
		if (node.type !== 'tag') return '';
		if (node.name === 'br' || node.name === 'hr') return '\n';
		const inner = node.children.map(textOf).join('');
		return /^(?:p|li|h[1-6]|pre|blockquote|ul|ol)$/.test(node.name) ? `\n${inner}\n` : inner;
	};
	return parseDocument(html).children.map(textOf).join('');
}
