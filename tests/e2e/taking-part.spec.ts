import { member, newArticle, post as postByApi } from './support/api.ts';
import type { Client } from './support/api.ts';
import { signInNew, test } from './support/people.ts';
import type { Someone } from './support/people.ts';
import { expect } from './support/site.ts';
import { body, press, textsOf, write } from './support/writing.ts';

/** Milliseconds that making three accounts may take on a loaded machine. */
const PATIENCE = 180_000;

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

test('a quote whose words were changed says so, and still names its source', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const { id } = await postByApi(ann, slug, 'I doubt it very much.');
	await page.goto(`/articles/${slug}?quote=${id}`);
	const quoted = await body(page).inputValue();
	await body(page).fill(`${quoted.replace('doubt', 'believe')}Do you?`);
	expect(await press(page, 'Post')).toBe(303);
	const quote = page.locator('.comment', { hasText: 'Do you?' }).locator('blockquote.quote');
	await expect(quote).toHaveAttribute('data-match', 'altered');
	await expect(quote).toContainText('not the exact words');
	await expect(quote.locator('.said a').first()).toHaveAttribute('href', `/c/${id}`);
});

test('one’s own comment is marked, and not for oneself to recommend', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	await postByApi(ann, slug, 'By somebody else.');
	const id = await write(page, slug, 'By myself.');
	const own = page.locator(`#c-${id}`);
	await expect(own.locator('.mark')).toHaveText('You');
	await expect(own.getByRole('button', { name: 'Recommend' })).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Recommend' })).toHaveCount(1);
});

test('a deleted comment leaves its place to its replies, and its words nowhere', async ({
	page: reader
}) => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const id = await write(page, slug, 'Said too fast.');
	const reply = `> [${bob.name} said,](/c/${id})\n> Said too fast.\n\nThe answer.`;
	const answer = await postByApi(ann, slug, reply, id);
	await page.goto(`/c/${id}`);
	await page.locator(`#c-${id} summary`).click();
	await page.locator(`#c-${id}`).getByRole('link', { name: 'Delete' }).click();
	await page.getByRole('button', { name: 'Delete it' }).click();
	await expect(page).toHaveURL(`/c/${id}#c-${id}`);
	await reader.goto(`/articles/${slug}`);
	await expect(reader.locator(`#c-${id} .tombstone`)).toHaveText(
		'This comment was deleted by its author.'
	);
	await expect(reader.locator(`#c-${id} + #c-${answer.id}`)).toContainText('The answer.');
	await expect(reader.locator('blockquote.quote')).toContainText('This passage was withdrawn');
	await expect(reader.getByRole('heading', { name: '1 comment' })).toBeVisible();
	expect(await reader.content()).not.toContain('too fast');
});

const REFUSED = [
	['nothing that can be read', '> ', 'empty', {}],
	['more than a comment holds', 'x'.repeat(10_001), 'too long', {}],
	['a reply to nobody', 'An answer.', 'not on this article', { parent: '0'.repeat(16) }]
] as const;
for (const [what, words, reason, hidden] of REFUSED) {
	test(`${what} is refused in words, and stays in the box`, async ({ site }) => {
		const { page } = bob;
		const slug = await newArticle(editor);
		await page.goto(`/articles/${slug}`);
		await body(page).fill(words);
		for (const [name, value] of Object.entries(hidden)) {
			await page
				.locator(`.composer [name=${name}]`)
				.evaluate((field: HTMLInputElement, text) => (field.value = text), value);
		}
		expect(await press(page, 'Post')).toBe(422);
		await expect(page.locator('.composer [role=alert]')).toContainText(reason);
		await expect(body(page)).toHaveValue(words);
		expect(await textsOf(site, slug)).toEqual([]);
	});
}

test('a form that is sent twice makes one comment; with other words, it asks first', async ({
	site
}) => {
	const { page } = bob;
	const slug = await newArticle(editor);
	await page.goto(`/articles/${slug}`);
	const key = await page.locator('.composer [name=key]').inputValue();
	const form = { key, parent: '', quote: '', body: 'Once and for all.' };
	const send = () =>
		page.request.post(`/articles/${slug}?/post`, { form, headers: { origin: site.url } });
	for (const answer of await Promise.all([send(), send(), send()])) expect(answer.ok()).toBe(true);
	await body(page).fill(form.body);
	expect(await press(page, 'Post')).toBe(303);
	expect(await textsOf(site, slug)).toEqual(['Once and for all.']);

	await page.goto(`/articles/${slug}`);
	await page
		.locator('.composer [name=key]')
		.evaluate((field: HTMLInputElement, old) => (field.value = old), key);
	await body(page).fill('And another thing.');
	expect(await press(page, 'Post')).toBe(409);
	await expect(body(page)).toHaveValue('And another thing.');
	expect(await press(page, 'Post')).toBe(303);
	expect(await textsOf(site, slug)).toEqual(['Once and for all.', 'And another thing.']);
});

test('a recommendation that comes too late says why', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const { id } = await postByApi(ann, slug, 'Worth reading.');
	await page.goto(`/articles/${slug}`);
	await editor.call('PATCH', `/articles/${slug}`, { json: { commenting: 'disabled' } });
	await page.getByRole('button', { name: 'Recommend' }).click();
	await expect(page.getByRole('alert')).toHaveText('Commenting is disabled on this article.');
	await expect(page.locator(`#c-${id}`)).toContainText('Worth reading.');
	expect((await editor.expect(200, 'Comment', 'GET', `/comments/${id}`)).score).toBe(0);
});
