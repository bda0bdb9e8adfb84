// Somebody waits for the answer with a finger on the button.
const TIMEOUT_MS = 2_000;
// More than any answer of ours has.
const LONGEST_ANSWER = 10_000;

/** What is asked. */
export interface Sent {
	url: string;
	headers: Record<string, string>;
	/** None for what is only looked up. */
	body?: string;
	/** Characters of the longest answer that is read. */
	longest?: number;
}

async function readShort(response: Response, longest: number): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of response.body ?? []) {
		text += decoder.decode(chunk as Uint8Array, { stream: true });
		if (text.length > longest) throw new Error('The answer is too long.');
	}
	return text;
}

/**
 * Sends a question and gives the answer's text; follows no redirect and waits for two seconds at most.
 * @param signal ends the waiting sooner.
 * @throws {Error} when there is no answer in time, or none that is a success.
 */
export async function ask(
	{ url, headers, body, longest = LONGEST_ANSWER }: Sent,
	signal?: AbortSignal
): Promise<string> {
	const inTime = AbortSignal.timeout(TIMEOUT_MS);
	const response = await fetch(url, {
		...{ method: body === undefined ? 'GET' : 'POST', headers, body, redirect: 'error' },
		signal: signal ? AbortSignal.any([signal, inTime]) : inTime
	});
	if (!response.ok) {
		await response.body?.cancel();
		throw new Error(`The answer has the status ${response.status}.`);
	}
	return readShort(response, longest);
}
