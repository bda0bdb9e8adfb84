/** What a refusal may carry beside its words. */
export interface RefusalDetails {
	/** Seconds after which another try may succeed (status 429 and 503). */
	retryAfter?: number;
	/** The form field that the refusal is about. */
	field?: string;
}

const NAME = 'Refusal';

/** A rule that says no: an HTTP status, a stable code for programs and words for the reader. */
export class Refusal extends Error {
	readonly status: number;
	readonly code: string;
	readonly details: RefusalDetails;

	constructor(status: number, code: string, message: string, details: RefusalDetails = {}) {
		super(message);
		this.name = NAME;
		this.status = status;
		this.code = code;
		this.details = details;
	}
}

/** Whether a thrown thing is a `Refusal`; by name, because the build may hold a second copy of the class. */
export function isRefusal(thrown: unknown): thrown is Refusal {
	return thrown instanceof Error && thrown.name === NAME;
}

/** 404 for what does not exist, and for what this reader may not see. */
export function notFound(what: string): Refusal {
	return new Refusal(404, 'not-found', `There is no such ${what}.`);
}

/** 403 for an act that the actor's role does not allow. */
export function forbidden(words = 'You may not do this.'): Refusal {
	return new Refusal(403, 'forbidden', words);
}

/** 401 for an act that needs an account. */
export function signInFirst(words = 'Please sign in to do this.'): Refusal {
	return new Refusal(401, 'sign-in', words);
}

/** 422 for input that is well-formed but breaks a rule; `field` names the form field. */
export function invalid(code: string, message: string, field?: string): Refusal {
	return new Refusal(422, code, message, field ? { field } : {});
}

/** 409 for a change that meets another change. */
export function conflict(code: string, message: string): Refusal {
	return new Refusal(409, code, message);
}
