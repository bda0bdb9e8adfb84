const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

// Most spaces are single ones, and stay as they are. `[^\S ]` for the others takes twice as long.
const UNEVEN_SPACE = /\s(?:\s+|(?<! ))/g;

/** The text of HTML that our own sanitizer wrote. */
export function textOf(html: string): string {
	const bare = html.replace(/<[^>]*>/g, ' ');
	const text = bare.includes('&')
		? bare.replace(/&(amp|lt|gt|quot|#39);/g, (_entity, name: string) => ENTITIES[name])
		: bare;
	return text.replace(UNEVEN_SPACE, ' ').trim();
}

/**
 * The beginning of a text, not cut within a word, so that it is no longer than `most`. It ends with three
 * dots: `…` is not of Latin-1, and makes all the text around it twice as wide while a page is made.
 */
export function beginning(text: string, most: number): string {
	if (text.length <= most) return text;
	return `${text.slice(0, most).replace(/\s+\S*$/, '')} ...`;
}
