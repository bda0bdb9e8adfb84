import { importRows, writer, type Row } from './paper.ts';
import { unique, type Site } from './site.ts';

/** Comments that stand on one page: as many threads as fit on it, each with as many replies as it shows. */
export const LONG = 200;
const THREADS = 30;

const SENTENCES = [
	'The council said on Monday that work on the harbour wall would begin before the winter storms.',
	'Nobody on the quay believed a word of it, and those who fish from there least of all.',
	'My father painted the old lamp twice a year, and it never once went out while he did.',
	'What it costs is in the budget; what it would cost not to do it is in nobody’s.',
	'I measured it at low water: eleven metres from the steps to the first of the new stones.'
];

function words(number: number): string {
	const sentence = (by: number) => SENTENCES[(number * 7 + by * 3) % SENTENCES.length];
	return `Point ${number}. ${sentence(0)} ${sentence(1)}\n\n${sentence(2)}`;
}

/** Brings in an article with a discussion of 200 comments in threads, and its people; gives its slug. */
export async function longDiscussion(site: Site): Promise<string> {
	const slug = unique('long').replace(' ', '-');
	const people = ['Ann Wake', 'Bob Tide', 'Cy Brine', 'Dot Shoal'].map((name) => unique(name));
	const accounts: Row[] = people.map((name) => ({ type: 'account', id: name, name }));
	const article: Row = {
		...{ type: 'article', id: slug, slug, title: 'What the harbour wall will cost' },
		standfirst: 'Eleven metres of new stone, and a lamp that nobody is to paint any more.',
		body: Array.from({ length: 12 }, (_, number) => words(number)).join('\n\n'),
		published_at: new Date('2026-03-01T08:00:00Z')
	};
	const { rows, comment } = writer(slug, Date.parse('2026-03-01T09:00:00Z'));
	const threads: string[] = [];
	for (let number = 0; number < LONG; number++) {
		const author = people[number % people.length];
		const parent = threads[number % THREADS];
		const id = comment(author, words(number), parent ? { parent } : {});
		if (!parent) threads.push(id);
	}
	await importRows(site, [...accounts, article, ...rows]);
	return slug;
}
