/** What an outside check is told of a comment. */
export interface Question {
	/** The comment's own words, as a reader sees them. */
	text: string;
	/** The hosts that it links to. */
	hosts: readonly string[];
	author: { id: string; name: string };
	/** The author's network address; null where it is not known. */
	address: string | null;
	/** The address of the article. */
	article: string;
	/** Whether an earlier text of it was kept before. */
	edited: boolean;
}
