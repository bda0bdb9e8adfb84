import { member, MEMBERS_TIMEOUT, newArticle, post, type Client } from '../support/api.ts';
import { signInNew, test, type Someone } from '../support/people.ts';
import { expect } from '../support/site.ts';
import { body } from '../support/writing.ts';

const BODY = 'The first paragraph, of the tower.\n\nThe second paragraph, of the lamp.';

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

test('the article is quoted, and its passage leads to who quotes it', async () => {
	const { page } = bob;
	const slug = await newArticle(editor, { body: BODY, standfirst: 'It was lit again.' });
	const url = `/articles/${slug}`;
	await page.goto(url);
	await expect(page.locator('.passage-count')).toHaveCount(0);
	await page.getByRole('link', { name: 'Quote the article' }).click();
	const head = `> [The article said,](${url})\n`;
	await expect(body(page)).toHaveValue(`${head}> It was lit again.\n\n`);

	// What was being written would be kept beside what comes now.
	await body(page).fill('');
	await page.goto(`${url}?quote=article&passage=The%20second%20paragraph#composer`);
	await expect(body(page)).toHaveValue(`${head}> The second paragraph\n\n`);
	await body(page).fill(`${await body(page).inputValue()}What lamp?`);
	await page.getByRole('button', { name: 'Post', exact: true }).click();
	await expect(page.locator('.comment-body', { hasText: 'What lamp?' })).toBeVisible();
	const quote = page.locator('.comment', { hasText: 'What lamp?' }).locator('.quote');
	await expect(quote).toHaveAttribute('data-match', 'exact');
	await expect(quote).toContainText('The article said,');

	const root = await post(ann, slug, 'Something else.');
	const quoting = `${head}> paragraph, of the lamp.\n\nThat one.`;
	const reply = await post(ann, slug, quoting, root.id);
	await page.goto(url);
	await expect(page.locator('.passage-count')).toHaveCount(1);
	await page.locator('.article-body').getByRole('link', { name: '2 comments' }).click();
	await expect(page).toHaveURL(new RegExp(`${url}\\?passage=[0-9a-f]{12}#comments$`));
	const shown = page.locator('.threads .comment');
	await expect(shown).toHaveCount(2);
	await expect(shown.nth(0)).toContainText('What lamp?');
	await expect(shown.nth(1)).toContainText('That one.');
	await expect(
		page.locator('.threads').getByRole('link', { name: 'In its thread' }).nth(1)
	).toHaveAttribute('href', `/c/${reply.id}`);
	const passage = await page
		.getByRole('link', { name: 'one passage of the article' })
		.getAttribute('href');
	await expect(page.locator(passage!)).toHaveText('The second paragraph, of the lamp.');
	const key = passage!.slice('#p-'.length);
	const path = `/articles/${slug}/comments?passage=${key}&limit=1`;
	const first = await ann.expect(200, 'CommentPage', 'GET', path);
	expect(first.next).not.toBeNull();
	const second = await ann.expect(200, 'CommentPage', 'GET', `${path}&cursor=${first.next}`);
	expect([second.items.map(({ id }) => id), second.next]).toEqual([[reply.id], null]);
	expect((await ann.refused(400, 'GET', `/articles/${slug}/comments?passage=x`)).field).toBe(
		'passage'
	);
	await page.getByRole('link', { name: 'All comments', exact: true }).click();
	await expect(shown).toHaveCount(3);
});

test('an address quotes several, each with its passage', async () => {
	const { page } = bob;
	const slug = await newArticle(editor, { body: BODY });
	const one = await post(ann, slug, 'The first words of one.');
	const two = await post(editor, slug, 'The words of the other.');
	const query = `quote=${one.id}&passage=first%20words&quote=article&quote=${two.id}&quote=nothing`;
	await page.goto(`/articles/${slug}?${query}#composer`);
	await expect(body(page)).toHaveValue(
		`> [${ann.name} said,](/c/${one.id})\n> first words\n\n` +
			`> [The article said,](/articles/${slug})\n> The first paragraph, of the tower.\n\n` +
			`> [${editor.name} said,](/c/${two.id})\n> The words of the other.\n\n`
	);
	await expect(page.locator('.composer label')).toContainText(ann.name);
});

test('the Markdown of a quote is plain text', async () => {
	const slug = await newArticle(editor, { body: BODY });
	const { id } = await post(ann, slug, 'The **words** of one.');
	const ask = async (path: string) => {
		const answer = await bob.page.request.get(path);
		return [answer.status(), answer.headers()['content-type'], await answer.text()];
	};
	const type = 'text/plain; charset=utf-8';
	const said = `> [${ann.name} said,](/c/${id})\n`;
	expect(await ask(`/c/${id}/quote`)).toEqual([200, type, `${said}> The **words** of one.\n\n`]);
	expect(await ask(`/c/${id}/quote?passage=of%20*one*`)).toEqual([
		200,
		type,
		`${said}> of \\*one\\*\n\n`
	]);
	expect((await ask(`/articles/${slug}/quote`))[2]).toBe(
		`> [The article said,](/articles/${slug})\n> The first paragraph, of the tower.\n\n`
	);
	expect((await ask('/c/0000000000000000/quote'))[0]).toBe(404);
});
