import { member, MEMBERS_TIMEOUT, newArticle, post, type Client } from './support/api.ts';
import { signInNew, test, type Someone } from './support/people.ts';
import { expect, unique } from './support/site.ts';

const BODY = 'The tower was built in 1872.\n\nThe lamp is of <b>Swedish</b> make.';
const NASTY = `<img src=x onerror="document.title='owned'"> & "so on"`;

let editor: Client;
let desk: Someone;
let ann: Someone;

test.beforeAll(async ({ browser, site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	editor = await member(site, 'editor');
	desk = await signInNew(browser, site, 'editor');
	ann = await signInNew(browser, site, 'reader');
});

test.afterAll(async () => {
	await desk.page.context().close();
	await ann.page.context().close();
});

const caseOf = (words: string) => desk.page.locator('.case', { hasText: words });

test('a guest reports a problem, and its page says what became of it', async ({ page, other }) => {
	const slug = await newArticle(editor, { body: BODY });
	await page.goto(`/articles/${slug}`);
	await page.getByRole('link', { name: 'Report a problem with article' }).click();
	await page.locator('[name=passage]').fill('built in 1872');
	await page.getByLabel('Wrong fact').check();
	await page.locator('[name=email]').fill('not an address');
	await page.locator('[name=email]').evaluate((field: HTMLInputElement) => (field.type = 'text'));
	await page.locator('[name=words]').fill(NASTY);
	await page.getByRole('button', { name: 'Send it to the newsroom' }).click();
	await expect(page.getByRole('alert')).toContainText('e-mail address');
	await expect(page.locator('[name=words]')).toHaveValue(NASTY);
	await expect(page.locator('[name=passage]')).toHaveValue('built in 1872');
	await expect(page.getByLabel('Wrong fact')).toBeChecked();
	await page.locator('[name=email]').fill('');
	await page.getByRole('button', { name: 'Send it to the newsroom' }).click();
	await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
	const address = (await page.locator('.token').textContent())!;
	const answer = await page.goto(address);
	expect(answer?.headers()['referrer-policy']).toBe('no-referrer');
	expect(answer?.headers()['cache-control']).toContain('no-store');
	await expect(page.locator('main')).toContainText(NASTY);
	await expect(page.locator('.sent-problem .badge')).toHaveText('Received');
	expect((await other.goto(address.split('?')[0]))?.status()).toBe(404);

	await desk.page.goto('/moderation/problems');
	const matter = caseOf(NASTY);
	await expect(matter.locator('mark')).toHaveText('built in 1872');
	await matter.getByRole('button', { name: 'I am checking it' }).click();
	await expect(caseOf(NASTY).locator('.badge')).toHaveText('Checking');
	await caseOf(NASTY).locator('[name=answer]').fill('You are right.');
	await caseOf(NASTY).locator('[name=note]').fill(`It was built in 1874. ${NASTY}`);
	await caseOf(NASTY).getByRole('button', { name: 'Corrected' }).click();
	await expect(desk.page.getByRole('status')).toContainText('the sender is told');
	await expect(caseOf(NASTY)).toHaveCount(0);

	await page.goto(address);
	await expect(page.locator('.sent-problem .badge')).toHaveText('Corrected');
	await expect(page.locator('main')).toContainText('You are right.');
	await page.goto(`/articles/${slug}`);
	await expect(page.locator('.corrections')).toContainText('Corrected on');
	await expect(page.locator('.corrections')).toContainText(`It was built in 1874. ${NASTY}`);
	const json = await page.locator('script[type="application/ld+json"]').textContent();
	expect((JSON.parse(json!) as { correction: { text: string }[] }).correction[0].text).toContain(
		'1874'
	);
	expect(await page.title()).not.toBe('owned');
});

test('an account reports a paragraph, finds it again, and is answered', async () => {
	const { page } = ann;
	const slug = await newArticle(editor, { body: BODY });
	await page.goto(`/articles/${slug}`);
	const key = (await page.locator('.article-body p').nth(1).getAttribute('id'))!.slice(2);
	await page.goto(`/articles/${slug}/problem?passage=${key}`);
	await expect(page.locator('[name=passage]')).toHaveValue('The lamp is of <b>Swedish</b> make.');
	await expect(page.locator('[name=email]')).toHaveCount(0);
	const words = unique('It is French');
	await page.getByLabel('Missing source').check();
	await page.locator('[name=words]').fill(words);
	await page.getByRole('button', { name: 'Send it to the newsroom' }).click();
	await expect(page).toHaveURL(/\/problems\/\w{16}\?sent=1$/);
	await expect(page.getByRole('status')).toContainText('The newsroom has it');
	await page.getByRole('link', { name: 'All that you sent' }).click();
	await expect(page.locator('.entries')).toContainText(words);

	await desk.page.goto('/moderation/problems');
	await caseOf(words).getByRole('button', { name: 'Not an error' }).click();
	await expect(caseOf(words).locator('.field-error')).toContainText('Tell the sender why');
	await caseOf(words).locator('[name=answer]').fill('The maker’s plate says so.');
	await caseOf(words).getByRole('button', { name: 'Not an error' }).click();
	await expect(caseOf(words)).toHaveCount(0);
	await page.locator('.entries').getByRole('link').first().click();
	await expect(page.locator('.sent-problem .badge')).toHaveText('Not an error');
	await expect(page.locator('main')).toContainText('The maker’s plate says so.');
});

test('two editors at once: one is told that somebody was quicker', async ({ someone }) => {
	const slug = await newArticle(editor, { body: BODY });
	const words = unique('It leans');
	const json = { kind: 'other', words };
	const sent = await editor.expect(201, 'SentProblem', 'POST', `/articles/${slug}/problems`, {
		json
	});
	const second = await someone('editor');
	await second.page.goto('/moderation/problems');
	await desk.page.goto('/moderation/problems');
	await caseOf(words).getByRole('button', { name: 'Corrected' }).click();
	await expect(desk.page.getByRole('status')).toBeVisible();
	const late = second.page.locator('.case', { hasText: words });
	await late.locator('[name=answer]').fill('It does not.');
	await late.getByRole('button', { name: 'Not an error' }).click();
	await expect(second.page.getByRole('alert')).toContainText('Somebody was quicker');
	await editor.refused(409, 'POST', `/problems/${sent.id}/dismiss`, { json: { answer: 'No.' } });
});

test('a machine that fills in every field is thanked, and nothing is kept', async ({ page }) => {
	const slug = await newArticle(editor);
	const words = unique('Cheap watches');
	await page.goto(`/articles/${slug}/problem`);
	await expect(page.locator('[name=homepage]')).toBeHidden();
	await page.locator('[name=homepage]').evaluate((field: HTMLInputElement) => {
		field.value = 'https://spam.example';
	});
	await page.getByLabel('Something else').check();
	await page.locator('[name=words]').fill(words);
	await page.getByRole('button', { name: 'Send it to the newsroom' }).click();
	await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
	await desk.page.goto('/moderation/problems');
	await expect(caseOf(words)).toHaveCount(0);
});

test('staff make a problem of a comment', async ({ site }) => {
	const reader = await member(site, 'reader');
	const slug = await newArticle(editor, { body: BODY });
	const words = unique('The year is wrong');
	const quote = `> [The article said,](/articles/${slug})\n> The tower was built in 1872.\n\n`;
	const { id } = await post(reader, slug, quote + words);
	const { page } = desk;
	await page.goto(`/articles/${slug}`);
	await page.locator(`#c-${id} .menu summary`).click();
	await page.getByRole('link', { name: 'It reports a problem with the article' }).click();
	await expect(page.locator('[name=words]')).toHaveValue(new RegExp(words));
	await expect(page.locator('[name=passage]')).toHaveValue('The tower was built in 1872.');
	await page.getByLabel('Wrong fact').check();
	await page.getByRole('button', { name: 'Send it to the newsroom' }).click();
	await expect(page.getByRole('status')).toContainText('with the newsroom');
	await expect(caseOf(words)).toContainText(reader.name);
	const { items } = await reader.expect(200, 'SentProblemPage', 'GET', '/problems');
	expect(items).toMatchObject([{ kind: 'wrong-fact', article: slug }]);
});

test('an editor adds a correction by hand', async ({ page }) => {
	const slug = await newArticle(editor);
	await desk.page.goto(`/newsroom/${slug}`);
	await desk.page.locator('#correction summary').click();
	await desk.page.locator('#correction [name=note]').fill('The lamp was lit in May.');
	await desk.page.getByRole('button', { name: 'Put it on the article' }).click();
	await expect(desk.page.getByRole('status')).toContainText('stands under the article');
	await page.goto(`/articles/${slug}`);
	await expect(page.locator('.corrections')).toContainText('The lamp was lit in May.');
	await page.goto('/moderation-log?kind=article.correct');
	await expect(page.locator('.acts-log')).toContainText('The lamp was lit in May.');
	const article = await editor.expect(200, 'Article', 'GET', `/articles/${slug}`);
	expect(article.corrections).toMatchObject([{ note: 'The lamp was lit in May.' }]);
});
