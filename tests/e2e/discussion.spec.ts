import type { Locator, Page } from '@playwright/test';
import { member, newArticle, post as postByApi, type Client } from './support/api.ts';
import { signInNew, test, type Someone } from './support/people.ts';
import { expect, unique } from './support/site.ts';

/** Milliseconds that making four accounts may take on a loaded machine. */
const PATIENCE = 180_000;

let editor: Client;
let ann: Client;
let bob: Someone;
let moderator: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(PATIENCE);
	editor = await member(site, 'editor');
	ann = await member(site, 'reader');
	bob = await signInNew(browser, site, 'reader');
	moderator = await signInNew(browser, site, 'moderator');
});

test.afterAll(async () => {
	for (const { page } of [bob, moderator]) await page.context().close();
});

function commentWith(page: Page, words: string): Locator {
	return page.locator('.comment').filter({
		has: page.locator('> .comment-body', { hasText: words })
	});
}

function composer(page: Page): Locator {
	return page.locator('form.composer');
}

async function submit(page: Page, words: string): Promise<void> {
	await composer(page).locator('[name=body]').fill(words);
	await composer(page).getByRole('button', { name: 'Post' }).click();
	await expect(page).toHaveURL(/[?&]c=\w{16}#c-\w{16}$/);
}

test.describe('an article', () => {
	test('is set as a newspaper would, with its credits, neighbours and author', async ({ page }) => {
		const category = unique('Harbour');
		await newArticle(editor, { title: unique('The story before'), category });
		const title = unique('Two boats');
		const slug = await newArticle(editor, {
			title,
			category,
			standfirst: 'One of them came back.',
			body: 'The first paragraph.\n\n## A heading\n\nThe second.',
			source: { name: 'Reuters', url: 'https://example.org/report' },
			image: { credit: 'A boat, by nobody' }
		});
		await page.goto(`/articles/${slug}`);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
		await expect(page.locator('.article-head')).toContainText('One of them came back.');
		await expect(page.locator('.article-head')).toContainText('1 min read');
		await expect(page.getByRole('link', { name: category })).toBeVisible();
		await expect(page.locator('.article-body h2')).toHaveText('A heading');
		await expect(page.locator('.credits')).toHaveText(
			/Source: Reuters\s*\|\s*Image: A boat, by nobody/
		);
		await expect(page.getByRole('navigation', { name: 'Other stories' })).toContainText(
			'The story before'
		);
		await expect(page.getByRole('heading', { name: '0 comments' })).toBeVisible();
		await page.getByRole('link', { name: category }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(category);
		await expect(page.locator('.card')).toHaveCount(2);
	});

	test('asks a guest to sign in, and leads back', async ({ page }) => {
		const slug = await newArticle(editor);
		await page.goto(`/articles/${slug}`);
		await expect(composer(page)).toHaveCount(0);
		await page.locator('.sign-in-first').getByRole('link', { name: 'Sign in' }).click();
		await page.locator('main [name=name]').fill(bob.name);
		await page.locator('main [name=password]').fill(bob.password);
		await page.locator('main form button').click();
		await expect(page).toHaveURL(`/articles/${slug}#composer`);
		await expect(composer(page)).toBeVisible();
	});

	test('puts threads in the order that is asked for', async ({ page }) => {
		const slug = await newArticle(editor);
		const first = await postByApi(ann, slug, 'The first one.');
		await postByApi(ann, slug, 'The second one.');
		await postByApi(editor, slug, 'The third one.');
		await editor.call('PUT', `/comments/${first.id}/vote`);
		const orders = {
			oldest: ['first', 'second', 'third'],
			newest: ['third', 'second', 'first'],
			best: ['first', 'third', 'second']
		};
		for (const [sort, words] of Object.entries(orders)) {
			await page.goto(`/articles/${slug}?sort=${sort}`);
			await expect(page.locator('.comment-body')).toHaveText(words.map((n) => `The ${n} one.`));
			await expect(page.locator('.sorts [aria-current]')).toHaveText(new RegExp(sort, 'i'));
		}
		expect((await page.goto(`/articles/${slug}?sort=loudest`))?.status()).toBe(400);
		expect((await page.goto(`/articles/${slug}?cursor=%00`))?.status()).toBe(400);
	});

	test('folds a long thread, and shows the rest on request', async ({ page }) => {
		const slug = await newArticle(editor);
		const root = await postByApi(ann, slug, 'The root.');
		for (let n = 1; n <= 8; n++) await postByApi(editor, slug, `Reply ${n}.`, root.id);
		await page.goto(`/articles/${slug}`);
		await expect(page.locator('.comment')).toHaveCount(7);
		await page.getByRole('link', { name: 'Show 2 more replies' }).click();
		await expect(commentWith(page, 'Reply 8.')).toBeVisible();
		await expect(page.locator('.more-replies')).toHaveCount(0);
	});
});

test.describe('taking part', () => {
	test('a comment is previewed, posted, and leads to its person', async () => {
		const { page, name } = bob;
		await page.goto(`/articles/${await newArticle(editor)}`);
		const words = unique('Words');
		await composer(page).locator('[name=body]').fill(`${words} are **strong**.`);
		await composer(page).getByRole('button', { name: 'Preview' }).click();
		await expect(page.locator('.preview strong')).toHaveText('strong');
		await expect(page.locator('.comment')).toHaveCount(0);
		await expect(composer(page).locator('[name=body]')).toHaveValue(`${words} are **strong**.`);
		await composer(page).getByRole('button', { name: 'Post' }).click();
		await expect(commentWith(page, words).locator('strong')).toHaveText('strong');
		await expect(composer(page).locator('[name=body]')).toHaveValue('');
		await commentWith(page, words).getByRole('link', { name }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
		await expect(commentWith(page, words)).toBeVisible();
	});

	test('a reply stands under what it answers, wherever in the discussion that is', async () => {
		const { page } = bob;
		const slug = await newArticle(editor);
		const root = await postByApi(ann, slug, 'Something to answer.');
		for (let n = 1; n <= 6; n++) await postByApi(editor, slug, `Reply ${n}.`, root.id);
		await page.goto(`/articles/${slug}`);
		await commentWith(page, 'Something to answer.').getByRole('link', { name: 'Reply' }).click();
		await expect(composer(page).locator('label')).toHaveText(`Reply to ${ann.name}`);
		await submit(page, 'The seventh reply.');
		const reply = commentWith(page, 'The seventh reply.');
		await expect(reply).toBeVisible();
		await expect(reply).toHaveClass(/indent-1/);
		await expect(reply).toHaveAttribute('data-parent', root.id);
	});

	test('a quote names who said it and is exact', async () => {
		const { page } = bob;
		const slug = await newArticle(editor);
		const source = await postByApi(ann, slug, 'Words worth repeating.');
		await page.goto(`/articles/${slug}`);
		await commentWith(page, 'worth repeating').getByRole('link', { name: 'Quote' }).click();
		const body = composer(page).locator('[name=body]');
		await expect(body).toHaveValue(
			`> [${ann.name} said,](/c/${source.id})\n> Words worth repeating.\n\n`
		);
		await submit(page, `${await body.inputValue()}So I repeat them.`);
		const quote = commentWith(page, 'So I repeat them.').locator('blockquote.quote');
		await expect(quote).toHaveAttribute('data-match', 'exact');
		await expect(quote).toContainText('Words worth repeating.');
		const said = quote.getByRole('link', { name: `${ann.name} said,` });
		await expect(said).toHaveAttribute('href', `/c/${source.id}`);
	});

	test('only the passage of an address is quoted', async () => {
		const { page } = bob;
		const slug = await newArticle(editor);
		const { id } = await postByApi(ann, slug, 'The whole of a long comment.');
		await page.goto(`/articles/${slug}?quote=${id}&passage=a%20long%20comment#composer`);
		await expect(composer(page).locator('[name=body]')).toHaveValue(
			`> [${ann.name} said,](/c/${id})\n> a long comment\n\n`
		);
	});

	test('a recommendation is given once and taken back', async () => {
		const { page } = bob;
		const slug = await newArticle(editor);
		await postByApi(ann, slug, 'Worth reading.');
		await page.goto(`/articles/${slug}`);
		const button = commentWith(page, 'Worth reading.').locator('.acts button').first();
		await button.click();
		await expect(button).toHaveAttribute('aria-pressed', 'true');
		await expect(button).toHaveText(/Recommend\s*1/);
		await page.reload();
		await expect(button).toHaveText(/Recommend\s*1/);
		await button.click();
		await expect(button).toHaveAttribute('aria-pressed', 'false');
		await page.reload();
		await expect(button).toHaveText(/Recommend\s*$/);
	});

	test('one’s own comment is edited, its versions stay, and it is deleted', async () => {
		const { page } = bob;
		const slug = await newArticle(editor);
		await page.goto(`/articles/${slug}`);
		await submit(page, 'As it was frist.');
		await commentWith(page, 'frist').locator('summary').click();
		await commentWith(page, 'frist').getByRole('link', { name: 'Edit' }).click();
		await page.locator('[name=body]').fill('As it was first.');
		await page.getByRole('button', { name: 'Save' }).click();
		const comment = commentWith(page, 'As it was first.');
		await expect(comment).toHaveClass(/addressed/);
		await comment.getByRole('link', { name: 'edited' }).click();
		await expect(page.locator('.comment-body')).toHaveText([
			'As it was first.',
			'As it was frist.'
		]);
		await page.goBack();
		await comment.locator('summary').click();
		await comment.getByRole('link', { name: 'Delete' }).click();
		await page.getByRole('button', { name: 'Delete it' }).click();
		await expect(page.locator('.tombstone')).toHaveText('This comment was deleted by its author.');
		await expect(page.locator('body')).not.toContainText('As it was');
	});
});

test.describe('when it cannot be posted', () => {
	test('the words stay, with the reason', async ({ site }) => {
		const { page } = bob;
		const slug = await newArticle(editor);
		const headers = { origin: site.url, accept: 'text/html' };
		const cases: { form: Record<string, string>; words: string }[] = [
			{ form: { body: 'x'.repeat(10_001) }, words: 'too long' },
			{ form: { body: '   ' }, words: 'empty' },
			{ form: { body: 'Kept.', parent: '0'.repeat(16) }, words: 'not on this article' },
			{ form: { body: 'Kept.', parent: 'nonsense' }, words: 'not on this article' }
		];
		for (const { form, words } of cases) {
			const answer = await page.request.post(`/articles/${slug}?/post`, { headers, form });
			expect(answer.status()).toBe(422);
			const html = await answer.text();
			expect(html).toContain(`${form.body}</textarea>`);
			expect(html).toMatch(new RegExp(`class="problem"[^]*${words}`));
		}
	});

	test('an answer to a comment that went meanwhile can become a comment of its own', async () => {
		const { page } = bob;
		const slug = await newArticle(editor);
		const { id } = await postByApi(ann, slug, 'Soon gone.');
		await page.goto(`/articles/${slug}?reply=${id}`);
		await composer(page).locator('[name=body]').fill('An answer to nothing.');
		await ann.call('DELETE', `/comments/${id}`);
		await composer(page).getByRole('button', { name: 'Post' }).click();
		await expect(page.locator('.problem')).toContainText('has been taken down');
		await expect(composer(page).locator('label')).toHaveText('Write a comment');
		await composer(page).getByRole('button', { name: 'Post' }).click();
		await expect(commentWith(page, 'An answer to nothing.')).toHaveClass(/indent-0/);
	});

	test('a session that ended says what to do, and a second try posts', async ({
		browser,
		site
	}) => {
		const { page, name, password } = await signInNew(browser, site, 'reader');
		await page.goto(`/articles/${await newArticle(editor)}`);
		await composer(page).locator('[name=body]').fill('A long thought.\n\nIn two parts.');
		await page.context().clearCookies();
		await composer(page).getByRole('button', { name: 'Post' }).click();
		await expect(page.locator('.problem')).toContainText('Your words are still here.');
		await expect(composer(page).locator('[name=body]')).toHaveValue(
			'A long thought.\n\nIn two parts.'
		);
		const tab = await page.context().newPage();
		await tab.goto('/sign-in');
		await tab.locator('main [name=name]').fill(name);
		await tab.locator('main [name=password]').fill(password);
		await tab.locator('main form button').click();
		await expect(tab).not.toHaveURL(/sign-in/);
		await composer(page).getByRole('button', { name: 'Post' }).click();
		await expect(commentWith(page, 'A long thought.')).toBeVisible();
		await page.context().close();
	});

	test('an article closed in mid-writing keeps the words and takes no more', async () => {
		const { page } = bob;
		const slug = await newArticle(editor);
		// Who hears of it in time has no form to post any more.
		await page.route('**/live?*', (route) => route.abort());
		await page.goto(`/articles/${slug}`);
		await composer(page).locator('[name=body]').fill('A moment too late.');
		await editor.call('PATCH', `/articles/${slug}`, { json: { commenting: 'disabled' } });
		await composer(page).getByRole('button', { name: 'Post' }).click();
		await expect(page.locator('.commenting-notice')).toContainText(
			'Commenting is disabled on this article.'
		);
		const body = composer(page).locator('[name=body]');
		await expect(body).toHaveValue('A moment too late.');
		await expect(body).not.toBeEditable();
		await expect(composer(page).getByRole('button')).toHaveCount(0);
		await page.goto(`/articles/${slug}`);
		await expect(composer(page)).toHaveCount(0);
		await expect(page.locator('.comment')).toHaveCount(0);
		await page.unroute('**/live?*');
	});
});

test.describe('a moderator', () => {
	test('removes a comment with a reason, and restores it', async ({ page: guest }) => {
		const { page } = moderator;
		const slug = await newArticle(editor);
		const source = await postByApi(ann, slug, 'Words that go too far.');
		await postByApi(
			editor,
			slug,
			`> [${ann.name} said,](/c/${source.id})\n> Words that go too far.\n\nThey do.`
		);
		await page.goto(`/articles/${slug}`);
		await page.locator(`#c-${source.id} summary`).click();
		await page.locator(`#c-${source.id}`).getByRole('link', { name: 'Remove' }).click();
		await page.locator('[name=reason]').fill('It named a private person.');
		await page.getByRole('button', { name: 'Remove it' }).click();
		await expect(page.locator(`#c-${source.id}`)).toHaveAttribute('data-status', 'removed');

		await guest.goto(`/articles/${slug}`);
		await expect(guest.locator(`#c-${source.id} .tombstone`)).toBeVisible();
		await expect(guest.locator('body')).not.toContainText('go too far');
		await expect(guest.locator('blockquote.quote')).toContainText('This passage was withdrawn');

		await page.locator(`#c-${source.id} summary`).click();
		await page.locator(`#c-${source.id}`).getByRole('link', { name: 'Restore' }).click();
		await page.locator('[name=reason]').fill('On second thoughts.');
		await page.getByRole('button', { name: 'Restore it' }).click();
		await guest.reload();
		await expect(guest.locator(`#c-${source.id} > .comment-body`)).toHaveText(
			'Words that go too far.'
		);
	});

	test('sets the comment state from the article, with a note and a date', async ({
		page: guest
	}) => {
		const { page } = moderator;
		const slug = await newArticle(editor);
		await postByApi(ann, slug, 'Written while it was open.');
		const states = page.locator('#commenting form').first();
		await page.goto(`/articles/${slug}`);
		await page.locator('#commenting summary').click();
		await states.locator('[name=state]').selectOption('disabled');
		await states.locator('[name=note]').fill('The discussion had run its course.');
		await states.locator('[name=until]').fill('2000-01-01T00:00');
		await states.getByRole('button').click();
		await expect(page.locator('#commenting .field-wrong [name=until]')).toBeVisible();
		await expect(states.locator('[name=note]')).toHaveValue('The discussion had run its course.');
		await states.locator('[name=until]').fill('2099-12-31T08:00');
		await states.getByRole('button').click();

		await guest.goto(`/articles/${slug}`);
		const notice = guest.locator('.commenting-notice');
		await expect(notice).toContainText('Commenting is disabled on this article.');
		await expect(notice).toContainText('The discussion had run its course.');
		await expect(notice).toContainText('31 December 2099 at 08:00 UTC');
		await expect(commentWith(guest, 'Written while it was open.')).toBeVisible();
		await expect(guest.locator('.acts').getByRole('link')).toHaveCount(0);

		await page.goto(`/articles/${slug}`);
		await page.locator('#commenting summary').click();
		await states.locator('[name=state]').selectOption('hidden');
		await states.locator('[name=until]').fill('');
		await states.getByRole('button').click();
		await expect(page.locator('.commenting-notice')).toHaveAttribute('data-state', 'hidden');
		await guest.reload();
		await expect(guest.locator('.commenting-notice')).toContainText('Comments are not shown');
		await expect(guest.locator('body')).not.toContainText('Written while it was open.');
	});

	test('approves from the article what waits under premoderation', async ({ page: guest }) => {
		const slug = await newArticle(editor, { commenting: 'premoderated' });
		await bob.page.goto(`/articles/${slug}`);
		await expect(bob.page.locator('#composer-help')).toContainText('A moderator reads it');
		await submit(bob.page, 'Waiting to be read.');
		const waiting = bob.page.locator('.waiting .comment');
		await expect(waiting).toContainText('Waiting to be read.');
		await guest.goto(`/articles/${slug}`);
		await expect(guest.locator('body')).not.toContainText('Waiting to be read.');

		const id = await waiting.getAttribute('data-comment-id');
		await moderator.page.goto(`/c/${id}`);
		await moderator.page.getByRole('button', { name: 'Approve' }).click();
		await expect(moderator.page.locator(`#c-${id}`)).toHaveAttribute('data-status', 'published');
		await guest.reload();
		await expect(commentWith(guest, 'Waiting to be read.')).toBeVisible();
	});
});

test.describe('addresses', () => {
	test('a permalink leads to a comment in its context', async ({ page }) => {
		const slug = await newArticle(editor);
		const root = await postByApi(ann, slug, 'Where it began.');
		let parent = root.id;
		for (let depth = 1; depth <= 7; depth++) {
			({ id: parent } = await postByApi(editor, slug, `Deeper, at ${depth}.`, parent));
		}
		await page.goto(`/c/${parent}`);
		await expect(page.locator('.addressed')).toHaveCount(1);
		await expect(page.locator('.addressed > .comment-body')).toHaveText('Deeper, at 7.');
		await expect(page.locator('.addressed .replying')).toHaveText(`replying to ${editor.name}`);
		await expect(commentWith(page, 'Where it began.')).toBeVisible();
		await page.getByRole('link', { name: 'All comments on this article' }).click();
		await expect(page).toHaveURL(`/articles/${slug}#comments`);
	});

	for (const path of [
		...['/c/0000000000000000', '/c/nonsense', '/articles/none', '/categories/none'],
		...['/people/nobody-of-this-name', '/bylines/none', '/help/none', '/nowhere']
	]) {
		test(`${path} is not there, and the page says so courteously`, async ({ page }) => {
			expect((await page.goto(path))?.status()).toBe(404);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
			await expect(page.getByRole('link', { name: 'The front page' })).toBeVisible();
		});
	}

	test('the guides are served', async ({ page }) => {
		await page.goto('/help');
		const guides = page.locator('.entries a');
		await expect(guides).toHaveText([
			'Reading and posting',
			'Moderating',
			'The newsroom',
			'Operating Afterword',
			'Growing',
			'Security',
			'Who may do what',
			'How fast anything may be done'
		]);
		await guides.first().click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reading and posting');
	});
});
