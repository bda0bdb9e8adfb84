import { once } from 'node:events';
import { startCluster } from '../support/postgres.ts';
import { startSite } from '../support/server.ts';
import { member, newArticle, post } from './support/api.ts';
import { decide, edit, setState } from './support/live.ts';
import { open } from './support/pages.ts';
import { newPage } from './support/people.ts';
import { expect, test } from './support/site.ts';
import type { Browser } from '@playwright/test';
import type { Site } from './support/site.ts';

/** Two servers, perhaps a PostgreSQL, and two accounts on a loaded machine (milliseconds). */
const PATIENCE = 240_000;
/** More readers than a network has streams for; their limit is switched off. */
const READERS = 300;

/** What is done through one process shows on pages that another one serves. */
async function readBesides(browser: Browser, reading: Site, writing: Site): Promise<void> {
	const editor = await member(writing, 'editor');
	const ann = await member(writing, 'reader');
	const slug = await newArticle(editor);
	const { id } = await post(ann, slug, 'Said over there.');
	const page = await newPage(browser);
	await open(page, `${reading.url}/articles/${slug}`);

	const { id: answer } = await post(editor, slug, 'Heard over here.', id);
	await page.locator('.live-bar button').click();
	await expect(page.locator(`#c-${answer}`)).toBeVisible();
	await edit(ann, id, 'Said a little louder.');
	await expect(page.locator(`#c-${id} .comment-body`)).toHaveText('Said a little louder.');
	await decide(editor, answer, 'remove');
	await expect(page.locator(`#c-${answer} .tombstone`)).toBeVisible();
	await setState(editor, slug, 'disabled');
	await expect(page.locator('.commenting-notice')).toBeVisible();
	await page.context().close();
}

test('two processes on one SQLite file tell each other’s readers', async ({ browser }) => {
	test.setTimeout(PATIENCE);
	const reading = await startSite();
	const writing = await startSite({ databaseUrl: reading.databaseUrl });
	await readBesides(browser, reading, writing);
	await writing.stop();
	await reading.stop();
});

/** What a process says of itself: whether it hears what the database tells. */
async function hears(site: Site): Promise<string | undefined> {
	const figures = await (await fetch(`${site.url}/metrics`)).text();
	return /^afterword_database_hearing (.*)$/m.exec(figures)?.[1];
}

test('where notifications cannot be heard, two processes on one PostgreSQL tell each other’s readers too', async ({
	browser
}) => {
	test.setTimeout(PATIENCE);
	const cluster = await startCluster();
	await cluster.create('paper');
	await cluster.create('elsewhere');
	const databaseUrl = cluster.url('paper');
	// Nothing of this site is told there.
	const env = { DATABASE_LISTEN_URL: cluster.url('elsewhere') };
	const reading = await startSite({ databaseUrl, env });
	const writing = await startSite({ databaseUrl, env });
	await readBesides(browser, reading, writing);
	for (const site of [reading, writing]) expect(await hears(site)).toBe('0');
	await writing.stop();
	await reading.stop();
	await cluster.stop();
});

test('two processes on one PostgreSQL tell each other’s readers', async ({ browser }) => {
	test.setTimeout(PATIENCE);
	const cluster = await startCluster();
	await cluster.create('paper');
	const databaseUrl = cluster.url('paper');
	const reading = await startSite({ databaseUrl });
	const writing = await startSite({ databaseUrl });
	for (const site of [reading, writing]) await expect.poll(() => hears(site)).toBe('1');
	await readBesides(browser, reading, writing);
	await writing.stop();
	await reading.stop();
	await cluster.stop();
});

/** Listens to an article; `heard` is everything so far. */
async function listen(site: Site, slug: string) {
	const stop = new AbortController();
	const answer = await fetch(`${site.url}/articles/${slug}/live`, {
		headers: { accept: 'text/event-stream' },
		signal: stop.signal
	});
	expect(answer.status).toBe(200);
	const listener = { heard: '', ended: false, stop: () => stop.abort() };
	const read = async () => {
		for await (const chunk of answer.body!) listener.heard += new TextDecoder().decode(chunk);
	};
	void read().then(
		() => (listener.ended = true),
		() => (listener.ended = true)
	);
	return listener;
}

test('hundreds hear the same, leave nothing behind, and do not keep the server from ending', async () => {
	test.setTimeout(PATIENCE);
	const site = await startSite({ env: { RATE_LIMITS: 'off' } });
	const editor = await member(site, 'editor');
	const slug = await newArticle(editor);
	const crowd = () => Promise.all(Array.from({ length: READERS }, () => listen(site, slug)));
	let readers = await crowd();
	const { id } = await post(editor, slug, 'To all of you.');
	const hearing = () => readers.filter(({ heard }) => heard.includes(id)).length;
	await expect.poll(hearing).toBe(READERS);

	// Twenty times as many as the process may have at once, were those that left not forgotten.
	for (let round = 0; round < 20; round++) {
		for (const reader of readers) reader.stop();
		readers = await crowd();
	}
	const again = await post(editor, slug, 'And to you.');
	await expect
		.poll(() => readers.filter(({ heard }) => heard.includes(again.id)).length)
		.toBe(READERS);
	const gone = once(site.process, 'exit');
	site.process.kill('SIGTERM');
	expect(await gone).toEqual([0, null]);
	await expect.poll(() => readers.every(({ ended }) => ended)).toBe(true);
	await site.stop();
});

test('a stream says nothing of what waits, and there is none where there is no article', async ({
	site
}) => {
	test.setTimeout(PATIENCE);
	const editor = await member(site, 'editor');
	const ann = await member(site, 'reader');
	const slug = await newArticle(editor, { commenting: 'premoderated' });
	const listener = await listen(site, slug);
	const held = await post(ann, slug, 'Held back.');
	const shown = await post(editor, slug, 'Shown at once.');
	await expect.poll(() => listener.heard).toContain(shown.id);
	expect(listener.heard).not.toContain(held.id);
	expect(listener.heard).not.toContain('Shown at once');
	listener.stop();

	const live = (path: string, headers: Record<string, string>, method = 'GET') =>
		fetch(`${site.url}/articles/${path}/live`, { method, headers });
	const accept = 'text/event-stream';
	expect((await live('nothing-here', { accept })).status).toBe(404);
	expect((await live(slug, { accept: '*/*' })).status).toBe(406);
	const head = await live(slug, { accept }, 'HEAD');
	expect(head.status).toBe(200);
	expect(head.headers.get('cache-control')).toBe('no-store');
	expect(head.headers.get('cache-tag')).toBeNull();
});
