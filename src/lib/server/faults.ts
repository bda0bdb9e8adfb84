/** A database query that failed, as drizzle throws it. */
interface FailedQuery extends Error {
	query: string;
	cause?: unknown;
}

function isFailedQuery(error: Error): error is FailedQuery {
	return 'params' in error && 'query' in error && typeof error.query === 'string';
}

function messageOf(thrown: unknown): string {
	return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : typeof thrown;
}

/**
 * What the log says about a fault: what went wrong and where. A failed query names the values that
 * were written, people's words and addresses among them, so only its text and its cause are kept.
 */
export function stackOf(thrown: unknown): string {
	if (!(thrown instanceof Error)) return `thrown: ${typeof thrown}`;
	const { message, stack = '' } = thrown;
	if (!isFailedQuery(thrown)) return stack || messageOf(thrown);
	const start = stack.indexOf(message);
	const frames = start < 0 ? '' : stack.slice(start + message.length);
	return `${messageOf(thrown.cause)}\n    in ${thrown.query}${frames}`;
}
