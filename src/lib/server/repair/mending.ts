/** A kept count or place that was wrong and is right now. */
export interface Mended {
	what:
		| 'comment count'
		| 'place'
		| 'rendering'
		| 'reply count'
		| 'reply number'
		| 'score'
		| 'standing quote';
	/** The id of the article, comment or quote. */
	id: string;
	was: number | string | boolean | null;
	is: number | string | boolean | null;
}

/** What a recount looked at and what it put right. */
export interface RecountReport {
	checked: { articles: number; comments: number };
	/** The first of what was wrong. */
	mended: Mended[];
	/** How much was wrong. */
	wrong: number;
}

/** Where a recount writes down what it does. */
export interface Recount {
	report: RecountReport;
	/** Is told about every page of articles and comments. */
	onChecked: (comments: number) => void;
}

// A list that somebody may read; the number says how many there were.
const MOST_LISTED = 10_000;

/** Notes what a committed transaction put right. */
export function noteMended(recount: Recount, mended: Mended[]): void {
	const { report } = recount;
	report.wrong += mended.length;
	report.mended.push(...mended.slice(0, Math.max(0, MOST_LISTED - report.mended.length)));
}
