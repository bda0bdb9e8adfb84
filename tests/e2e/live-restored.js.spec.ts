import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSite } from '../support/server.ts';
import { member, newArticle, post } from './support/api.ts';
import { countLoads, open } from './support/pages.ts';
import { newPage } from './support/people.ts';
import { command, expect, test } from './support/site.ts';

/** Two starts of a server, a backup and a restore on a loaded machine (milliseconds). */
const PATIENCE = 180_000;
/** A server that starts again, and a browser that comes back to it (milliseconds). */
const COMING_BACK = { timeout: 60_000 };

test('R14 a page that was open while a backup was restored says that it is to be read again', async ({
	browser
}) => {
	test.setTimeout(PATIENCE);
	const directory = await mkdtemp(join(tmpdir(), 'afterword-restored-'));
	const databaseUrl = `file:${join(directory, 'afterword.db')}`;
	const backup = join(directory, 'backup.db');
	const before = await startSite({ databaseUrl });
	const editor = await member(before, 'editor');
	const ann = await member(before, 'reader');
	const slug = await newArticle(editor);
	await post(ann, slug, 'Before the backup.');
	await command(before, ['backup', backup]);
	await post(ann, slug, 'Lost.');
	const page = await newPage(browser);
	await open(page, `${before.url}/articles/${slug}`);
	await expect(page.locator('.comment')).toHaveCount(2);
	const loads = countLoads(page);

	await before.stop();
	await command(before, ['restore', backup]);
	const { port } = new URL(before.url);
	const after = await startSite({ databaseUrl, env: { PORT: port } });
	// The revision has the number again that the page knows.
	await post(ann, slug, 'Said instead.');
	const again = page.locator('.live-bar').getByRole('link', { name: 'Read the page again' });
	await expect(again).toBeVisible(COMING_BACK);
	expect(loads()).toBe(0);
	await again.click();
	await expect(page.locator('.comment-body')).toHaveText(['Before the backup.', 'Said instead.']);
	await after.stop();
	await rm(directory, { recursive: true });
});
