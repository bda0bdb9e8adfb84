import type { Page } from '@playwright/test';
import { misplaced } from './support/microdata.ts';
import { cast as newCast, idsOf, IMPORT_TIMEOUT, importRows, writer } from './support/paper.ts';
import type { Cast } from './support/paper.ts';
import { expect, test, unique } from './support/site.ts';

const DAY = 24 * 60 * 60 * 1000;
const LONG_THREAD = 130;
const MANY_ROOTS = 65;

let people: Cast;
/** Slugs of an article with one of each kind of comment, one with many threads, one with a long thread. */
let kinds: string;
let many: string;
let long: string;
/** Ids by text. */
let ids: Map<string, string>;
let longIds: Map<string, string>;

function comment(page: Page, words: string) {
	return page.locator('.comment', { has: page.locator('.comment-body', { hasText: words }) });
}

/** Threads, a chain of replies below the deepest indentation, quotes, versions and tombstones. */
function writeKinds({ ann, bob, mona, harriet }: Cast) {
	const talk = writer(kinds, Date.now() - DAY);
	let parent = talk.comment(ann, 'The ferry was late on Monday. It was late on Tuesday too.');
	for (let depth = 1; depth <= 7; depth++) {
		parent = talk.comment(depth % 2 ? bob : ann, `Depth ${depth}.`, { parent });
	}
	talk.comment(mona, `${ann} said,\nIt was late on Tuesday too.\n\nNot on Wednesday.`);
	talk.comment(bob, `${harriet} said,\nNobody wrote this here.\n\nI remember it so.`);
	const written = { body: 'The first wording.', created_at: new Date(Date.now() - DAY) };
	talk.comment(bob, 'The second wording.', { edited_at: new Date(), revisions: [written] });
	const removed = talk.comment(bob, 'Removed words.', { status: 'removed' });
	talk.comment(ann, 'Answer to the removed.', { parent: removed });
	const deleted = talk.comment(bob, 'Deleted words.', { status: 'deleted' });
	talk.comment(ann, 'Answer to the deleted.', { parent: deleted });
	return talk.rows;
}

test.beforeAll(async ({ site }) => {
	test.setTimeout(IMPORT_TIMEOUT);
	const { cast, rows } = newCast();
	people = cast;
	[kinds, many, long] = ['kinds', 'many', 'long'].map((name) => unique(name).replace(' ', '-'));
	const article = (id: string) => ({ type: 'article', id, title: id, body: 'A story.' });
	const opinions = writer(many, Date.now() - DAY);
	for (let number = 1; number <= MANY_ROOTS; number++) {
		opinions.comment(cast.ann, `Opinion ${number}.`, { score: (number * 7) % MANY_ROOTS });
	}
	const thread = writer(long, Date.now() - DAY);
	let last = thread.comment(cast.ann, 'The beginning.');
	const [first] = thread.rows;
	for (let number = 1; number <= LONG_THREAD; number++) {
		const parent = number % 10 === 1 ? first.id : last;
		last = thread.comment(number % 2 ? cast.bob : cast.ann, `Reply ${number}.`, { parent });
	}
	await importRows(site, [
		...[...rows, article(kinds), article(many), article(long)],
		...[...writeKinds(cast), ...opinions.rows, ...thread.rows]
	]);
	[ids, longIds] = [await idsOf(site, kinds), await idsOf(site, long)];
});

test('replies are indented to a limit, beyond which they say whom they answer', async ({
	page
}) => {
	await page.goto(`/articles/${kinds}`);
	const places = [];
	for (let depth = 1; depth <= 6; depth++) {
		const one = comment(page, `Depth ${depth}.`);
		await expect(one).toHaveClass(new RegExp(`\\bindent-${Math.min(depth, 5)}\\b`));
		const replying = one.locator('.replying').filter({ visible: true });
		await expect(replying).toHaveText(depth > 5 ? [`replying to ${people.bob}`] : []);
		places.push((await one.boundingBox())!.x);
	}
	expect(places).toEqual(places.toSorted((a, b) => a - b));
	expect(new Set(places).size).toBe(5);
	// In its place, or on a page of its own.
	await page.getByRole('link', { name: 'Show 1 more reply' }).click();
	const last = comment(page, 'Depth 7.').locator('.replying');
	await expect(last).toHaveText(`replying to ${people.ann}`);
	await expect(last).toBeVisible();
});

test('a comment shows who wrote it, when, and where it is found', async ({ page }) => {
	await page.goto(`/articles/${kinds}`);
	const one = comment(page, 'Not on Wednesday.');
	await expect(one.locator('.author')).toHaveText(people.mona);
	await expect(one.locator('.badge')).toHaveText('Moderator');
	await expect(one.locator('time')).toHaveAttribute('title', / UTC$/);
	await expect(comment(page, 'Depth 1.').locator('.badge')).toHaveCount(0);
	const id = await one.getAttribute('data-comment-id');
	await expect(one).toHaveAttribute('id', `c-${id}`);
	await expect(one).toHaveAttribute('data-status', 'published');
	await one.locator('.permalink').click();
	await expect(page).toHaveURL(`/c/${id}`);
	await expect(page.locator('.addressed')).toHaveAttribute('data-comment-id', id!);
});

test('a quote leads to the words it quotes, or says that nobody is known for them', async ({
	page
}) => {
	await page.goto(`/articles/${kinds}`);
	const found = comment(page, 'Not on Wednesday.').locator('blockquote.quote');
	await expect(found).toHaveAttribute('data-match', 'exact');
	await expect(found).toContainText('It was late on Tuesday too.');
	const source = ids.get('The ferry was late on Monday. It was late on Tuesday too.');
	const said = found.getByRole('link', { name: `${people.ann} said,` });
	await expect(said).toHaveAttribute('href', `/c/${source}`);
	const lost = comment(page, 'I remember it so.').locator('blockquote.quote');
	await expect(lost).toHaveAttribute('data-match', 'unresolved');
	await expect(lost).toContainText(`${people.harriet} said,`);
	await expect(lost.locator('[href]')).toHaveCount(0);
	await said.click();
	await expect(page).toHaveURL(new RegExp(`${source}$`));
	// On its own page, or with script on this one: the focus is on it either way.
	await expect(page.locator(`#c-${source}`)).toBeFocused();
	await expect(page.locator(`#c-${source}`)).toBeInViewport();
});

test('“edited” leads to the earlier versions', async ({ page }) => {
	await page.goto(`/articles/${kinds}`);
	await comment(page, 'The second wording.').getByRole('link', { name: 'edited' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Versions of a comment');
	await expect(page.locator('.comment-body')).toHaveText([
		'The second wording.',
		'The first wording.'
	]);
	await page.getByRole('link', { name: 'The comment in its thread' }).click();
	await expect(page).toHaveURL(`/c/${ids.get('The second wording.')}`);
});

test('what was taken down keeps its place and says nothing', async ({ page }) => {
	await page.goto(`/articles/${kinds}`);
	for (const [status, by] of [
		['removed', 'by a moderator'],
		['deleted', 'by its author']
	]) {
		const gone = page.locator(`.comment[data-status=${status}]`);
		await expect(gone.locator('.tombstone')).toContainText(by);
		await expect(gone.locator('.comment-body')).toHaveCount(0);
		const answer = page.locator(`.comment[data-status=${status}] + .comment .comment-body`);
		await expect(answer).toHaveText(`Answer to the ${status}.`);
	}
	expect(await page.content()).not.toMatch(/Removed words|Deleted words/);
});

const BY_NUMBER = Array.from({ length: MANY_ROOTS }, (_, index) => index + 1);
const ORDERS = {
	oldest: BY_NUMBER,
	newest: BY_NUMBER.toReversed(),
	best: BY_NUMBER.toSorted((a, b) => ((b * 7) % MANY_ROOTS) - ((a * 7) % MANY_ROOTS))
};
for (const [sort, numbers] of Object.entries(ORDERS)) {
	test(`by “${sort}”, the pages show every thread once`, async ({ page }) => {
		await page.goto(`/articles/${many}`);
		await page.getByRole('link', { name: sort }).click();
		await expect(page.locator('.sorts [aria-current]')).toHaveText(new RegExp(sort, 'i'));
		const seen = [];
		for (let left = MANY_ROOTS; ; left -= 30) {
			await expect(page.locator('.thread')).toHaveCount(Math.min(30, left));
			seen.push(...(await page.locator('.thread .comment-body').allInnerTexts()));
			const more = page.locator('.pager-next');
			if (left <= 30) {
				await expect(more).toHaveCount(0);
				break;
			}
			const address = (await more.getAttribute('href'))!;
			await more.click();
			await expect(page).toHaveURL(address);
		}
		expect(seen).toEqual(numbers.map((number) => `Opinion ${number}.`));
		const back = page.locator('.pager-previous');
		await expect(back).toHaveText(/^(?:Earlier|Later|Previous) comments$/);
		await back.click();
		await expect(page.locator('.thread .comment-body')).toHaveText(seen.slice(30, 60));
		await back.click();
		await expect(page.locator('.thread .comment-body')).toHaveText(seen.slice(0, 30));
		await page.getByRole('link', { name: 'First comments' }).click();
		await expect(page.locator('.thread .comment-body').first()).toHaveText(seen[0]);
	});
}

test('the order that was chosen last is kept for every story', async ({ page }) => {
	const order = page.locator('.sorts [aria-current]');
	await page.goto(`/articles/${many}`);
	await page.getByRole('link', { name: 'Most replied' }).click();
	await expect(order).toHaveText('Most replied');
	await page.goto(`/articles/${kinds}`);
	await expect(order).toHaveText('Most replied');
	await expect(page.locator('.thread').first()).toContainText('The ferry was late');
	await page.getByRole('link', { name: 'Oldest' }).click();
	await expect(order).toHaveText('Oldest');
	await page.goto(`/articles/${many}`);
	await expect(order).toHaveText('Oldest');
});

test('a deep reply is shown among those around it, and the whole thread from there', async ({
	page
}) => {
	const id = longIds.get('Reply 95.')!;
	await page.goto(`/c/${id}`);
	const focus = page.locator('.addressed');
	await expect(focus).toHaveAttribute('data-comment-id', id);
	await expect(focus).toBeInViewport();
	await expect(comment(page, 'The beginning.')).toHaveCount(1);
	await expect(comment(page, 'Reply 94.')).toHaveCount(1);
	await expect(page.locator('.replying.orphan').first()).toBeVisible();
	const seen = new Set<string>();
	const look = async () => {
		for (const words of await page.locator('.comment-body').allInnerTexts()) seen.add(words);
	};
	await look();
	const earlier = page.getByRole('link', { name: 'Show earlier replies' });
	while ((await earlier.count()) > 0) {
		const address = (await earlier.getAttribute('href'))!;
		await earlier.click();
		await expect(page).toHaveURL(address);
		await look();
	}
	const more = page.locator('.more-replies');
	while ((await more.count()) > 0) {
		const shown = await page.locator('.comment').evaluateAll((all) => all.map(({ id }) => id));
		await more.click();
		// In its place, or on a page of its own.
		await expect
			.poll(() => page.locator('.comment').evaluateAll((all) => all.map(({ id }) => id)))
			.not.toEqual(shown);
		await look();
	}
	expect(seen).toEqual(new Set(longIds.keys()));
});

interface Item {
	type: string | null;
	id: string | null;
	/** Of the same name, one after the other. */
	properties: [name: string, value: string | Item][];
}

/** The items of microdata on a page (HTML, 5.2) that are part of no other. */
function itemsOf(page: Page): Promise<Item[]> {
	return page.evaluate(() => {
		const owner = (part: Element) => part.parentElement?.closest('[itemscope]') ?? null;
		const valueOf = (part: Element): string =>
			part.getAttribute('content') ??
			part.getAttribute('datetime') ??
			(part as HTMLAnchorElement).href ??
			part.textContent;
		const itemOf = (item: Element): Item => ({
			type: item.getAttribute('itemtype'),
			id: item.getAttribute('itemid'),
			properties: [...item.querySelectorAll('[itemprop]')]
				.filter((part) => owner(part) === item)
				.map((part) => [
					part.getAttribute('itemprop')!,
					part.hasAttribute('itemscope') ? itemOf(part) : valueOf(part)
				])
		});
		return [...document.querySelectorAll('[itemscope]:not([itemprop])')].map(itemOf);
	});
}

function all(item: Item, name: string): (string | Item)[] {
	return item.properties.filter(([each]) => each === name).map(([, value]) => value);
}

test('a story and what is said about it are there for machines to read', async ({ page }) => {
	await page.goto(`/articles/${kinds}`);
	const text = await page.locator('script[type="application/ld+json"]').textContent();
	const story = JSON.parse(text!) as Record<string, unknown>;
	expect(story).toMatchObject({ '@type': 'NewsArticle', headline: kinds });
	expect(await misplaced(page)).toEqual([]);
	const items = await itemsOf(page);
	const article = items.find(({ type }) => type === 'https://schema.org/NewsArticle')!;
	expect(article.id).toBe(story['@id']);
	expect(all(article, 'headline')).toEqual([kinds]);
	const said = all(article, 'comment') as Item[];
	const { origin } = new URL(page.url());
	const addresses = said.map((comment) => all(comment, 'url')[0]);
	expect(new Set(addresses).size).toBe(said.length);
	const first = ids.get('The ferry was late on Monday. It was late on Tuesday too.')!;
	expect(addresses[0]).toBe(`${origin}/c/${first}`);
	for (const comment of said) {
		expect(comment.type).toBe('https://schema.org/Comment');
		expect(all(comment, 'text')).toHaveLength(1);
		expect(all(comment, 'dateCreated')[0]).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
	}
	const [author] = all(said[0], 'author') as Item[];
	expect(author.type).toBe('https://schema.org/Person');
	const deep = said.find((comment) => /Depth 3\./.test(String(all(comment, 'text')[0])))!;
	const [above] = all(deep, 'parentItem');
	expect(above).toBe(`${origin}/c/${ids.get('Depth 2.')}`);
	// What was taken down is no comment to them, and leaves none of its words.
	const taken = items.filter(
		({ type, properties }) => type === 'https://schema.org/Comment' && properties.length === 0
	);
	expect(taken.length).toBeGreaterThan(0);
	expect(JSON.stringify(items)).not.toMatch(/Removed words|Deleted words/);
});
