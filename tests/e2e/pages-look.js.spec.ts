import AxeBuilder from '@axe-core/playwright';
import { member, newArticle, post as postByApi } from './support/api.ts';
import { misplaced } from './support/microdata.ts';
import { signInNew, test, type Someone } from './support/people.ts';
import { expect } from './support/site.ts';

/** Milliseconds that making three accounts may take on a loaded machine. */
const PATIENCE = 180_000;
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

let moderator: Someone;
const names: Record<string, string> = {};

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(PATIENCE);
	const editor = await member(site, 'editor');
	const ann = await member(site, 'reader');
	moderator = await signInNew(browser, site, 'moderator');
	const slug = await newArticle(editor, { category: 'Looks', standfirst: 'A standfirst.' });
	const words = `A_very_long_word_${'without_an_end_'.repeat(20)}\n\n\`\`\`\n${'code '.repeat(60)}\n\`\`\``;
	let { id } = await postByApi(ann, slug, words);
	const root = id;
	for (let depth = 1; depth <= 7; depth++) {
		const body = `> [${ann.name} said,](/c/${root})\n> not what was said\n\nAt ${depth}.`;
		({ id } = await postByApi(editor, slug, body, id));
	}
	const closed = await newArticle(editor, { commenting: 'disabled' });
	Object.assign(names, { ARTICLE: slug, CLOSED: closed, COMMENT: id, PERSON: ann.name });
});

test.afterAll(() => moderator.page.context().close());

const PAGES = [
	...['/', '/categories/looks', '/articles/ARTICLE', '/articles/CLOSED', '/c/COMMENT'],
	...['/articles/ARTICLE?reply=COMMENT', '/people/PERSON', '/help', '/help/operating'],
	...['/c/COMMENT/remove', '/c/COMMENT/history', '/c/COMMENT/report', '/notifications', '/nowhere']
];
for (const path of PAGES) {
	test(`${path} suits phones, dark rooms and screen readers`, async () => {
		const { page } = moderator;
		const problems: string[] = [];
		page.on('console', (message) => {
			if (/Content.Security.Policy/i.test(message.text())) problems.push(message.text());
		});
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize(PHONE);
			await page.goto(path.replace(/[A-Z]{2,}/, (name) => encodeURIComponent(names[name])));
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(overflow).toBe(0);
			await page.setViewportSize(DESKTOP);
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
		}
		expect(problems).toEqual([]);
		expect(await misplaced(page)).toEqual([]);
	});
}

test('the whole page can be reached and used by keyboard, beginning with a way past the masthead', async () => {
	const { page } = moderator;
	await page.goto(`/articles/${names.ARTICLE}`);
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.locator('main')).toBeFocused();
	const menu = page.locator('details.menu').first();
	await menu.locator('summary').focus();
	await page.keyboard.press('Enter');
	await expect(menu).toHaveAttribute('open', '');
	await page.keyboard.press('Escape');
	await expect(menu).not.toHaveAttribute('open', '');
	await expect(menu.locator('summary')).toBeFocused();
});

test('on a narrow phone no act of a comment is on a line by itself that belongs beside others', async () => {
	const { page } = moderator;
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto(`/articles/${names.ARTICLE}?sort=oldest`);
	await expect(page.locator('.acts .add-quote').first()).toBeVisible();
	await expect(page.locator('.fold').first()).toBeVisible();
	const lost = await page.evaluate(() => {
		const middle = (element: Element) => {
			const { top, height } = element.getBoundingClientRect();
			return top + height / 2;
		};
		const isApart = (one: Element, other: Element) => Math.abs(middle(one) - middle(other)) > 8;
		const within = (selector: string, beside: (element: Element) => Element) =>
			[...document.querySelectorAll(`.threads ${selector}`)]
				.filter((element) => isApart(element, beside(element)))
				.map((element) => element.outerHTML.slice(0, 80));
		return [
			...within('.acts > .menu', ({ parentElement }) => parentElement!.firstElementChild!),
			...within('.add-quote', (element) => element.previousElementSibling!),
			...within('.fold', ({ parentElement }) => parentElement!.querySelector('.author')!)
		];
	});
	expect(lost).toEqual([]);
	await page.setViewportSize(DESKTOP);
});
