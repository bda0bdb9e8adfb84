/** Whose accounts people may sign in with, as a page offers it. */
export interface SourceView {
	/** Where a form that begins it is sent. */
	url: string;
	name: string;
}
