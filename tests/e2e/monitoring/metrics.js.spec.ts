import { send } from '../security/support/http.ts';
import { startProxied } from '../security/support/proxied.ts';
import { guest, member, newArticle, post } from '../support/api.ts';
import { expect, test } from '../support/site.ts';
import type { Site } from '../support/site.ts';

const TOKEN = 'a-token-of-the-scraper';

/** The figures, by name and labels as they stand there. */
async function figures(site: Pick<Site, 'url'>): Promise<Map<string, number>> {
	const { status, text } = await send(site.url, '/metrics');
	expect(status).toBe(200);
	const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	return new Map(
		lines.map((line) => {
			const at = line.lastIndexOf(' ');
			return [line.slice(0, at), Number(line.slice(at + 1))];
		})
	);
}

test('what the process does is counted, by patterns and never by addresses', async ({ site }) => {
	const editor = await member(site, 'editor');
	const slug = await newArticle(editor);
	await post(editor, slug, 'Said on the record.');
	await send(site.url, `/articles/${slug}?sort=best`);
	await send(site.url, '/articles/nothing-of-this-name');
	await send(site.url, '/favicon.svg');
	await send(site.url, '/%ff');
	await send(site.url, '/x', { method: 'PROPFIND' });
	const stop = new AbortController();
	await fetch(`${site.url}/articles/${slug}/live`, {
		headers: { accept: 'text/event-stream' },
		signal: stop.signal
	});
	await guest(site).refused(401, 'POST', `/articles/${slug}/comments`, { json: { body: 'x' } });

	// A request is counted once its connection is done with it.
	const article = 'method="GET",route="/articles/[slug]"';
	await expect.poll(async () => (await figures(site)).get('http_requests_in_progress')).toBe(1);
	const seen = await figures(site);
	for (const [name, least] of Object.entries({
		[`http_requests_total{${article},status="2xx"}`]: 1,
		[`http_requests_total{${article},status="4xx"}`]: 1,
		[`http_request_duration_seconds_count{${article},status="2xx"}`]: 1,
		'http_requests_total{method="GET",route="(file)",status="2xx"}': 1,
		'http_requests_total{method="GET",route="(turned away)",status="4xx"}': 1,
		'http_requests_total{method="other",route="(turned away)",status="4xx"}': 1,
		'afterword_comments_posted_total{status="published"}': 1,
		'afterword_refusals_total{code="sign-in"}': 1,
		'afterword_database_write_duration_seconds_count{outcome="committed"}': 3,
		afterword_database_commit_duration_seconds_count: 1,
		afterword_database_commit_transactions_count: 1,
		'afterword_info{version="0.1.0",database="sqlite"}': 1,
		afterword_live_streams: 1,
		process_resident_memory_bytes: 1e6,
		nodejs_eventloop_lag_p99_seconds: 0
	})) {
		expect(seen.get(name), name).toBeGreaterThanOrEqual(least);
	}
	expect(seen.get('afterword_mails{state="waiting"}')).toBeDefined();
	expect(seen.get('afterword_database_write_queue_length')).toBe(0);
	const names = [...seen.keys()].join('\n');
	expect(names).not.toContain(slug);
	expect(names).not.toContain('nothing');
	stop.abort();
	await expect.poll(async () => (await figures(site)).get('afterword_live_streams')).toBe(0);
	await expect.poll(async () => (await figures(site)).get('http_requests_in_progress')).toBe(0);
});

test('the figures are for this machine alone, and not for whom it passes on', async ({ site }) => {
	const { host } = new URL(site.url);
	const refused: Record<string, string>[] = [
		{ 'X-Forwarded-For': '203.0.113.7' },
		{ Forwarded: 'for=203.0.113.7' },
		{ Via: '1.1 proxy' },
		{ 'X-Real-IP': '127.0.0.1' },
		{ Host: 'talk.example.org' },
		{ Authorization: `Bearer ${TOKEN}`, Via: '1.1 proxy' }
	];
	for (const headers of refused) {
		const { status, text } = await send(site.url, '/metrics', {
			headers: { Host: host, ...headers }
		});
		expect(status, JSON.stringify(headers)).toBe(404);
		expect(text).not.toContain('process_');
	}
	const { status, headers } = await send(site.url, '/metrics', { headers: { Host: host } });
	expect(status).toBe(200);
	expect(headers).toMatchObject({
		'content-type': 'text/plain; version=0.0.4; charset=utf-8',
		'cache-control': 'no-store'
	});
	expect(headers['set-cookie']).toBeUndefined();
});

test('behind a proxy the token alone opens them', async () => {
	const site = await startProxied({ METRICS_TOKEN: TOKEN });
	const { url } = site;
	const ask = (authorization?: string) =>
		send(url, '/metrics', { headers: authorization ? { Authorization: authorization } : {} });
	for (const wrong of [
		undefined,
		'Bearer',
		`Bearer ${TOKEN}x`,
		`Bearer x`,
		`Basic ${TOKEN}`,
		TOKEN
	]) {
		const { status, headers, text } = await ask(wrong);
		expect(status, wrong).toBe(401);
		expect(headers['www-authenticate']).toBe('Bearer');
		expect(text).not.toContain('process_');
	}
	expect((await ask(`Bearer ${TOKEN}`)).text).toContain('process_resident_memory_bytes');
	expect((await send(url, '/metrics', { method: 'POST' })).status).toBe(405);
	await site.stop();
});
