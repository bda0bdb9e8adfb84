import { expect, type Page } from '@playwright/test';

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
