import { renderMarkdown } from '#lib/server/text/render.ts';

/** A guide of `src/help`. */
export interface Guide {
	/** Its file's name without the ending. */
	slug: string;
	title: string;
	/** The first paragraph, as plain text. */
	summary: string;
	html: string;
}

const ORDER = ['reading-and-posting', 'moderating', 'newsroom', 'operating', 'growing'];
const files = import.meta.glob<string>('/src/help/*.md', {
	query: '?raw',
	import: 'default',
	eager: true
});

function guide([path, text]: [string, string]): Guide {
	const [heading, summary, ...rest] = text.split(/\n\n+/);
	return {
		slug: path.replace(/^.*\/|\.md$/g, ''),
		title: heading.replace(/^# /, ''),
		summary: summary.replace(/\s+/g, ' '),
		html: renderMarkdown(rest.join('\n\n'), { kind: 'article' })
	};
}

/** Every guide, those for readers first. */
export const guides: readonly Guide[] = Object.entries(files)
	.map(guide)
	.sort((a, b) => place(a) - place(b) || a.title.localeCompare(b.title));

function place({ slug }: Guide): number {
	const index = ORDER.indexOf(slug);
	return index === -1 ? ORDER.length : index;
}
