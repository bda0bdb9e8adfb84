import { meter } from '#lib/server/monitoring/meter.ts';
import * as visits from '#lib/server/monitoring/visits.ts';
import { isRefusal, type Refusal } from '#lib/server/refusal.ts';
import { error, fail, type ActionFailure } from '@sveltejs/kit';

/** What a form says about a refusal. */
export interface Problem {
	code: string;
	message: string;
	field?: string;
	/** Seconds. */
	retryAfter?: number;
}

/** Counts it, and says in the answer's headers after how long to try again. */
function tell({ code, details: { retryAfter } }: Refusal): void {
	meter().refused(code);
	if (retryAfter) visits.askAgain(retryAfter);
}

/**
 * Turns a refusal into a failed form with the reader's values kept.
 * @throws whatever is no refusal.
 */
export function refuse<T extends object>(
	thrown: unknown,
	values: T
): ActionFailure<T & { problem: Problem }> {
	if (!isRefusal(thrown)) throw thrown;
	const { status, code, message, details } = thrown;
	tell(thrown);
	return fail(status, { ...values, problem: { code, message, ...details } });
}

/** Turns a refusal into SvelteKit's error page, for loads. @throws always */
export function errorOf(thrown: unknown): never {
	if (!isRefusal(thrown)) throw thrown;
	tell(thrown);
	error(thrown.status, { message: thrown.message });
}

/** What a page that has no form says about a refusal. @throws whatever is no refusal */
export function problemOf(thrown: unknown): Problem {
	if (!isRefusal(thrown)) throw thrown;
	meter().refused(thrown.code);
	return { code: thrown.code, message: thrown.message, ...thrown.details };
}

/** The value of a promise, or the error page of its refusal. */
export async function found<T>(promise: Promise<T>): Promise<T> {
	return promise.catch(errorOf);
}

/** For `catch`: nothing where there was a refusal. @throws whatever is no refusal. */
export function orNull(thrown: unknown): null {
	if (isRefusal(thrown)) return null;
	throw thrown;
}
