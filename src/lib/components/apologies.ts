/** What an error page says above and below the words of the error itself. */
export interface Apology {
	title: string;
	advice: string;
}

const APOLOGIES: Record<number, Apology | undefined> = {
	400: {
		title: 'We could not read that address',
		advice: 'It may have been cut short when it was copied. Please try from the page it belongs to.'
	},
	401: { title: 'Please sign in', advice: 'This page is for people with an account.' },
	403: { title: 'This is not open to you', advice: 'Somebody with another role can do it.' },
	404: {
		title: 'There is nothing here',
		advice: 'It may have been moved or taken down, or the address may have a slip in it.'
	},
	413: {
		title: 'That was too long to take in',
		advice: 'Please go back, keep a copy of your words, and send less at once.'
	},
	429: { title: 'That was a little fast', advice: 'Please go back and try again in a moment.' },
	503: {
		title: 'We are very busy',
		advice: 'Nothing was lost. Please go back and try again in a moment.'
	}
};

const OWN_FAULT: Apology = {
	title: 'Something went wrong here',
	advice: 'The fault is ours, and it has been noted. Please try again in a moment.'
};
const OTHER: Apology = {
	title: 'That did not work',
	advice: 'Please go back and try again; your words should still be there.'
};

/** The words of an error page for an HTTP status. */
export function apology(status: number): Apology {
	return APOLOGIES[status] ?? (status >= 500 ? OWN_FAULT : OTHER);
}
