import { member, MEMBERS_TIMEOUT, newArticle, post } from './support/api.ts';
import type { Client } from './support/api.ts';
import { signInNew, test } from './support/people.ts';
import type { Someone } from './support/people.ts';
import { expect } from './support/site.ts';

test.describe.configure({ timeout: 90_000 });

let editor: Client;
let reader: Client;
let mona: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	editor = await member(site, 'editor');
	reader = await member(site, 'reader');
	mona = await signInNew(browser, site, 'moderator');
});

test.afterAll(() => mona.page.context().close());

const caseOf = (id: string) => mona.page.locator(`#w-${id}`);
const statusOf = async (id: string) =>
	(await editor.expect(200, 'Comment', 'GET', `/comments/${id}`)).status;
const done = () => mona.page.locator('.notice-ok');

test('the whole queue is worked without a script', async () => {
	const { page } = mona;
	const slug = await newArticle(editor, { commenting: 'premoderated' });
	const ids: string[] = [];
	for (const words of ['Good.', 'Buy it.', 'Wrong.', 'Fourth.', 'Fifth.']) {
		ids.push((await post(reader, slug, words)).id);
	}
	const [good, spam, worded, ...others] = ids;
	await page.goto('/moderation');
	await expect(caseOf(good).locator('kbd').first()).toBeHidden();
	await expect(caseOf(good)).toContainText(`${reader.name}, here for`);

	await caseOf(good).getByRole('button', { name: 'Take this case' }).click();
	await expect(caseOf(good)).toContainText('You are looking at this.');
	await caseOf(good).getByRole('button', { name: 'Approve' }).click();
	await expect(done()).toContainText('The comment is published.');
	await expect(page.locator('.desk-head')).toContainText(/median \d+ s a decision/);
	await done().getByRole('button', { name: 'Undo' }).click();
	await expect(done()).toContainText('The decision is taken back.');
	expect(await statusOf(good)).toBe('pending');
	await caseOf(good).getByRole('button', { name: 'Approve' }).click();
	await expect(caseOf(good)).toHaveCount(0);

	await caseOf(spam).getByRole('button', { name: 'Spam' }).click();
	await expect(done()).toContainText('The comment is rejected.');
	await caseOf(worded).getByRole('button', { name: 'Reject for these words' }).click();
	await expect(caseOf(worded)).toContainText('Choose why, or say it in a few words.');
	await caseOf(worded).getByLabel('Why, in words').fill('It is not so.');
	await caseOf(worded).getByLabel('Why, in words').press('Enter');
	await expect(done()).toContainText('The comment is rejected.');

	for (const id of others) await caseOf(id).getByLabel('Choose').check();
	await page.locator('#together').getByRole('button', { name: 'Approve' }).click();
	await expect(done()).toContainText('2 comments are decided.');
	const statuses = await Promise.all(ids.map(statusOf));
	expect(statuses).toEqual([...['published', 'rejected', 'rejected', 'published', 'published']]);
});

test('reported comments are kept or removed, and what another looks at says so', async ({
	someone
}) => {
	const { page } = mona;
	const slug = await newArticle(editor);
	const { id } = await post(reader, slug, 'Loud words.');
	await editor.call('POST', `/comments/${id}/report`, { json: { reason: 'abuse' } });
	const ann = await someone('moderator');
	await ann.page.goto('/moderation?tab=reported');
	await ann.page.locator(`#w-${id}`).getByRole('button', { name: 'Take this case' }).click();
	await page.goto('/moderation?tab=reported');
	await expect(caseOf(id)).toContainText(`${ann.name} is looking at this.`);
	await caseOf(id).getByRole('button', { name: 'Abuse' }).click();
	await expect(caseOf(id).getByRole('alert')).toContainText('decided all the same');
	expect(await statusOf(id)).toBe('published');
	await caseOf(id).getByRole('button', { name: 'Abuse' }).click();
	await expect(done()).toContainText('The comment is removed');
	await ann.page.locator(`#w-${id}`).getByRole('button', { name: 'Keep' }).click();
	await expect(ann.page.getByRole('alert')).toContainText('Somebody was quicker');
});

test('each part of the desk says how much waits there', async () => {
	const { page } = mona;
	await page.goto('/moderation?tab=unreviewed');
	const tabs = page.getByRole('navigation', { name: 'What waits' });
	for (const name of ['Pending', 'Reported', 'Appeals', 'Problems', 'Unreviewed']) {
		await expect(tabs.getByRole('link', { name })).toContainText(/\d/);
	}
	const { id } = await post(reader, await newArticle(editor), 'Nobody has looked at this.');
	await page.goto('/moderation?tab=unreviewed');
	await caseOf(id).getByRole('button', { name: 'Leave it' }).click();
	await expect(done()).toContainText('The comment was looked at');
});
