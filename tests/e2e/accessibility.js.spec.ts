import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { member, newArticle, post as postByApi } from './support/api.ts';
import type { Client } from './support/api.ts';
import { misplaced } from './support/microdata.ts';
import { cast as newCast, importRows } from './support/paper.ts';
import { signInNew, test } from './support/people.ts';
import type { Someone } from './support/people.ts';
import { expect, unique } from './support/site.ts';
import { body, press, write } from './support/writing.ts';

/** Milliseconds that making three accounts, or looking at a page in four ways, may take. */
const PATIENCE = 180_000;
const WIDTHS = [390, 1280];
const SCHEMES = ['light', 'dark'] as const;

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

/** Looks at the page as it stands: on a phone and on a desk, by day and by night. */
async function inspect(page: Page): Promise<void> {
	expect(await misplaced(page)).toEqual([]);
	for (const colorScheme of SCHEMES) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		for (const width of WIDTHS) {
			await page.setViewportSize({ width, height: 900 });
			const overflow = () =>
				page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth
				);
			await expect.poll(overflow, `overflow at ${width}`).toBe(0);
			const { violations } = await new AxeBuilder({ page }).analyze();
			const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
			expect(found, `${colorScheme}, ${width}`).toEqual([]);
		}
	}
}

/** States of pages, each with what it takes for a reader to come to it. */
const STATES: Record<string, (page: Page) => Promise<unknown>> = {
	'a reply that was refused, with its preview': async (page) => {
		const slug = await newArticle(editor);
		const { id } = await postByApi(ann, slug, 'The first.');
		await page.goto(`/articles/${slug}?reply=${id}`);
		await body(page).fill(`> [${ann.name} said,](/c/${id})\n> The first.\n\nNo.`);
		await press(page, 'Preview');
		await expect(page.locator('.preview .quote')).toBeVisible();
		await body(page).fill('> ');
		expect(await press(page, 'Post')).toBe(422);
		await expect(page.getByRole('alert')).toBeVisible();
	},
	'words that came too late for an article': async (page) => {
		const slug = await newArticle(editor);
		// Who hears of it in time has no form to post any more.
		await page.route('**/live?*', (route) => route.abort());
		await page.goto(`/articles/${slug}`);
		await body(page).fill('Too late.');
		await editor.call('PATCH', `/articles/${slug}`, { json: { commenting: 'disabled' } });
		expect(await press(page, 'Post')).toBe(403);
		await expect(page.locator('.commenting-notice')).toBeVisible();
		await page.unroute('**/live?*');
	},
	'one’s own comments that wait': async (page) => {
		const slug = await newArticle(editor, { commenting: 'premoderated' });
		await write(page, slug, 'Waiting.');
		await expect(page.locator('.waiting .comment')).toBeVisible();
	},
	'a discussion that is not shown': async (page) => {
		await page.goto(`/articles/${await newArticle(editor, { commenting: 'hidden' })}`);
		await expect(page.locator('.commenting-notice')).toBeVisible();
	},
	'one’s own comment with its menu open': async (page) => {
		const id = await write(page, await newArticle(editor), 'My own.');
		await page.locator(`#c-${id} summary`).click();
		await expect(page.getByRole('link', { name: 'Edit' })).toBeVisible();
	},
	'an edit that another window overtook': async (page) => {
		const id = await write(page, await newArticle(editor), 'Mine.');
		await page.goto(`/c/${id}/edit`);
		await page
			.locator('[name=revision]')
			.evaluate((field: HTMLInputElement) => (field.value = '7'));
		await body(page).fill('Mine again.');
		expect(await press(page, 'Save')).toBe(409);
		await expect(page.getByRole('region', { name: 'As it stands' })).toBeVisible();
	},
	'the question before deleting': async (page) => {
		const id = await write(page, await newArticle(editor), 'Mine.');
		await page.goto(`/c/${id}/delete`);
		await expect(page.getByRole('button', { name: 'Delete it' })).toBeVisible();
	},
	'what one is told': async (page) => {
		const slug = await newArticle(editor);
		const id = await write(page, slug, 'A question.');
		await postByApi(ann, slug, 'An answer.', id);
		await page.goto('/notifications');
		await expect(page.getByRole('button', { name: 'Mark all as read' })).toBeVisible();
	},
	'a comment to report, in its menu, and the report that was refused': async (page) => {
		const slug = await newArticle(editor);
		const { id } = await postByApi(ann, slug, 'Too loud.');
		await page.goto(`/articles/${slug}`);
		await page.locator(`#c-${id} .menu summary`).click();
		await inspect(page);
		await page.getByRole('link', { name: 'Report', exact: true }).click();
		await page.locator('[name=reason]').first().check();
		await page.locator('[name=note]').evaluate((note: HTMLTextAreaElement) => {
			note.removeAttribute('maxlength');
			note.value = 'x'.repeat(1001);
		});
		await page.getByRole('button', { name: 'Report it' }).click();
		await expect(page.getByRole('alert')).toBeVisible();
	},
	'a comment of somebody muted, and what one follows': async (page) => {
		const slug = await newArticle(editor);
		await postByApi(ann, slug, 'Too loud.');
		await page.goto(`/articles/${slug}`);
		await page.getByRole('button', { name: 'Follow this discussion' }).click();
		await page.goto(`/people/${ann.name}`);
		await page.getByRole('button', { name: 'Mute', exact: true }).click();
		await page.goto(`/articles/${slug}`);
		await expect(page.locator('.veiled')).toBeVisible();
		await inspect(page);
		await page.locator('.veiled > summary').click();
		await inspect(page);
		await page.goto('/account');
		await inspect(page);
		await page.getByRole('button', { name: `Unmute ${ann.name}` }).click();
	},
	'a thread that was folded, with a selected passage': async (page) => {
		const slug = await newArticle(editor);
		const { id } = await postByApi(ann, slug, 'The first of two.');
		await postByApi(ann, slug, 'The second.', id);
		await page.goto(`/articles/${slug}`);
		await page.locator(`#c-${id} .fold`).click();
		await page.locator(`#c-${id} .fold`).click();
		await page.locator(`#c-${id} .comment-body p`).selectText();
		await expect(page.locator('.passage-bar')).toBeVisible();
	}
};
for (const [what, come] of Object.entries(STATES)) {
	test(`${what} suits every screen, eye and ear`, async () => {
		test.setTimeout(PATIENCE);
		await come(bob.page);
		await inspect(bob.page);
	});
}

test('a sign-in and a sign-up that were refused suit every screen, eye and ear', async ({
	page
}) => {
	test.setTimeout(PATIENCE);
	await page.goto('/sign-in');
	await page.locator('main [name=name]').fill(unique('Nobody'));
	await page.locator('main [name=password]').fill('not the password');
	await page.locator('main').getByRole('button').click();
	await expect(page.getByRole('alert')).toBeVisible();
	await inspect(page);
	await page.goto('/sign-up');
	await page.locator('main [name=name]').fill('Administrator');
	await page.locator('main [name=email]').fill('ada@example.org');
	await page.locator('main [name=password]').fill('violets in the rain');
	await page.locator('main').getByRole('button').click();
	await expect(page.locator('.field-wrong')).toBeVisible();
	await inspect(page);
});

test('what guests see suits every screen, eye and ear', async ({ page, site }) => {
	test.setTimeout(PATIENCE);
	const { cast, rows } = newCast();
	await importRows(site, rows);
	const slug = await newArticle(editor, { category: 'Harbour', standfirst: 'A short summary.' });
	const { id } = await postByApi(ann, slug, 'A comment.');
	const byline = `/bylines/${cast.harriet.toLowerCase().replaceAll(' ', '-')}`;
	for (const path of ['/', `/articles/${slug}`, `/c/${id}`, `/people/${ann.name}`, byline]) {
		expect((await page.goto(path))?.status()).toBe(200);
		await inspect(page);
	}
});
