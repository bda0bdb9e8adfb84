import type { Page } from '@playwright/test';
import { member, MEMBERS_TIMEOUT, newArticle, post, type Client } from '../support/api.ts';
import { open } from '../support/pages.ts';
import { signInNew, test, type Someone } from '../support/people.ts';
import { expect } from '../support/site.ts';
import { body } from '../support/writing.ts';

let editor: Client;
let ann: Client;
let bob: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	editor = await member(site, 'editor');
	ann = await member(site, 'reader');
	bob = await signInNew(browser, site, 'reader');
});

test.afterAll(() => bob.page.context().close());

/** Selects some words of the first paragraph in an element. */
async function select(page: Page, selector: string, from: number, to: number): Promise<void> {
	await page.locator(`${selector} >> nth=0`).evaluate(
		(paragraph, [start, end]) => {
			const range = document.createRange();
			range.setStart(paragraph.firstChild!, start);
			range.setEnd(paragraph.firstChild!, end);
			getSelection()!.removeAllRanges();
			getSelection()!.addRange(range);
		},
		[from, to]
	);
}

const bar = (page: Page, name: string) =>
	page.locator('.passage-bar').getByRole('button', { name, exact: true });
const opener = (page: Page) => page.locator('.tray-opener');
const tray = (page: Page) => page.getByRole('region', { name: 'Collected quotes' });

test('a passage of the article is quoted in its place', async () => {
	const { page } = bob;
	const slug = await newArticle(editor, {
		body: 'The lamp was lit again.',
		standfirst: 'At last.'
	});
	await open(page, `/articles/${slug}`);
	await select(page, '.article-body p', 4, 8);
	await bar(page, 'Quote').click();
	await expect(body(page)).toHaveValue(`> [The article said,](/articles/${slug})\n> lamp\n\n`);
	await select(page, '.standfirst', 0, 7);
	await bar(page, 'Quote').click();
	await expect(body(page)).toHaveValue(/> lamp\n\n> \[The article said,.*\n> At last\n\n$/);
});

test('quotes are collected over pages, put in order, trimmed and inserted together', async () => {
	const { page } = bob;
	const slug = await newArticle(editor, { body: 'The lamp was lit again.' });
	const url = `/articles/${slug}`;
	const one = await post(ann, slug, 'One thing and another thing.');
	const two = await post(editor, slug, 'Something else entirely.');
	await open(page, url);
	await expect(opener(page)).toHaveCount(0);
	await page.getByRole('button', { name: `Add the comment of ${editor.name} to quotes` }).click();
	await open(page, `/c/${one.id}`);
	await select(page, `#c-${one.id} .comment-body p`, 0, 'One thing'.length);
	await bar(page, 'Add to quotes').click();
	await expect(opener(page)).toHaveText('2 quotes');
	await opener(page).click();
	await expect(page).toHaveURL(`${url}#composer`);
	await select(page, '.article-body p', 4, 8);
	await bar(page, 'Add to quotes').click();

	const words = tray(page).getByRole('textbox');
	await expect(words).toHaveCount(3);
	expect(
		await words.evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value))
	).toEqual(['Something else entirely.', 'One thing', 'lamp']);
	await tray(page)
		.getByRole('button', { name: `Move the quote of ${ann.name} up` })
		.press('Enter');
	await expect(words.nth(0)).toBeFocused();
	await expect(words.nth(0)).toHaveValue('One thing');
	await words.nth(1).fill('Something else');
	await tray(page).getByRole('button', { name: 'Remove the quote of The article' }).press('Enter');
	await page.reload();
	await expect(words).toHaveCount(2);
	await tray(page).getByRole('button', { name: 'Insert' }).click();
	await expect(body(page)).toHaveValue(
		`> [${ann.name} said,](/c/${one.id})\n> One thing\n\n` +
			`> [${editor.name} said,](/c/${two.id})\n> Something else\n\n`
	);
	await expect(tray(page)).toHaveCount(0);
	await expect(opener(page)).toHaveCount(0);
});

test('a whole comment that was collected is quoted whole, what is gone stays and says so', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const one = await post(ann, slug, 'A **strong** thing.\n\nAnd a weak one.');
	const gone = await post(ann, slug, 'Gone soon.');
	await open(page, `/articles/${slug}`);
	for (const { id } of [one, gone]) await page.locator(`#c-${id} .add-quote`).click();
	await ann.call('DELETE', `/comments/${gone.id}`);
	await tray(page).getByRole('button', { name: 'Insert' }).click();
	await expect(body(page)).toHaveValue(
		`> [${ann.name} said,](/c/${one.id})\n> A **strong** thing.\n> \n> And a weak one.\n\n`
	);
	await expect(tray(page).getByRole('status')).toHaveText('These cannot be quoted now.');
	await expect(tray(page).getByRole('textbox')).toHaveCount(1);
	await tray(page)
		.getByRole('button', { name: /^Remove/ })
		.click();
	await expect(tray(page)).toHaveCount(0);
});
