import AxeBuilder from '@axe-core/playwright';
import { member, post as postByApi } from './support/api.ts';
import { misplaced } from './support/microdata.ts';
import { post, setCommenting, writeArticle } from './support/newsroom.ts';
import { signInNew, test } from './support/people.ts';
import type { Someone } from './support/people.ts';
import { expect } from './support/site.ts';

/** Milliseconds that making two accounts may take on a loaded machine. */
const PATIENCE = 120_000;
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

let admin: Someone;
let slug: string;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(PATIENCE);
	admin = await signInNew(browser, site, 'admin');
	const article = await writeArticle(admin.page);
	slug = article.slug;
	const { id } = await postByApi(await member(site, 'reader'), slug, 'Something reported.');
	const json = { reason: 'spam', note: 'It has been said before.' };
	await (await member(site, 'reader')).call('POST', `/comments/${id}/report`, { json });
	await setCommenting(admin.page, slug, { state: 'premoderated', reason: 'To be looked at.' });
	const reader = await signInNew(browser, site, 'reader');
	await post(reader.page, article.url, 'Something to decide about.');
	await reader.page.context().close();
});

test.afterAll(() => admin.page.context().close());

const PAGES = [
	...[
		'/account',
		'/sign-out',
		'/moderation',
		'/moderation?tab=reported',
		'/moderation-log',
		'/newsroom',
		'/newsroom/new'
	],
	...['/newsroom/ARTICLE', '/newsroom/ARTICLE/discussion', '/newsroom/discussions'],
	...['/newsroom/bylines', '/admin']
];
for (const path of PAGES) {
	test(`${path} suits phones, dark rooms and screen readers`, async () => {
		const { page } = admin;
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize(PHONE);
			await page.goto(path.replace('ARTICLE', slug));
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(overflow).toBe(0);
			await page.setViewportSize(DESKTOP);
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
		}
		expect(await misplaced(page)).toEqual([]);
	});
}

for (const path of ['/sign-in', '/sign-up']) {
	test(`${path} suits phones and screen readers`, async ({ page }) => {
		await page.setViewportSize(PHONE);
		await page.goto(path);
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
	});
}
