import { guest, member, MEMBERS_TIMEOUT, newArticle, post, type Client } from '../support/api.ts';
import { signInNew, test, type Someone } from '../support/people.ts';
import { expect } from '../support/site.ts';

let editor: Client;
let ann: Client;
let moderator: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	editor = await member(site, 'editor');
	ann = await member(site, 'reader');
	moderator = await signInNew(browser, site, 'moderator');
});

test.afterAll(() => moderator.page.context().close());

test('a comment says by how many it is quoted, and leads to them', async ({ page, site }) => {
	const [slug, elsewhere] = [await newArticle(editor), await newArticle(editor)];
	const source = await post(ann, slug, 'Words worth repeating.');
	await page.goto(`/articles/${slug}`);
	const link = page.locator(`#c-${source.id} .acts`).getByRole('link', { name: /^Quoted by/ });
	await expect(link).toHaveCount(0);

	const body = `> [${ann.name} said,](/c/${source.id})\n> Words worth repeating.\n\n`;
	const here = await post(editor, slug, `${body}So I repeat them.`);
	const there = await post(editor, elsewhere, `${body}And carry them on.`);
	await page.reload();
	await expect(link).toHaveText('Quoted by 2');
	await link.click();
	await expect(page).toHaveURL(`/c/${source.id}/quoted`);
	const entries = page.locator('.entries > li');
	await expect(entries).toHaveCount(2);
	await expect(entries.nth(0)).toContainText('And carry them on.');
	await expect(entries.nth(1)).toContainText('So I repeat them.');
	const inThread = entries.nth(0).getByRole('link', { name: 'In its thread' });
	await expect(inThread).toHaveAttribute('href', `/c/${there.id}`);

	const read = { quoted_by: 2, id: source.id };
	const path = `/comments/${source.id}`;
	expect(await guest(site).expect(200, 'Comment', 'GET', path)).toMatchObject(read);
	const first = await guest(site).expect(200, 'CommentPage', 'GET', `${path}/quoted?limit=1`);
	expect(first.items.map(({ id }) => id)).toEqual([there.id]);
	const rest = `${path}/quoted?limit=1&cursor=${first.next}`;
	const second = await guest(site).expect(200, 'CommentPage', 'GET', rest);
	expect([second.items.map(({ id }) => id), second.next]).toEqual([[here.id], null]);
});

test('a moderator is told where the words will be missed', async () => {
	const { page } = moderator;
	const slug = await newArticle(editor);
	const source = await post(ann, slug, 'Words that will not stay.');
	const body = `> [${ann.name} said,](/c/${source.id})\n> Words that will not stay.\n\nSee?`;
	const quoting = await post(editor, slug, body);
	await page.goto(`/c/${source.id}/remove`);
	await expect(page.getByRole('link', { name: 'Quoted in 1 comment' })).toHaveAttribute(
		'href',
		`/c/${source.id}/quoted`
	);
	await expect(page.getByRole('link', { name: editor.name })).toHaveAttribute(
		'href',
		`/c/${quoting.id}`
	);
	await page.goto(`/c/${quoting.id}/remove`);
	await expect(page.getByText(/^Quoted in/)).toHaveCount(0);
});
