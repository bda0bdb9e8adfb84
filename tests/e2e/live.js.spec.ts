import type { Page } from '@playwright/test';
import { member, MEMBERS_TIMEOUT, newArticle, post, type Client } from './support/api.ts';
import { decide, edit, setState } from './support/live.ts';
import { misplaced } from './support/microdata.ts';
import { countLoads, open } from './support/pages.ts';
import { signInNew, test, type Someone } from './support/people.ts';
import { expect } from './support/site.ts';

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

function show(page: Page) {
	return page.locator('.live-bar button');
}

test('new comments are announced, and shown in their places when they are wanted', async ({
	page
}) => {
	const slug = await newArticle(editor);
	const root = await post(ann, slug, 'The root.');
	const first = await post(editor, slug, 'The first reply.', root.id);
	const second = await post(editor, slug, 'The second reply.', root.id);
	await open(page, `/articles/${slug}`);
	const loads = countLoads(page);
	const top = () =>
		page.locator(`#c-${second.id}`).evaluate((it) => it.getBoundingClientRect().top);
	const before = await top();

	const answer = await post(ann, slug, 'An answer to the first.', first.id);
	await expect(show(page)).toHaveText('1 new comment');
	await expect(page.locator('.live-bar')).toHaveAttribute('role', 'status');
	const thread = await post(ann, slug, 'Another thread.');
	const under = await post(editor, slug, 'And a reply to that.', thread.id);
	await expect(show(page)).toHaveText('3 new comments');
	await expect(page.locator('#comments-title')).toHaveText('6 comments');
	expect(await top(), 'nothing moves by itself').toBe(before);
	await expect(page.locator('.comment')).toHaveCount(3);

	await show(page).click();
	await expect(page.locator(`#c-${first.id} + #c-${answer.id}`)).toBeFocused();
	await expect(page.locator(`#c-${answer.id} .mark`)).toHaveText('New');
	await expect(
		page.locator('.thread').last().locator(`#c-${thread.id} + #c-${under.id}`)
	).toBeVisible();
	await expect(page.locator('.comment')).toHaveCount(6);
	expect(await misplaced(page)).toEqual([]);
	await expect(show(page)).toHaveCount(0);
	expect(loads()).toBe(0);
});

test('the first comment of all takes the place of the word that there is none', async ({
	page
}) => {
	const slug = await newArticle(editor);
	await open(page, `/articles/${slug}?sort=newest`);
	const first = await post(ann, slug, 'The first.');
	await show(page).click();
	await expect(page.locator(`#c-${first.id}`)).toBeVisible();
	await expect(page.locator('.threads .empty')).toHaveCount(0);
	const second = await post(ann, slug, 'The second.');
	await show(page).click();
	await expect(page.locator('.thread').first().locator(`#c-${second.id}`)).toBeVisible();
});

test('what belongs on another page is led to', async ({ page }) => {
	const slug = await newArticle(editor);
	for (let n = 1; n <= 31; n++) await post(editor, slug, `Thread ${n}.`);
	await open(page, `/articles/${slug}`);
	await post(ann, slug, 'The newest thread.');
	const link = page.locator('.live-bar a');
	await expect(link).toHaveText('1 new comment on another page');
	await link.click();
	await expect(page.locator('.thread').first()).toContainText('The newest thread.');
});

test('edits and removals show in place, also in quotes, and not under a selection', async ({
	page
}) => {
	const slug = await newArticle(editor);
	const said = await post(ann, slug, 'The pier is old.');
	const quoting = await post(
		editor,
		slug,
		`> [x said,](/c/${said.id})\n> The pier is old.\n\nSo it is.`
	);
	await open(page, `/articles/${slug}`);
	const loads = countLoads(page);
	const body = page.locator(`#c-${said.id} .comment-body`);
	await body.locator('p').evaluate((words) => getSelection()!.selectAllChildren(words));
	await edit(ann, said.id, 'The pier is very old.');
	await expect(page.locator(`#c-${quoting.id} .said`)).toContainText(
		'quoted from an earlier version'
	);
	await expect(body).toHaveText('The pier is old.');
	await page.evaluate(() => getSelection()!.empty());
	await expect(body).toHaveText('The pier is very old.');

	await decide(editor, said.id, 'remove');
	await expect(page.locator(`#c-${said.id} .tombstone`)).toBeVisible();
	expect(await misplaced(page)).toEqual([]);
	await expect(page.locator(`#c-${quoting.id} .quote`)).toHaveText(/This passage was withdrawn/);
	await decide(editor, said.id, 'restore');
	await expect(body).toHaveText('The pier is very old.');
	await expect(page.locator(`#c-${quoting.id} .quote`)).toContainText('The pier is old.');
	await expect(page.locator('.live-bar button')).toHaveCount(0);
	expect(await misplaced(page)).toEqual([]);
	expect(loads()).toBe(0);
});

test('what is taken down before it was looked at is announced no more', async ({ page }) => {
	const slug = await newArticle(editor);
	await open(page, `/articles/${slug}`);
	const { id } = await post(ann, slug, 'A word too many.');
	await expect(show(page)).toHaveText('1 new comment');
	await decide(editor, id, 'remove');
	await expect(show(page)).toHaveCount(0);
});

test('when commenting is disabled open pages say so, and keep the words', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const { id } = await post(ann, slug, 'Something to answer.');
	await open(page, `/articles/${slug}`);
	const loads = countLoads(page);
	await page.locator(`#c-${id}`).getByRole('link', { name: 'Reply' }).click();
	const box = page.locator('.composer [name=body]');
	await box.fill('Half a thought');

	await setState(editor, slug, 'disabled');
	await expect(page.locator('.commenting-notice')).toContainText(
		'Commenting is disabled on this article.'
	);
	await expect(page.locator('.composer .label')).toHaveText('Your words');
	await expect(box).toHaveValue('Half a thought');
	await expect(box).toHaveJSProperty('readOnly', true);
	await expect(page.getByRole('button', { name: 'Post', exact: true })).toHaveCount(0);
	const marks = page.getByRole('group', { name: 'Formatting' });
	await expect(marks, 'nothing changes words that cannot be posted').toHaveCount(0);
	await expect(page.locator(`#c-${id}`).getByRole('link', { name: 'Reply' })).toHaveCount(0);

	await setState(editor, slug, 'open');
	await expect(page.locator('.commenting-notice')).toHaveCount(0);
	await expect(page.locator(`#c-${id} + .composer [name=body]`)).toHaveValue('Half a thought');
	await expect(marks).toHaveCount(1);
	await setState(editor, slug, 'premoderated');
	await expect(page.locator('#composer-help')).toContainText('A moderator reads it');
	await setState(editor, slug, 'open');
	await expect(page.locator('.discussion-state')).toHaveText('Open for comments.');
	expect(loads()).toBe(0);
	await page.getByRole('button', { name: 'Post', exact: true }).click();
	await expect(page.locator('.comment-body', { hasText: 'Half a thought' })).toBeVisible();
	await expect(show(page), 'what one posts oneself is no news').toHaveCount(0);
});

test('a discussion that is hidden leaves the page, and comes back to it', async ({ page }) => {
	const slug = await newArticle(editor);
	const { id } = await post(ann, slug, 'Seen and hidden.');
	await open(page, `/articles/${slug}`);
	await setState(editor, slug, 'hidden');
	await expect(page.locator('.comment')).toHaveCount(0);
	await setState(editor, slug, 'open');
	await expect(page.locator(`#c-${id}`)).toBeVisible();
});

test('one’s own comment that waited takes its place when it is approved', async () => {
	const { page } = bob;
	const slug = await newArticle(editor, { commenting: 'premoderated' });
	await open(page, `/articles/${slug}`);
	await page.locator('.composer [name=body]').fill('Please read this.');
	await page.getByRole('button', { name: 'Post', exact: true }).click();
	const waiting = page.locator('.waiting .comment');
	await expect(waiting).toHaveCount(1);
	await expect(page.locator('html')).toHaveAttribute('data-hydrated', 'true');
	await decide(editor, (await waiting.getAttribute('data-comment-id'))!, 'approve');
	await show(page).click();
	await expect(page.locator('.threads .comment.own')).toContainText('Please read this.');
	await expect(page.locator('.waiting')).toHaveCount(0);
});

test('what readers reported is folded before everybody’s eyes, and unfolded', async ({ page }) => {
	const slug = await newArticle(editor);
	const { id } = await post(ann, slug, 'Too loud.');
	await open(page, `/articles/${slug}`);
	const comment = page.locator(`#c-${id}`);
	await expect(comment.getByText('Too loud.')).toBeVisible();
	await editor.call('POST', `/comments/${id}/report`, { json: { reason: 'abuse' } });
	await expect(comment).toContainText('Folded because readers reported it');
	await expect(comment.getByText('Too loud.')).toBeHidden();
	await editor.call('POST', `/comments/${id}/keep`, { json: {} });
	await expect(comment.getByText('Too loud.')).toBeVisible();
	await expect(show(page)).toHaveCount(0);
});
