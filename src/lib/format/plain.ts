const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

// Most spaces are single ones, and stay as they are.
const UNEVEN_SPACE = /\s{2,}|[^\S ]/g;

/** The text of HTML that our own sanitizer wrote. */
export function textOf(html: string): string {
	return html
		.replace(/<[^>]*>/g, ' ')
		.replace(/&(amp|lt|gt|quot|#39);/g, (_entity, name: string) => ENTITIES[name])
		.replace(UNEVEN_SPACE, ' ')
		.trim();
}

/** The beginning of a text, not cut within a word, so that it is no longer than `most`. */
export function beginning(text: string, most: number): string {
	if (text.length <= most) return text;
	return `${text.slice(0, most).replace(/\s+\S*$/, '')} …`;
}
