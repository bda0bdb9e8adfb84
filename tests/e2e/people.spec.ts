import { discussion, guest, member, newArticle, post } from './support/api.ts';
import type { Client } from './support/api.ts';
import { signInNew, test } from './support/people.ts';
import type { Someone } from './support/people.ts';
import { expect } from './support/site.ts';
import { write } from './support/writing.ts';

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

test('who is answered is told, and reads it when they say so', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const id = await write(page, slug, 'A question.');
	const first = await post(ann, slug, 'The first answer.', id);
	await post(ann, slug, `> [${bob.name} said,](/c/${id})\n> A question.\n\nThe second.`, id);
	await page.goto('/');
	const link = page.getByRole('link', { name: /^Notifications/ });
	await expect(link).toHaveAccessibleName('Notifications 2 unread');
	await link.click();
	const rows = page.locator('.told');
	await expect(rows).toHaveCount(2);
	await expect(rows.nth(0)).toContainText('quoted you');
	await expect(rows.nth(1)).toContainText('replied to you');
	await expect(rows.nth(1)).toContainText('The first answer.');
	await rows.nth(1).getByRole('link', { name: 'replied to you' }).click();
	await expect(page).toHaveURL(new RegExp(`/c/${first.id}$`));
	await expect(link).toHaveAccessibleName('Notifications 2 unread');
	await link.click();
	await rows.nth(1).getByRole('button').click();
	await expect(link).toHaveAccessibleName('Notifications 1 unread');
	await page.getByRole('button', { name: 'Mark all as read' }).click();
	await expect(link).toHaveAccessibleName('Notifications');
	await expect(page.getByRole('button', { name: /read/ })).toHaveCount(0);
});

test('guests are led to sign in', async ({ page }) => {
	await page.goto('/notifications');
	await expect(page).toHaveURL(/\/sign-in\?next=\/notifications$/);
});

test('a discussion and a thread are followed, and left', async () => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const { id } = await post(ann, slug, 'A thread.');
	await page.goto(`/articles/${slug}`);
	await page.getByRole('button', { name: 'Follow this discussion' }).click();
	await expect(page.getByRole('button', { name: 'Stop following' })).toBeVisible();
	await page.locator(`#c-${id} .menu summary`).click();
	await page.getByRole('button', { name: 'Follow this thread' }).click();
	await expect(page).toHaveURL(new RegExp(`#c-${id}$`));
	await post(ann, slug, 'Something new.');
	await page.goto('/notifications');
	await expect(page.locator('.told').first()).toContainText('wrote where you follow');
	await page.goto('/account');
	const following = page.locator('#following');
	await expect(following).toContainText(`A thread by ${ann.name}`);
	await following.getByRole('button', { name: 'Stop following a thread' }).click();
	await following.getByRole('button', { name: 'Stop following' }).click();
	await expect(following).toContainText('Nothing.');
	await post(ann, slug, 'Something newer.', id);
	await page.goto('/notifications');
	await expect(page.locator('.told', { hasText: 'newer' })).toHaveCount(0);
});

test('comments of somebody muted are folded for one reader, who can still open them', async ({
	page: other
}) => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const id = await write(page, slug, 'A question.');
	const loud = await post(ann, slug, 'A loud answer.', id);
	await write(page, slug, 'Another.');
	await page.goto(`/articles/${slug}`);
	await page.locator(`#c-${loud.id} .menu summary`).click();
	await page.getByRole('button', { name: `Mute ${ann.name}` }).click();
	const folded = page.locator(`#c-${loud.id}`);
	await expect(folded).toContainText('A comment by someone you muted.');
	await expect(page.getByText('A loud answer.')).toBeHidden();
	await expect(folded.locator('.author')).toBeHidden();
	await folded.locator('.veiled > summary').click();
	await expect(page.getByText('A loud answer.')).toBeVisible();
	await post(ann, slug, 'Once more.', id);
	await page.goto('/notifications');
	await expect(page.locator('.told', { hasText: 'Once more.' })).toHaveCount(0);
	await other.goto(`/articles/${slug}`);
	await expect(other.getByText('A loud answer.')).toBeVisible();
	await page.goto(`/people/${ann.name}`);
	await page.getByRole('button', { name: 'Unmute', exact: true }).click();
	await page.goto(`/articles/${slug}`);
	await expect(page.getByText('A loud answer.')).toBeVisible();
});

test('a report reaches the moderators, who keep or remove', async ({ site }) => {
	const { page } = bob;
	const slug = await newArticle(editor);
	const { id } = await post(ann, slug, 'Buy my boats.');
	await page.goto(`/articles/${slug}`);
	await page.locator(`#c-${id} .menu summary`).click();
	await page.getByRole('link', { name: 'Report', exact: true }).click();
	await expect(page.getByLabel('It misquotes me')).toHaveCount(0);
	await page.getByLabel('Spam').check();
	await page.getByLabel('Anything to add?').fill('Third time this week.');
	await page.getByRole('button', { name: 'Report it' }).click();
	await expect(page.getByRole('status')).toContainText('with the moderators');
	await page.getByRole('link', { name: 'Back to the comment' }).click();
	await expect(page).toHaveURL(new RegExp(`/c/${id}#c-${id}$`));

	const desk = moderator.page;
	await desk.goto('/moderation?tab=reported');
	const reported = desk.locator('.case', { hasText: 'Buy my boats.' });
	await expect(reported).toContainText('Third time this week.');
	await expect(reported).toContainText(bob.name);
	await reported.getByRole('button', { name: /^Keep/ }).click();
	await expect(desk.getByRole('button', { name: 'Undo' })).toBeVisible();
	await desk.goto('/moderation?tab=reported');
	await expect(reported).toHaveCount(0);
	await page.goto(`/c/${id}/report`);
	await page.getByLabel('Abuse').check();
	await page.getByLabel('Anything to add?').fill('Words of mine.');
	await page.getByRole('button', { name: 'Report it' }).click();
	await expect(page.getByRole('alert')).toContainText('looked at your report');
	await expect(page.getByLabel('Anything to add?')).toHaveValue('Words of mine.');

	const other = await post(ann, slug, 'Buy more boats.');
	await page.goto(`/c/${other.id}/report`);
	await page.getByLabel('Spam').check();
	await page.getByRole('button', { name: 'Report it' }).click();
	await desk.goto('/moderation?tab=reported');
	const next = desk.locator('.case', { hasText: 'Buy more boats.' });
	await next.getByRole('button', { name: 'Spam' }).click();
	await expect(desk.getByRole('button', { name: 'Undo' })).toBeVisible();
	await desk.goto('/moderation?tab=reported');
	await expect(next).toHaveCount(0);
	const texts = (await discussion(guest(site), slug)).map((comment) => comment.status);
	expect(texts).toEqual(['published', 'removed']);
});
