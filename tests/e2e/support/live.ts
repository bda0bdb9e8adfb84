import { expect } from './site.ts';
import type { Client } from './api.ts';

/** Sets an article's comment state. */
export async function setState(staff: Client, slug: string, state: string): Promise<void> {
	await staff.expect(200, 'Article', 'PATCH', `/articles/${slug}`, { json: { commenting: state } });
}

/** Takes a comment down, or puts it back. */
export async function decide(
	staff: Client,
	id: string,
	verb: 'remove' | 'restore' | 'approve'
): Promise<void> {
	const reason = 'For the test.';
	const answer = await staff.call('POST', `/comments/${id}/${verb}`, { json: { reason } });
	expect(answer.status, answer.text).toBeLessThan(300);
}

/** Changes the words of a comment. */
export async function edit(author: Client, id: string, body: string): Promise<void> {
	await author.expect(200, 'Comment', 'PATCH', `/comments/${id}`, { json: { body } });
}
