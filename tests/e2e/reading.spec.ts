import { cast as newCast, IMPORT_TIMEOUT, importRows, writer } from './support/paper.ts';
import type { Cast, Row } from './support/paper.ts';
import { expect, test, unique } from './support/site.ts';

const DAY = 24 * 60 * 60 * 1000;
const CLOSED_BECAUSE = 'The matter is before a court.';

let people: Cast;
let category: string;
/** When the latest story came out (milliseconds). */
let now: number;
/** Titles, from the latest story to the earliest. */
let clock: string;
let ferry: string;
let fog: string;
let gulls: string;

/** The address of a story: its id in the file is its slug. */
function urlOf(title: string): string {
	return `/articles/${title.toLowerCase().replaceAll(' ', '-')}`;
}

function articleRow(title: string, published: number, more: object = {}): Row {
	const id = urlOf(title).split('/')[2];
	const published_at = new Date(published);
	const author = people.harriet;
	return {
		...{ type: 'article', id, title, body: 'First.\n\nSecond, with *stress*.', category, author },
		...{ standfirst: `About ${title}.`, published_at },
		...more
	};
}

test.beforeAll(async ({ site }) => {
	test.setTimeout(IMPORT_TIMEOUT);
	const { cast, rows } = newCast();
	people = cast;
	category = unique('Harbour');
	[clock, ferry, fog, gulls] = ['Clock', 'Ferry', 'Fog', 'Gulls'].map(unique);
	now = Date.now();
	const talk = writer(urlOf(ferry).split('/')[2], now - DAY);
	talk.comment(people.ann, 'One.');
	talk.comment(people.bob, 'Two.');
	await importRows(site, [
		...rows,
		articleRow(gulls, now - 3, { commenting: 'hidden' }),
		articleRow(fog, now - 2, { commenting: 'premoderated' }),
		articleRow(ferry, now - 1, {
			source: { name: 'Wire', url: 'https://wire.example.org/1' },
			image: { credit: 'Night ferry by Ned Tide' },
			commenting: 'disabled'
		}),
		articleRow(clock, now),
		...talk.rows,
		{
			...{ type: 'commenting_state', id: ferry, article: urlOf(ferry).split('/')[2] },
			...{ state: 'disabled', reason: CLOSED_BECAUSE, actor: people.mona },
			...{ created_at: new Date(now) }
		}
	]);
});

test('the front page says of each story what it is and how it may be discussed', async ({
	page
}) => {
	await page.goto('/');
	const card = page.locator('.card', { hasText: ferry }).first();
	await expect(card.locator('.kicker')).toHaveText(category);
	await expect(card.getByRole('heading', { name: ferry })).toBeVisible();
	await expect(card.locator('.card-standfirst')).toHaveText(`About ${ferry}.`);
	const line = card.locator('.card-line');
	await expect(line).toContainText(people.harriet);
	await expect(line.locator('time[datetime]')).toHaveAttribute(
		'title',
		/^\d+ \w+ \d{4} at .* UTC$/
	);
	await expect(line).toContainText('2 comments');
	await expect(line).toContainText('comments closed');
	const noteOf = (title: string) => page.locator('.card', { hasText: title }).locator('.card-line');
	await expect(noteOf(fog)).toContainText('comments moderated first');
	await expect(noteOf(gulls)).toContainText('no comments');
	await expect(noteOf(gulls)).not.toContainText('0 comments');
	await expect(noteOf(clock)).not.toContainText('comments closed');
});

test('a category lists its stories, latest first', async ({ page }) => {
	await page.goto('/');
	await page.locator('.card', { hasText: ferry }).getByRole('link', { name: category }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(category);
	await expect(page.locator('.card-title')).toHaveText([clock, ferry, fog, gulls]);
	const sections = page.getByRole('navigation', { name: 'Sections' });
	await expect(sections.locator('[aria-current=page]')).toHaveText(category);
	await sections.getByRole('link', { name: 'Latest' }).click();
	await expect(page).toHaveURL('/');
});

test('a story is set as a newspaper would set it', async ({ page }) => {
	await page.goto('/');
	await page.getByRole('link', { name: ferry, exact: true }).click();
	const head = page.locator('.article-head');
	await expect(head.locator('.kicker')).toHaveText(category);
	await expect(head.getByRole('heading', { level: 1 })).toHaveText(ferry);
	await expect(head.locator('.standfirst')).toHaveText(`About ${ferry}.`);
	await expect(head.locator('.byline')).toContainText(
		`By ${people.harriet}, Harbour correspondent`
	);
	const date = new Date(now - 1).toLocaleDateString('en-GB', {
		...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }
	} as const);
	await expect(head.locator('time')).toHaveText(date);
	await expect(page.locator('.article-body p')).toHaveText(['First.', 'Second, with stress.']);
	await expect(page.locator('.article-body em')).toHaveText('stress');
	await expect(page.locator('.credits')).toHaveText(
		/^\s*Source: Wire\s*\|\s*Image: Night ferry by Ned Tide\s*$/
	);
	await expect(page.locator('.credits a')).toHaveAttribute('href', 'https://wire.example.org/1');
	const biography = page.getByRole('complementary', { name: 'About the author' });
	await expect(biography).toContainText(people.harriet);
	await expect(biography.locator('em')).toHaveText('boats');
});

test('a story leads to the one before and the one after it', async ({ page }) => {
	await page.goto(urlOf(ferry));
	const others = page.getByRole('navigation', { name: 'Other stories' });
	await expect(others.locator('[rel=prev]')).toContainText(fog);
	await expect(others.locator('[rel=next]')).toContainText(clock);
	await others.locator('[rel=prev]').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(fog);
	await page.getByRole('navigation', { name: 'Other stories' }).locator('[rel=next]').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(ferry);
});

test('where commenting is disabled, a notice stands above what was written', async ({ page }) => {
	await page.goto(urlOf(ferry));
	const notice = page.locator('.commenting-notice');
	await expect(notice.locator('strong')).toHaveText('Commenting is disabled on this article.');
	await expect(notice).toContainText(CLOSED_BECAUSE);
	await expect(page.locator('.commenting-notice ~ .threads .comment-body')).toHaveText([
		'One.',
		'Two.'
	]);
	await expect(page.locator('.discussion form:not([hidden])')).toHaveCount(0);
	await expect(page.locator('.sign-in-first')).toHaveCount(0);
	await expect(page.locator('.acts').getByRole('link')).toHaveCount(0);
	await expect(page.locator('.acts').getByRole('button')).toHaveCount(0);
});

test('where comments are hidden or read first, the page says so', async ({ page }) => {
	await page.goto(urlOf(gulls));
	await expect(page.locator('.commenting-notice')).toHaveText(
		'Comments are not shown on this article.'
	);
	await expect(page.locator('.comment, .composer, .sign-in-first')).toHaveCount(0);
	await page.goto(urlOf(fog));
	await expect(page.locator('.discussion-state')).toHaveText(
		'Comments appear once a moderator has read them.'
	);
	await expect(page.locator('.sign-in-first')).toBeVisible();
});

test('a byline has a page with its biography and stories', async ({ page }) => {
	await page.goto(urlOf(ferry));
	await page.locator('.byline').getByRole('link', { name: people.harriet }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(people.harriet);
	await expect(page.locator('.page-head')).toContainText('Harbour correspondent');
	await expect(page.locator('.page-head em')).toHaveText('boats');
	await expect(page.locator('.card-title')).toHaveText([clock, ferry, fog, gulls]);
});

test('a person has a page with their comments', async ({ page }) => {
	await page.goto(urlOf(ferry));
	await page.locator('.comment .author', { hasText: people.bob }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(people.bob);
	await expect(page.locator('.comment-body')).toHaveText(['Two.']);
	await page.locator('main').getByRole('link', { name: ferry }).click();
	await expect(page).toHaveURL(urlOf(ferry));
	expect((await page.goto(`/people/${unique('Nobody')}`))?.status()).toBe(404);
});

test('the guides are read under /help', async ({ page }) => {
	await page.goto('/');
	await page.getByRole('link', { name: 'Help' }).click();
	const titles = await page.locator('.entry-title').allTextContents();
	expect(titles.length).toBeGreaterThan(2);
	for (const title of titles) {
		await page.goto('/help');
		await page.getByRole('link', { name: title }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
		await expect(page.locator('main p').first()).toBeVisible();
	}
	expect((await page.goto('/help/nothing'))?.status()).toBe(404);
});
