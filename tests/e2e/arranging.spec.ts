import { member, MEMBERS_TIMEOUT, post as postByApi, type Client } from './support/api.ts';
import { post, setCommenting, writeArticle } from './support/newsroom.ts';
import { signInNew, test, type Someone } from './support/people.ts';
import { expect, unique } from './support/site.ts';

let editor: Someone;
let moderator: Someone;
let reader: Client;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	editor = await signInNew(browser, site, 'editor');
	moderator = await signInNew(browser, site, 'moderator');
	reader = await member(site, 'reader');
});

test.afterAll(async () => {
	for (const { page } of [editor, moderator]) await page.context().close();
});

test('an editor arranges a discussion, and readers see how', async ({ page }) => {
	const { slug, url } = await writeArticle(editor.page);
	const desk = editor.page;
	await desk.getByRole('link', { name: 'Discussion', exact: true }).click();
	await expect(desk).toHaveURL(`/newsroom/${slug}/discussion`);
	await desk.getByLabel('Message').fill('Be *kind* to the ferryman.');
	await desk.getByLabel('Slow mode').selectOption('growing');
	await desk.getByLabel('Seconds between').fill('2');
	await desk.getByLabel('Days after publication').fill('14');
	await desk.getByLabel('Open', { exact: true }).selectOption('own');
	await desk.getByLabel('Time zone').fill('Europe/Berlin');
	await desk.getByLabel('Monday, from').fill('07:00');
	await desk.getByLabel('Monday, to').fill('01:30');
	await desk.getByRole('button', { name: 'Arrange' }).click();
	await expect(desk.locator('.field-wrong [name=slowSeconds]')).toHaveValue('2');
	await expect(desk.getByLabel('Message')).toHaveValue('Be *kind* to the ferryman.');
	await desk.getByLabel('Seconds between').fill('120');
	await desk.getByLabel('Open', { exact: true }).selectOption('site');
	await desk.getByRole('button', { name: 'Arrange' }).click();
	await expect(desk.getByRole('status')).toHaveText('The discussion is arranged.');
	await expect(desk.getByLabel('Days after publication')).toHaveValue('14');

	await page.goto(url);
	await expect(page.locator('.discussion-message em')).toHaveText('kind');
	await expect(page.locator('.discussion-state')).toContainText(
		'Slow mode: one comment every 2 minutes, or longer while comments here are reported.'
	);
	await page.goto('/moderation-log?kind=article.discussion');
	await expect(page.locator('.act').first()).toContainText('closes 14 days after publication');
});

test('a moderator sets slow mode from the article', async ({ page }) => {
	const { url } = await writeArticle(editor.page);
	await moderator.page.goto(url);
	await moderator.page.locator('#commenting summary').click();
	const form = moderator.page.locator('form[action*="?/slow"]');
	await form.getByLabel('Slow mode').selectOption('fixed');
	await form.getByRole('button').click();
	await expect(form.locator('.field-wrong [name=slowSeconds]')).toBeVisible();
	await form.getByLabel('Seconds between').fill('60');
	await form.getByRole('button').click();
	await expect(form).not.toBeVisible();
	await page.goto(url);
	await expect(page.locator('.discussion-state')).toContainText(
		'Slow mode: one comment every minute.'
	);
});

test('staff may speak where it is closed, if an editor says so', async () => {
	const { slug, url } = await writeArticle(editor.page);
	await setCommenting(editor.page, slug, { state: 'disabled', note: 'Until tomorrow.' });
	await moderator.page.goto(url);
	await expect(moderator.page.locator('.composer')).toHaveCount(0);
	await editor.page.goto(`/newsroom/${slug}/discussion`);
	await editor.page.getByLabel('Staff may write').check();
	await editor.page.getByRole('button', { name: 'Arrange' }).click();
	await expect(editor.page.getByRole('status')).toBeVisible();
	await post(moderator.page, url, 'We read all of it.');
	await expect(moderator.page.locator('.commenting-notice')).toContainText('Until tomorrow.');
	await reader.refused(403, 'POST', `/articles/${slug}/comments`, { json: { body: 'And I?' } });
});

test('an editor picks a comment, and picks it no longer', async ({ page }) => {
	const { slug, url } = await writeArticle(editor.page);
	const words = unique('It was the tide');
	const { id } = await postByApi(reader, slug, words);
	const desk = editor.page;
	await desk.goto(url);
	await desk.locator(`#c-${id} .menu summary`).click();
	await desk.getByRole('button', { name: 'Pick', exact: true }).click();
	await page.goto(url);
	await expect(page.locator(`#c-${id} .badge-pick`)).toHaveText('Editor’s pick');
	await page.locator('.gathered').getByRole('link', { name: words }).click();
	await expect(page).toHaveURL(`/c/${id}`);
	await desk.goto(url);
	await desk.locator(`#c-${id} .menu summary`).click();
	await desk.getByRole('button', { name: 'Pick no longer' }).click();
	await page.goto(url);
	await expect(page.locator(`#c-${id}`)).toBeVisible();
	await expect(page.locator('.gathered, .badge-pick')).toHaveCount(0);
});

test('the author is here, and what they answered stands on top', async ({ page, someone }) => {
	const author = await someone('reader');
	const desk = editor.page;
	await desk.goto('/newsroom/bylines');
	await desk.getByLabel('Name').fill(author.name);
	await desk.getByLabel('Account').fill(author.name);
	await desk.getByRole('button', { name: 'Add the byline' }).click();
	await expect(desk.getByRole('status')).toBeVisible();
	const { slug, url } = await writeArticle(desk);
	await desk.getByLabel('Byline').selectOption({ label: author.name });
	await desk.getByRole('button', { name: 'Save the article' }).click();
	await post(author.page, url, 'Because of the tide.');
	await desk.goto(`/newsroom/${slug}/discussion`);
	await desk.getByLabel('is here').check();
	await desk.getByRole('button', { name: 'Arrange' }).click();
	await expect(desk.getByRole('status')).toBeVisible();
	await page.goto(url);
	await expect(page.locator('.author-here')).toHaveText(
		`${author.name}, the author, is answering here.`
	);
	await expect(page.locator('.comment .badge-author')).toHaveText('Author');
	await expect(page.locator('.gathered')).toContainText('Because of the tide.');
});

test('an editor sets when all discussions close', async () => {
	const desk = editor.page;
	await desk.goto('/newsroom/discussions');
	await desk.getByLabel('Days after publication').fill('-1');
	await desk.getByRole('button', { name: 'Set for all' }).click();
	await expect(desk.locator('.field-wrong [name=closeAfterDays]')).toHaveValue('-1');
	await desk.getByLabel('Days after publication').fill('3650');
	await desk.getByRole('button', { name: 'Set for all' }).click();
	await expect(desk.getByRole('status')).toHaveText('This holds from now on.');
	await expect(desk.locator('.entries li').first()).toContainText(
		'Closed 3,650 days after publication.'
	);
	await expect(desk.locator('.entries li').first()).toContainText(editor.name);
});
