import sharp from 'sharp';
import type { Page } from '@playwright/test';
import { member, MEMBERS_TIMEOUT, newArticle } from './support/api.ts';
import { test } from './support/people.ts';
import { expect, unique } from './support/site.ts';
import { write } from './support/writing.ts';

test.use({ siteOptions: { env: { PICTURES: 'on' } } });
test.describe.configure({ timeout: 120_000 });

let slug: string;
test.beforeAll(async ({ site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	slug = await newArticle(await member(site, 'editor'));
});

function drawn(side: number) {
	return sharp({ create: { width: side, height: side, channels: 3, background: 'teal' } });
}

/** A PNG whose head says how many pixels its sides have. */
async function claiming(side: number): Promise<Buffer> {
	const bytes = await drawn(10).png().toBuffer();
	bytes.writeUInt32BE(side, 16);
	bytes.writeUInt32BE(side, 20);
	return bytes;
}

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
	await page.goto('/account/picture');
	await page.getByLabel('A picture').setInputFiles({ name, mimeType: 'image/png', buffer });
	await page.getByRole('button', { name: 'Use this picture' }).click();
}

/** The address of the picture that an element shows, once it has been loaded. */
async function shownIn(page: Page, place: string): Promise<string> {
	const picture = page.locator(`${place} img`).first();
	await picture.scrollIntoViewIfNeeded();
	await expect(picture).toHaveJSProperty('naturalWidth', 256);
	return (await picture.getAttribute('src'))!;
}

test('a picture stands wherever its owner does, until a moderator takes it away', async ({
	someone
}) => {
	const { page, name } = await someone('reader');
	await page.goto('/account/profile');
	await page.getByRole('link', { name: 'Change your picture' }).click();
	const secret = unique('Taken at home');
	const bytes = await drawn(600)
		.withExif({ IFD0: { Copyright: secret } })
		.png()
		.toBuffer();
	expect(bytes.toString('latin1')).toContain(secret);
	await choose(page, 'me.png', bytes);
	await expect(page.locator('.notice')).toHaveText('This is your picture now.');

	const address = await shownIn(page, '.masthead');
	expect(address).toMatch(/^\/pictures\/[0-9a-f]{32}\.webp$/);
	const id = await write(page, slug, 'Here I am.');
	expect(await shownIn(page, `#c-${id}`)).toBe(address);
	await page.goto('/account');
	expect(await shownIn(page, 'main')).toBe(address);
	await page.goto(`/people/${encodeURIComponent(name)}`);
	expect(await shownIn(page, 'main .page-head')).toBe(address);

	const answer = await page.request.get(address);
	expect(answer.headers()).toMatchObject({
		'content-type': 'image/webp',
		'cache-control': 'public, max-age=31536000, immutable',
		'x-content-type-options': 'nosniff'
	});
	expect(answer.headers()['set-cookie']).toBeUndefined();
	const image = await answer.body();
	expect(image.toString('latin1')).not.toContain(secret);
	expect((await sharp(image).metadata()).exif).toBeUndefined();

	const { page: desk } = await someone('moderator');
	await desk.goto(`/moderation/people/${encodeURIComponent(name)}`);
	await desk.locator('#picture [name=reason]').fill('It shows somebody else.');
	await desk.getByRole('button', { name: 'Remove the picture' }).click();
	await expect(desk.locator('.notice')).toContainText('The picture is removed.');
	await page.goto(`/articles/${slug}`);
	await expect(page.locator(`#c-${id}`)).toBeVisible();
	await expect(page.locator('.masthead img, .threads img')).toHaveCount(0);
	expect((await page.request.get(address)).status()).toBe(404);
});

test('what is no picture, broken or far too large is refused in words', async ({ someone }) => {
	const { page } = await someone('reader');
	const whole = await drawn(600).jpeg().toBuffer();
	const files: [string, Buffer][] = [
		['drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
		['half.jpg', whole.subarray(0, whole.length / 2)],
		['half.png', (await drawn(600).png().toBuffer()).subarray(0, 60)],
		['huge.png', await claiming(20_000)]
	];
	for (const [name, bytes] of files) {
		await choose(page, name, bytes);
		await expect(page.getByRole('alert'), name).toContainText('Please choose a picture');
	}
	await page.goto('/account/picture');
	await expect(page.locator('.masthead img')).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Remove your picture' })).toHaveCount(0);
});
