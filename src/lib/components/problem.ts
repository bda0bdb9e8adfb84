/** What a form was refused for, as its action gives it back with what was filled in. */
export interface ProblemView {
	/** A stable code for programs. */
	code: string;
	/** The words for the reader. */
	message: string;
	/** The form field that it is about. */
	field?: string;
}
