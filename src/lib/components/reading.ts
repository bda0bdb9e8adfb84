/** The circumstances of a reading, the same for everything on a page. */
export interface Reading {
	now: Date;
	/** Whether times may be told as ages: not on pages that are kept and read later. */
	relative: boolean;
	/** What others wrote after this is marked as new; nothing is, without it. */
	newSince?: Date | null;
	/** The beginning of the query of each link that quotes: what the composer quotes already. */
	quoting?: string;
	/** Comments stand within their article, as schema.org's marks say it. */
	inArticle?: boolean;
}
