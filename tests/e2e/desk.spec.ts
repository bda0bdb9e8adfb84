import type { Page } from '@playwright/test';
import { post, setCommenting, writeArticle } from './support/newsroom.ts';
import { signInNew, test } from './support/people.ts';
import type { Someone } from './support/people.ts';
import { expect, unique } from './support/site.ts';

/** Milliseconds that making four accounts may take on a loaded machine. */
const PATIENCE = 120_000;

// Three people take turns in each of these.
test.describe.configure({ timeout: 90_000 });

let admin: Someone;
let editor: Someone;
let moderator: Someone;
let reader: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(PATIENCE);
	admin = await signInNew(browser, site, 'admin');
	editor = await signInNew(browser, site, 'editor');
	moderator = await signInNew(browser, site, 'moderator');
	reader = await signInNew(browser, site, 'reader');
});

test.afterAll(async () => {
	for (const { page } of [admin, editor, moderator, reader]) await page.context().close();
});

/** The case of a comment in the queue. */
function caseOf(page: Page, words: string) {
	return page.locator('.case', { hasText: words });
}

/** Opens the queue where a case is: other tests may have left more than a page before it. */
async function goToCase(page: Page, words: string): Promise<void> {
	await page.goto('/moderation');
	const next = page.locator('a[rel="next"]');
	while ((await caseOf(page, words).count()) === 0 && (await next.count()) > 0) {
		await page.goto((await next.getAttribute('href'))!);
	}
}

test.describe('what a person may not see', () => {
	const NEEDS = [
		['/moderation', 'reader'],
		['/newsroom', 'moderator'],
		['/newsroom/new', 'moderator'],
		['/newsroom/bylines', 'moderator'],
		['/admin', 'editor']
	] as const;
	for (const [path, role] of NEEDS) {
		test(`${path} is not there for guests and ${role}s`, async ({ page: guest, site }) => {
			const without = { reader, moderator, editor }[role].page;
			for (const page of [guest, without]) {
				expect((await page.goto(path))?.status()).toBe(404);
				const headers = { origin: site.url };
				const form = {
					id: '0'.repeat(16),
					name: reader.name,
					role: 'admin',
					title: 'x',
					body: 'x'
				};
				for (const action of ['', '?/decide', '?/role']) {
					const answer = await page.request.post(path + action, { headers, form });
					expect(answer.status()).toBe(404);
				}
			}
		});
	}
});

test.describe('the newsroom', () => {
	test('a draft is the editors’ until it is published', async ({ page }) => {
		const { title, slug, url } = await writeArticle(editor.page, { published: false });
		expect((await page.goto(url))?.status()).toBe(404);
		await editor.page.goto('/newsroom');
		const row = editor.page.locator(`[data-slug="${slug}"]`);
		await expect(row).toContainText('Draft');
		await row.getByRole('link', { name: title }).click();
		await editor.page.locator('[name=published]').check();
		await editor.page.getByRole('button', { name: 'Save the article' }).click();
		await expect(editor.page.getByRole('status')).toHaveText('The article is saved.');
		expect((await page.goto(url))?.status()).toBe(200);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
	});

	test('an article carries all that its form asks for', async ({ page }) => {
		const category = unique('Harbour');
		const { slug, url } = await writeArticle(editor.page);
		const desk = editor.page;
		await desk.fill('[name=category]', category);
		await desk.fill('[name=sourceName]', 'Harbour Board');
		await desk.fill('[name=sourceUrl]', 'https://example.org/board');
		await desk.fill('[name=imageCredit]', 'Night ferry by Ned Tide');
		await desk.getByRole('button', { name: 'Save the article' }).click();
		await expect(desk.getByRole('status')).toBeVisible();
		await expect(desk.locator('[name=category]')).toHaveValue(category);
		await page.goto(url);
		await expect(page.locator('.article-head')).toContainText(category);
		await expect(page.locator('.credits')).toHaveText(
			/Source: Harbour Board\s*\|\s*Image: Night ferry by Ned Tide/
		);
		await desk.goto('/newsroom/new');
		await expect(desk.locator(`datalist option[value="${category}"]`)).toHaveCount(1);
		await desk.goto(`/newsroom/${slug}`);
		await expect(desk.locator('[name=sourceUrl]')).toHaveValue('https://example.org/board');
	});

	test('what is refused stays in the form', async () => {
		const desk = editor.page;
		await desk.goto('/newsroom/new');
		await desk.fill('[name=title]', '   ');
		await desk.fill('[name=body]', 'An hour’s work.');
		await desk.getByRole('button', { name: 'Save the article' }).click();
		await expect(desk.getByRole('alert')).toHaveText('An article needs a title.');
		await expect(desk.locator('.field-wrong [name=title]')).toBeVisible();
		await expect(desk.locator('[name=body]')).toHaveValue('An hour’s work.');
	});

	test('of two who edit at once, the second sees both texts', async ({ page }) => {
		const { slug, url } = await writeArticle(editor.page);
		await admin.page.goto(`/newsroom/${slug}`);
		await admin.page.fill('[name=body]', 'What the administrator wrote.');
		await editor.page.fill('[name=body]', 'What the editor wrote.');
		await editor.page.getByRole('button', { name: 'Save the article' }).click();
		await expect(editor.page.getByRole('status')).toBeVisible();
		await admin.page.getByRole('button', { name: 'Save the article' }).click();
		await expect(admin.page.getByRole('alert')).toContainText('meanwhile');
		const other = admin.page.getByRole('region', { name: 'As it is now' });
		await expect(other.locator('textarea')).toHaveValue('What the editor wrote.');
		await expect(admin.page.locator('[name=body]')).toHaveValue('What the administrator wrote.');
		await admin.page.getByRole('button', { name: 'Replace it with your text' }).click();
		await expect(admin.page.getByRole('status')).toBeVisible();
		await page.goto(url);
		await expect(page.locator('.article-body')).toHaveText('What the administrator wrote.');
	});

	test('bylines are made, changed and printed', async ({ page }) => {
		const name = unique('Harriet Coombe');
		const desk = editor.page;
		await desk.goto('/newsroom/bylines');
		await desk.fill('[name=name]', name);
		await desk.fill('[name=role]', 'Harbour correspondent');
		await desk.fill('[name=account]', unique('Nobody'));
		await desk.getByRole('button', { name: 'Add the byline' }).click();
		await expect(desk.locator('.field-wrong [name=account]')).toBeVisible();
		await desk.fill('[name=account]', editor.name);
		await desk.getByRole('button', { name: 'Add the byline' }).click();
		await desk.getByRole('link', { name }).click();
		await expect(desk.locator('[name=account]')).toHaveValue(editor.name);
		await desk.fill('[name=bio]', 'Writes about *boats*.');
		await desk.getByRole('button', { name: 'Save the byline' }).click();
		await expect(desk.getByRole('status')).toBeVisible();
		const { slug, url } = await writeArticle(desk);
		await desk.goto(`/newsroom/${slug}`);
		await desk.locator('[name=byline]').selectOption({ label: `${name}, Harbour correspondent` });
		await desk.getByRole('button', { name: 'Save the article' }).click();
		await expect(desk.getByRole('status')).toBeVisible();
		await page.goto(url);
		await expect(page.locator('.byline')).toContainText(`${name}, Harbour correspondent`);
		await expect(page.locator('.byline-box em')).toHaveText('boats');
	});

	test('a comment state is set with its note and its end', async ({ page }) => {
		const { slug, url } = await writeArticle(editor.page);
		const note = 'The matter is before a court.';
		await setCommenting(editor.page, slug, {
			state: 'disabled',
			note,
			until: '2001-01-01T10:00'
		});
		await expect(editor.page.locator('.field-wrong [name=until]')).toHaveValue('2001-01-01T10:00');
		await expect(editor.page.locator('#commenting [name=note]')).toHaveValue(note);
		await setCommenting(editor.page, slug, {
			state: 'disabled',
			note,
			until: '2050-01-01T10:00'
		});
		await expect(editor.page.getByRole('status')).toHaveText('The comment state is set.');
		await page.goto(url);
		const notice = page.locator('.commenting-notice');
		await expect(notice).toContainText('Commenting is disabled on this article.');
		await expect(notice).toContainText(note);
		await expect(notice.locator('time[datetime="2050-01-01T10:00:00.000Z"]')).toBeVisible();
		await reader.page.goto(url);
		await expect(reader.page.locator('.composer')).toHaveCount(0);
	});
});

test.describe('moderation', () => {
	test('what waits is read in its context, and approved or rejected', async ({ page }) => {
		const { slug, title, url } = await writeArticle(editor.page);
		const [good, bad] = [unique('A fair question'), unique('A cheap shot')];
		await setCommenting(editor.page, slug, { state: 'premoderated' });
		await post(reader.page, url, good);
		await post(reader.page, url, bad);
		await page.goto(url);
		await expect(page.locator('.comment')).toHaveCount(0);

		const desk = moderator.page;
		await goToCase(desk, good);
		await expect(desk.locator('.queue-tabs [aria-current]')).toContainText('oldest');
		await expect(caseOf(desk, good)).toContainText(title);
		await expect(caseOf(desk, good).locator('.comment')).toHaveAttribute('data-status', 'pending');

		const why = caseOf(desk, bad).getByLabel('Why, in words');
		await why.fill('   ');
		await why.press('Enter');
		await expect(caseOf(desk, bad)).toContainText('Choose why, or say it in a few words.');
		await expect(caseOf(desk, good)).not.toContainText('Choose why');
		const reason = unique('It is about a person');
		await why.fill(reason);
		await why.press('Enter');
		await expect(desk.getByRole('button', { name: 'Undo' })).toBeVisible();
		await goToCase(desk, good);
		await expect(caseOf(desk, bad)).toHaveCount(0);
		await caseOf(desk, good)
			.getByRole('button', { name: /^Approve/ })
			.click();
		await expect(desk.getByRole('button', { name: 'Undo' })).toBeVisible();
		await goToCase(desk, good);
		await expect(caseOf(desk, good)).toHaveCount(0);

		await page.goto(url);
		await expect(page.locator('.comment-body')).toHaveText([good]);
		await page.goto('/moderation-log?kind=comment.reject');
		const line = page.locator('.act', { hasText: reason });
		await expect(line).toContainText(`${moderator.name} rejected a comment`);
		expect(await page.content()).not.toContain(bad);
	});

	test('of two who decide, the second is told', async () => {
		const { slug, url } = await writeArticle(editor.page);
		const words = unique('Two will read this');
		await setCommenting(editor.page, slug, { state: 'premoderated' });
		await post(reader.page, url, words);
		await goToCase(moderator.page, words);
		await goToCase(admin.page, words);
		await caseOf(admin.page, words)
			.getByRole('button', { name: /^Approve/ })
			.click();
		await expect(admin.page.getByRole('button', { name: 'Undo' })).toBeVisible();
		await caseOf(moderator.page, words)
			.getByRole('button', { name: /^Approve/ })
			.click();
		await expect(moderator.page.getByRole('alert')).toContainText('Somebody was quicker');
	});

	test('the log is everybody’s, and shows one kind of act if asked', async ({ page }) => {
		const { slug, title } = await writeArticle(editor.page);
		await setCommenting(editor.page, slug, { state: 'hidden', reason: 'A test of the log.' });
		await page.goto('/moderation-log');
		await expect(page.locator('.act').first()).toContainText(
			`${editor.name} set commenting on ${title}: Open → Hidden`
		);
		await page.getByLabel('Kind of act').selectOption('article.create');
		await page.getByRole('button', { name: 'Show' }).click();
		await expect(page.locator('.act').first()).toContainText(`${editor.name} wrote ${title}`);
		await expect(page.locator('.act:not([data-kind="article.create"])')).toHaveCount(0);
		expect((await page.goto('/moderation-log?cursor=nonsense'))?.status()).toBe(400);
	});
});

test.describe('administration', () => {
	/** The row of somebody, found by a search. */
	async function rowOf(page: Page, name: string) {
		await page.goto('/admin');
		await page.getByLabel('Name or e-mail address').fill(name.toUpperCase());
		await page.getByRole('button', { name: 'Search' }).click();
		await expect(page.locator('.account')).toHaveCount(1);
		return page.locator('.account');
	}

	test('gives roles, which hold at once', async ({ someone }) => {
		const person = await someone('reader');
		const row = await rowOf(admin.page, person.name);
		await row.getByRole('combobox').selectOption('moderator');
		await row.getByRole('button').click();
		await expect(admin.page.getByRole('status')).toContainText('Moderator');
		await expect(admin.page.locator('.account .badge')).toHaveText('Moderator');
		// Their old session is over; the new one may moderate.
		await person.page.goto('/account');
		await expect(person.page).toHaveURL(/\/sign-in/);
		await person.page.fill('main [name=name]', person.name);
		await person.page.fill('main [name=password]', person.password);
		await person.page.locator('main').getByRole('button').click();
		await expect(person.page).toHaveURL('/account');
		expect((await person.page.goto('/moderation'))?.status()).toBe(200);
	});

	test('finds nobody by a wildcard', async () => {
		await admin.page.goto('/admin?name=%25');
		await expect(admin.page.locator('.empty')).toBeVisible();
	});
});
