import type { Page } from '@playwright/test';
import { discussion, guest } from './api.ts';
import { expect } from './site.ts';
import type { Site } from './site.ts';

/** The box in which somebody writes. */
export function body(page: Page) {
	return page.locator('.composer [name=body]');
}

/** Presses a button of the composer; gives the status of the answer, which the script gets as JSON. */
export async function press(page: Page, name: 'Post' | 'Save' | 'Preview'): Promise<number> {
	let inJson: number | null = null;
	await page.route(
		(url) => /\?\/(?:post|save)/.test(url.search),
		async (route) => {
			if (route.request().headers().accept !== 'application/json') return route.fallback();
			const answer = await route.fetch({ maxRedirects: 0 });
			inJson = ((await answer.json()) as { status: number }).status;
			await route.fulfill({ response: answer });
		}
	);
	const [answer] = await Promise.all([
		page.waitForResponse((response) => response.request().method() === 'POST'),
		page.locator('.composer').getByRole('button', { name, exact: true }).click()
	]);
	await page.unrouteAll({ behavior: 'wait' });
	return inJson ?? answer.status();
}

/** Posts a comment as the page does; gives its id. */
export async function write(page: Page, slug: string, words: string): Promise<string> {
	await page.goto(`/articles/${slug}`);
	await body(page).fill(words);
	expect(await press(page, 'Post')).toBe(303);
	await expect(page).toHaveURL(/#c-\w{16}$/);
	return page.url().slice(-16);
}

/** The texts of a discussion, as everybody reads them. */
export async function textsOf(site: Site, slug: string): Promise<(string | null)[]> {
	return (await discussion(guest(site), slug)).map((comment) => comment.body);
}
