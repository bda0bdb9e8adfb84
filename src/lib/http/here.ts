/** Parameters that belong to one moment of writing, not to the page. */
const PASSING = ['reply', 'quote'];

/** Path and query of a page, to come back to: without a form's action and what was being written. */
export function here(url: URL): string {
	if (url.search === '') return url.pathname;
	const query = new URLSearchParams(url.search);
	// Without a quote it names a passage of the article, whose comments the page shows.
	if (query.has('quote')) query.delete('passage');
	for (const name of [...query.keys()]) {
		if (name.startsWith('/') || PASSING.includes(name)) query.delete(name);
	}
	const text = query.toString();
	return text ? `${url.pathname}?${text}` : url.pathname;
}
