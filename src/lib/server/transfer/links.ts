// The address of a link, `](…/c/ID)`; the rest of it, "?" and "#" with what follows, goes.
const COMMENT_LINK = /\]\(([^()\s]*?)\/c\/([^()\s/?#]+)(?:[?#][^()\s]*)?\)/g;

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/**
 * Makes links to comments lead to what the comments became here: `](/c/ID)` with an id of the source,
 * relative or under the source's own address. Links to comments that are not known stay.
 */
export async function mapCommentLinks(
	markdown: string,
	sourceUrl: string,
	idOf: (externalId: string) => Promise<string | null>
): Promise<string> {
	if (!markdown.includes('/c/')) return markdown;
	const home = sourceUrl.replace(/\/+$/, '');
	let mapped = '';
	let from = 0;
	for (const match of markdown.matchAll(COMMENT_LINK)) {
		const [whole, base, externalId] = match;
		const isOurs = base === '' || (home !== '' && base === home);
		const id = isOurs ? await idOf(decoded(externalId)) : null;
		mapped += markdown.slice(from, match.index) + (id === null ? whole : `](/c/${id})`);
		from = match.index + whole.length;
	}
	return mapped + markdown.slice(from);
}
