import { discussion, guest, member, newArticle, post, type Client } from './support/api.ts';
import { open } from './support/pages.ts';
import { signInNew, type Someone } from './support/people.ts';
import { expect, test } from './support/site.ts';
import { body } from './support/writing.ts';

/** Milliseconds that making three accounts may take on a loaded machine. */
const PATIENCE = 180_000;
const WEEK = 7 * 24 * 60 * 60 * 1000;

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

test.describe('words that could not be sent', () => {
	test('for want of a connection can be sent again', async ({ site }) => {
		const { page } = bob;
		const slug = await newArticle(editor);
		await open(page, `/articles/${slug}`);
		await body(page).fill('From the tunnel.');
		await page.context().setOffline(true);
		await page.getByRole('button', { name: 'Post' }).click();
		const problem = page.locator('.composer .problem');
		await expect(problem).toContainText('no connection');
		await expect(body(page)).toHaveValue('From the tunnel.');
		await page.context().setOffline(false);
		await problem.getByRole('button', { name: 'Send again' }).click();
		await expect(page.locator('.comment-body', { hasText: 'From the tunnel.' })).toBeVisible();
		expect(await discussion(guest(site), slug)).toHaveLength(1);
		await open(page, `/articles/${slug}`);
		await expect(body(page)).toHaveValue('');
	});

	test('are still there after a reload, also where an earlier comment is named in the address', async () => {
		const { page } = bob;
		const slug = await newArticle(editor);
		await open(page, `/articles/${slug}`);
		await body(page).fill('The first.');
		await page.getByRole('button', { name: 'Post' }).click();
		await expect(page).toHaveURL(/\?c=\w{16}#c-\w{16}$/);
		await expect(page.locator('html')).toHaveAttribute('data-hydrated', 'true');
		await body(page).fill('The second, from the tunnel.');
		await page.context().setOffline(true);
		await page.getByRole('button', { name: 'Post' }).click();
		await expect(page.locator('.composer .problem')).toContainText('no connection');
		await page.context().setOffline(false);
		await page.reload();
		await expect(body(page)).toHaveValue('The second, from the tunnel.');
	});

	test('are posted once, if they had arrived after all', async ({ site }) => {
		const { page } = bob;
		const slug = await newArticle(editor);
		await open(page, `/articles/${slug}`);
		await body(page).fill('Did you hear me?');
		let lost = 0;
		await page.route('**/*?/post', async (route) => {
			await route.fetch({ maxRedirects: 0 });
			lost++;
			await route.abort();
		});
		await page.getByRole('button', { name: 'Post' }).click();
		await expect(page.locator('.composer .problem')).toContainText('could not be reached');
		await page.unroute('**/*?/post');
		await page.getByRole('button', { name: 'Send again' }).click();
		await expect(page.locator('.comment-body', { hasText: 'Did you hear me?' })).toBeVisible();
		expect(lost).toBe(1);
		expect(await discussion(guest(site), slug)).toHaveLength(1);
	});

	test('because they were refused come back with the reason', async () => {
		const { page } = bob;
		const slug = await newArticle(editor);
		await open(page, `/articles/${slug}`);
		await body(page).fill('Too late.');
		await editor.expect(200, 'Article', 'PATCH', `/articles/${slug}`, {
			json: { commenting: { state: 'disabled' } }
		});
		await page.getByRole('button', { name: 'Post' }).click();
		await expect(page.locator('.problem')).toContainText('Commenting is disabled');
		await expect(page.locator('.composer [name=body]')).toHaveValue('Too late.');
	});
});

test('a draft stays beside what an address brings, and for a week', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const { id } = await post(ann, slug, 'Words to quote.');
	await open(page, `/articles/${slug}`);
	await body(page).fill('Half a thought.');
	await open(page, `/articles/${slug}?quote=${id}#composer`);
	await expect(body(page)).toHaveValue(/^Half a thought\.\n\n> .*\n> Words to quote\.\n\n$/);
	const key = `draft:/articles/${slug}`;
	const age = (by: number) =>
		page.evaluate(
			([name, back]) => {
				const kept = JSON.parse(localStorage.getItem(name)!) as { at: number };
				localStorage.setItem(name, JSON.stringify({ ...kept, at: kept.at - back }));
			},
			[key, by] as const
		);
	await age(WEEK - 60_000);
	await open(page, `/articles/${slug}`);
	await expect(body(page)).toHaveValue(/^Half a thought/);
	await age(WEEK + 60_000);
	await open(page, '/');
	await open(page, `/articles/${slug}`);
	await expect(body(page)).toHaveValue('');
});

test('what is changed in a comment is kept until it is saved', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	await open(page, `/articles/${slug}`);
	await body(page).fill('As it was.');
	await page.getByRole('button', { name: 'Post' }).click();
	const comment = page.locator('.comment', { hasText: 'As it was.' });
	const id = await comment.getAttribute('data-comment-id');
	await open(page, `/c/${id}/edit`);
	await body(page).fill('As it should be.');
	await open(page, `/c/${id}/edit`);
	await expect(body(page)).toHaveValue('As it should be.');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.locator(`#c-${id} .comment-body`)).toHaveText('As it should be.');
	await open(page, `/c/${id}/edit`);
	await expect(body(page)).toHaveValue('As it should be.');
	const keys = await page.evaluate(() => Object.keys(localStorage));
	expect(keys).not.toContain(`draft:/c/${id}/edit`);
});

test('marks are put by buttons and by keys, and can be undone', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	await open(page, `/articles/${slug}`);
	const select = (from: number, to: number) =>
		body(page).evaluate(
			(box, [start, end]) => (box as HTMLTextAreaElement).setSelectionRange(start, end),
			[from, to]
		);
	await body(page).fill('one two');
	await select(0, 3);
	await page.getByRole('button', { name: 'Bold' }).click();
	await expect(body(page)).toHaveValue('**one** two');
	await page.keyboard.press('Control+z');
	await expect(body(page)).toHaveValue('one two');
	await select(4, 7);
	await page.keyboard.press('Control+i');
	await expect(body(page)).toHaveValue('one *two*');
	await body(page).fill('a\nb');
	await select(0, 3);
	await page.getByRole('button', { name: 'List' }).click();
	await expect(body(page)).toHaveValue('- a\n- b');
	await body(page).fill('said so');
	await select(3, 3);
	await page.keyboard.press('Control+Shift+Digit9');
	await expect(body(page)).toHaveValue('> said so');
	await body(page).fill('see here');
	await select(4, 8);
	await page.getByRole('button', { name: 'Link' }).click();
	await page.keyboard.type('https://example.org/');
	await expect(body(page)).toHaveValue('see [here](https://example.org/)');
});

test('names of people in the discussion are completed', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	await post(ann, slug, 'I am here.');
	await open(page, `/articles/${slug}`);
	await body(page).pressSequentially(`Well, @${ann.name.slice(0, 3).toLowerCase()}`);
	const list = page.getByRole('listbox', { name: 'People in this discussion' });
	await expect(list.getByRole('option')).toHaveText([ann.name]);
	await expect(body(page)).toHaveAttribute('aria-expanded', 'true');
	await page.keyboard.press('Enter');
	await expect(body(page)).toHaveValue(`Well, @${ann.name} `);
	await expect(list).toHaveCount(0);
	await body(page).pressSequentially('and mail@');
	await expect(list).toHaveCount(0);
	await body(page).pressSequentially(' @');
	await expect(list).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(list).toHaveCount(0);
});
