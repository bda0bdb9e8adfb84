import { readFileSync } from 'node:fs';
import { seed } from '../support/shared.ts';
import { IMPORT_TIMEOUT } from './support/paper.ts';
import { command, expect, test } from './support/site.ts';

const tech = seed('tech-news-microsoft-emails.jsonl');
const law = seed('law-microsoft-emails.jsonl');

interface Story {
	id: string;
	title: string;
	standfirst?: string;
	category?: string;
	author?: { name: string; role?: string; bio?: string };
	source?: { name?: string };
	image?: { credit?: string };
}

interface Remark {
	type: string;
	id: string;
	body: string;
}

/** A page as its file has it: nothing of its words stands here. */
function read(path: string): { story: Story; comments: Remark[] } {
	const [story, ...comments] = readFileSync(path, 'utf8')
		.split('\n')
		.filter((line) => line.trim())
		.map((line) => JSON.parse(line) as Remark & Story);
	return { story, comments };
}

/** The words that a reader sees, as they are compared: without marks, spaces, quotes and dots. */
function wordsOf(text: string): string {
	return (text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

test.skip(!tech || !law, 'The real pages are not beside this checkout.');

test.beforeAll(async ({ site }) => {
	test.setTimeout(IMPORT_TIMEOUT);
	const result = JSON.parse(await command(site, ['import', tech!, law!, '--json'])) as object;
	expect(result).toMatchObject({
		...{ articles: 2, comments: 18, bylines: 1, categories: 1, skipped: [] },
		quotes: { exact: 2, altered: 0, unresolved: 1 }
	});
	const again = JSON.parse(await command(site, ['import', tech!, law!, '--json'])) as object;
	expect(again).toMatchObject({
		...{ articles: 0, comments: 0, accounts: 0, bylines: 0, categories: 0, unchanged: 20 },
		quotes: { exact: 0, altered: 0, unresolved: 0 }
	});
});

test('a real discussion is there in order, closed, with the words of each comment', async ({
	page
}) => {
	const { story, comments } = read(tech!);
	await page.goto(`/articles/${story.id}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(story.title);
	await expect(page.getByRole('heading', { name: '18 comments' })).toBeVisible();
	const bodies = await page.locator('.comment-body').evaluateAll((all) =>
		all.map((body) => {
			const own = body.cloneNode(true) as Element;
			for (const said of own.querySelectorAll('.said')) said.remove();
			return own.textContent;
		})
	);
	// Attributions have a line of their own on the page, and a list has its numbers from the browser.
	const written = comments.map(({ body }) => body.replace(/^.* said,$|^\d+\)/gm, ''));
	expect(bodies.map(wordsOf)).toEqual(written.map(wordsOf));
	const { source, image } = story;
	await expect(page.locator('.credits')).toHaveText(
		new RegExp(`^\\s*Source: ${source!.name}\\s*\\|\\s*Image: ${image!.credit}\\s*$`)
	);
	const notice = page.locator('.commenting-notice');
	await expect(notice).toContainText('Commenting is disabled on this article.');
	await expect(page.locator('.commenting-notice ~ .threads .comment')).toHaveCount(18);
	await expect(page.locator('.composer, .sign-in-first')).toHaveCount(0);
	await expect(page.locator('.acts').getByRole('link', { name: /^(?:Reply|Quote)$/ })).toHaveCount(
		0
	);
});

test('its quotes lead to the comments that they quote, if those are there', async ({ page }) => {
	const { story, comments } = read(tech!);
	await page.goto(`/articles/${story.id}`);
	const comment = (number: number) => page.locator('.comment').nth(number - 1);
	const linesOf = (number: number) => comments[number - 1].body.split('\n');
	const idOf = (number: number) => comment(number).getAttribute('data-comment-id');
	await expect(page.locator('blockquote.quote')).toHaveCount(3);

	const attributed = comment(13).locator('blockquote.quote');
	await expect(attributed).toHaveAttribute('data-match', 'exact');
	const said = attributed.getByRole('link', { name: linesOf(13)[0] });
	await expect(said).toHaveAttribute('href', `/c/${await idOf(9)}`);
	expect(wordsOf(await attributed.locator('p:not(.said)').innerText())).toBe(
		wordsOf(linesOf(13)[1])
	);

	const marked = comment(14).locator('blockquote.quote');
	await expect(marked).toHaveAttribute('data-match', 'exact');
	await expect(marked.locator('.said a')).toHaveAttribute('href', `/c/${await idOf(11)}`);
	expect(wordsOf(await marked.locator('p:not(.said)').innerText())).toBe(wordsOf(linesOf(14)[0]));

	const lost = comment(17).locator('blockquote.quote');
	await expect(lost).toHaveAttribute('data-match', 'unresolved');
	await expect(lost.locator('.said')).toContainText(linesOf(17)[0]);
	await expect(lost.locator('[href]')).toHaveCount(0);

	await expect(comment(15).locator('.comment-body ol > li')).toHaveCount(3);
	const source = await idOf(9);
	await said.click();
	await expect(page).toHaveURL(new RegExp(`${source}$`));
	await expect(page.locator(`#c-${source}`)).toBeInViewport();
});

test('a real story has its category, byline, credits and biography', async ({ page }) => {
	const { story } = read(law!);
	const { author, category } = story;
	await page.goto('/');
	await page.getByRole('link', { name: story.title, exact: true }).click();
	const head = page.locator('.article-head');
	await expect(head.locator('.kicker')).toHaveText(category!);
	await expect(head.locator('.byline')).toContainText(`By ${author!.name}, ${author!.role}`);
	expect(wordsOf(await page.locator('.byline-box .prose').innerText())).toBe(wordsOf(author!.bio!));
	await head.getByRole('link', { name: category }).click();
	await expect(page.locator('.card-title')).toHaveText([story.title]);
});
