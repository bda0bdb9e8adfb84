import type { Locator, Page } from '@playwright/test';
import { discussion, guest, member, newArticle, post as postByApi } from './support/api.ts';
import type { Client } from './support/api.ts';
import { open } from './support/pages.ts';
import { signInNew, test } from './support/people.ts';
import type { Someone } from './support/people.ts';
import { expect, signIn } from './support/site.ts';
import { body } from './support/writing.ts';

/** Milliseconds that making accounts may take on a loaded machine. */
const PATIENCE = 180_000;
/** More keys than any page of these tests needs. */
const MOST_TABS = 80;

let editor: Client;
let ann: Client;
let bob: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(PATIENCE);
	editor = await member(site, 'editor');
	ann = await member(site, 'reader');
	bob = await signInNew(browser, site, 'reader');
});

test.afterAll(() => bob.page.context().close());

/** Presses Tab until this has the focus; wherever the focus stops on the way, it must be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
	for (let keys = 0; keys < MOST_TABS; keys++) {
		await page.keyboard.press('Tab');
		const focus = page.locator(':focus');
		await expect(focus).toBeInViewport();
		const ring = await focus.evaluate((element) => {
			const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
			return { name: element.outerHTML.slice(0, 80), outlineStyle, outlineWidth, outlineColor };
		});
		expect(ring, ring.name).toMatchObject({ outlineStyle: 'solid' });
		expect(parseFloat(ring.outlineWidth), ring.name).toBeGreaterThanOrEqual(2);
		expect(ring.outlineColor, ring.name).not.toMatch(/, 0\)$|transparent/);
		if (await target.evaluate((element) => element === document.activeElement)) return;
	}
	throw new Error(`Tab never came to ${String(target)}`);
}

test('by keyboard alone, a thread is read, recommended, answered and edited', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const { id } = await postByApi(ann, slug, 'Who will answer this?');
	const comment = page.locator(`#c-${id}`);
	await open(page, '/');
	await tabTo(page, page.getByRole('link', { name: 'Skip to the page' }));
	await page.keyboard.press('Enter');
	await expect(page.locator('main')).toBeFocused();
	await open(page, `/articles/${slug}`);

	await tabTo(page, comment.getByRole('button', { name: 'Recommend' }));
	await page.keyboard.press('Space');
	await expect(comment.getByRole('button', { name: 'Recommend' })).toHaveText('Recommend 1');
	await expect(comment.getByRole('button', { name: 'Recommend' })).toBeFocused();
	await tabTo(page, comment.getByRole('link', { name: 'Reply' }));
	await page.keyboard.press('Enter');
	await expect(body(page)).toBeFocused();
	await page.keyboard.type('I will.');
	await tabTo(page, page.getByRole('button', { name: 'Post', exact: true }));
	await page.keyboard.press('Enter');
	const reply = page.locator(`#c-${id} + .comment`);
	await expect(reply.locator('.comment-body')).toHaveText('I will.');

	// The browser goes on from the comment that the address names.
	await tabTo(page, reply.locator('summary'));
	await page.keyboard.press('Enter');
	await tabTo(page, reply.getByRole('link', { name: 'Edit' }));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Edit your comment');
	await tabTo(page, body(page));
	await page.keyboard.press('End');
	await page.keyboard.type(' Tomorrow.');
	await tabTo(page, page.getByRole('button', { name: 'Save' }));
	await page.keyboard.press('Enter');
	await expect(page.locator('.addressed .comment-body')).toHaveText('I will. Tomorrow.');
	await expect(page.locator('.addressed')).toBeInViewport();
});

test('what is pasted stays whole, and what is too much of it is counted', async () => {
	const { page } = bob;
	await open(page, `/articles/${await newArticle(editor)}`);
	const long = 'word '.repeat(2_001).trim();
	await body(page).focus();
	await page.keyboard.insertText(long);
	await expect(body(page)).toHaveValue(long);
	await expect(page.locator('.composer-count')).toHaveText('4 characters too many.');
	for (let key = 0; key < 4; key++) await page.keyboard.press('Backspace');
	await expect(page.locator('.composer-count')).toHaveText('0 characters left.');
	await body(page).fill('Short.');
	await expect(page.locator('.composer-count')).toHaveText('');
});

test('at sign-out, what was being written leaves the browser too', async ({ browser, site }) => {
	test.setTimeout(PATIENCE);
	const { page, ...person } = await signInNew(browser, site, 'reader');
	const path = `/articles/${await newArticle(editor)}`;
	await open(page, path);
	await body(page).fill('Nobody else should read this.');
	await open(page, path);
	await expect(body(page)).toHaveValue('Nobody else should read this.');
	await page.getByRole('button', { name: 'Sign out' }).click();
	await expect(page.getByRole('link', { name: 'Sign in', exact: true })).toBeVisible();
	expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Nobody else');
	await signIn(page, person);
	await open(page, path);
	await expect(body(page)).toHaveValue('');
	await page.context().close();
});

test('a refused comment does not lose its draft to the page that says so', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	await open(page, `/articles/${slug}`);
	await body(page).fill('A moment too late.');
	await editor.call('PATCH', `/articles/${slug}`, { json: { commenting: 'disabled' } });
	await page.getByRole('button', { name: 'Post', exact: true }).click();
	await expect(page.locator('.commenting-notice')).toBeVisible();
	await editor.call('PATCH', `/articles/${slug}`, { json: { commenting: 'open' } });
	await open(page, `/articles/${slug}`);
	await expect(body(page)).toHaveValue('A moment too late.');
});

test('a long and deep thread opens in its place in the order in which it is read', async ({
	page,
	site
}) => {
	const slug = await newArticle(editor);
	const root = await postByApi(editor, slug, 'The root.');
	const ids = [root.id];
	// Some go deeper than the indentation, and answers to them come late.
	for (const parent of [0, 1, 2, 3, 4, 5, 6, 0, 6, 7, 3, 6]) {
		ids.push((await postByApi(editor, slug, `Under ${parent}.`, ids[parent])).id);
	}
	await open(page, `/articles/${slug}`);
	await page.locator('.more-replies').click();
	await expect(page.locator('.more-replies')).toHaveCount(0);
	const shown = await page
		.locator('.comment')
		.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.commentId));
	const all = await discussion(guest(site), slug);
	const below = (id: string): string[] => [
		id,
		...all.filter(({ parent }) => parent === id).flatMap((reply) => below(reply.id))
	];
	expect(shown).toEqual(below(root.id));
	await page.locator(`#c-${ids[6]} .fold`).click();
	const hidden = await page.locator('.comment[hidden]').count();
	expect(hidden).toBe(below(ids[6]).length - 1);
});
