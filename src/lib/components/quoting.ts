/** What `quote` names when it is the article. */
export const ARTICLE = 'article';

/** Something that an address asks to be quoted. */
export interface Wanted {
	/** A comment's id, or `ARTICLE`. */
	source: string;
	/** Only these words; '' for all. */
	passage: string;
}

// More is no comment, and addresses have an end.
const QUOTES_MOST = 20;
const ADDRESS_LENGTH = 4000;

/** What an address asks to be quoted: each `quote`, and the `passage` that follows it. */
export function readQuoting(query: URLSearchParams): Wanted[] {
	const wanted: Wanted[] = [];
	for (const [name, value] of query) {
		const last = wanted.at(-1);
		if (name === 'quote' && value !== '') wanted.push({ source: value, passage: '' });
		else if (name === 'passage' && last) last.passage = value;
	}
	return wanted.slice(0, QUOTES_MOST);
}

/** What `readQuoting` reads; long passages are left out where there is no room for them. */
export function writeQuoting(wanted: Wanted[]): string {
	const query = new URLSearchParams();
	let room = ADDRESS_LENGTH;
	for (const { source, passage } of wanted) {
		query.append('quote', source);
		room -= passage.length;
		if (passage !== '' && room > 0) query.append('passage', passage);
	}
	return query.toString();
}

/** The beginning of a query that carries on what a composer quotes already, its words from outside. */
export function carriedOn(quote: string): string {
	const carried = writeQuoting(readQuoting(new URLSearchParams(quote)));
	return carried === '' ? '' : `${carried}&`;
}
