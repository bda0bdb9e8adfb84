import { expect } from 'vitest';
import { isRefusal } from '#lib/server/refusal.ts';

/** "STATUS code" of the refusal that a promise ends in; "done" when it ends well. Other errors fail the test. */
export async function outcome(promise: Promise<unknown>): Promise<string> {
	try {
		await promise;
		return 'done';
	} catch (thrown) {
		if (!isRefusal(thrown)) throw thrown;
		return `${thrown.status} ${thrown.code}`;
	}
}

/** Expects a promise to be refused with this status, and with this code if one is given. */
export async function expectRefusal(
	promise: Promise<unknown>,
	status: number,
	code?: string
): Promise<void> {
	const answer = await outcome(promise);
	if (code === undefined) expect(answer.split(' ')[0]).toBe(String(status));
	else expect(answer).toBe(`${status} ${code}`);
}

/** How often each outcome comes among promises that run at once. */
export async function outcomes(promises: Promise<unknown>[]): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const answer of await Promise.all(promises.map(outcome))) {
		counts[answer] = (counts[answer] ?? 0) + 1;
	}
	return counts;
}
