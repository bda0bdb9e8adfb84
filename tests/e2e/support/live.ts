import type { Page } from '@playwright/test';
import { expect } from './site.ts';
import type { Client } from './api.ts';

/** Opens a page and waits for its script. */
export async function open(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await expect(page.locator('html')).toHaveAttribute('data-hydrated', 'true');
}

/** Counts the documents that the page loads from now on. */
export function countLoads(page: Page): () => number {
	let loads = 0;
	page.on('domcontentloaded', () => loads++);
	return () => loads;
}

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
