// A newspaper's articles have so many comments each, on average.
const COMMENTS_AN_ARTICLE = 120;
const FEWEST_ARTICLES = 8;
// The most discussed article of all has this share of all comments.
const LARGEST_SHARE = 0.1;
const COMMENTS_A_PERSON = 40;
const FEWEST_PEOPLE = 50;
const MOST_PEOPLE = 50_000;

/**
 * How many comments each article gets: few get most (Zipf's law), the first its share of all.
 * @returns sizes, largest first, that add up to `comments`.
 */
export function articleSizes(comments: number, inOneArticle: boolean): number[] {
	if (inOneArticle || comments === 0) return [comments];
	const count = Math.max(FEWEST_ARTICLES, Math.round(comments / COMMENTS_AN_ARTICLE));
	const largest = Math.round(comments * LARGEST_SHARE);
	const weights = Array.from({ length: count - 1 }, (_, rank) => 1 / (rank + 2));
	const whole = weights.reduce((sum, weight) => sum + weight, 0);
	const sizes = [largest];
	let weighed = 0;
	let given = largest;
	for (const weight of weights) {
		weighed += weight;
		const upTo = largest + Math.round((comments - largest) * (weighed / whole));
		sizes.push(upTo - given);
		given = upTo;
	}
	return sizes;
}

/** How many people wrote so many comments. */
export function peopleFor(comments: number): number {
	const people = Math.round(comments / COMMENTS_A_PERSON);
	return Math.min(MOST_PEOPLE, Math.max(FEWEST_PEOPLE, people));
}
