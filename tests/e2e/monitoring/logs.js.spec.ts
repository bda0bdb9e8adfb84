import { startSite } from '../../support/server.ts';
import { send } from '../security/support/http.ts';
import { PUBLIC_ORIGIN, startProxied } from '../security/support/proxied.ts';
import { expect, test } from '../support/site.ts';

interface Line {
	event: string;
	requestId?: string;
	method?: string;
	route?: string;
	status?: number;
	ms?: number | null;
}

function requests(output: string): Line[] {
	return output
		.split('\n')
		.filter((line) => line.startsWith('{'))
		.map((line) => JSON.parse(line) as Line)
		.filter(({ event }) => event === 'request');
}

test('each request is a line where that is wanted, without what it asked for', async () => {
	const site = await startSite({ env: { LOG_REQUESTS: 'on' } });
	const page = await send(site.url, '/sign-in?next=%2Fsecret-place', {
		headers: { 'User-Agent': 'Spy', 'X-Request-Id': 'chosen-by-nobody-in-front' }
	});
	await send(site.url, '/people/Somebody%20Private');
	await send(site.url, '/%ff');
	await send(site.url, '/healthz');
	await expect.poll(() => requests(site.output()).length).toBe(3);
	const [first, second, third] = requests(site.output());
	expect(first).toMatchObject({ method: 'GET', route: '/sign-in', status: 200 });
	expect(first.ms).toBeGreaterThanOrEqual(0);
	expect(first.requestId).toBe(page.headers['x-request-id']);
	expect(first.requestId, 'nobody chooses its id').toMatch(/^[\da-f-]{36}$/);
	expect(second).toMatchObject({ route: '/people/[name]', status: 404 });
	expect(third).toMatchObject({ route: '(turned away)', status: 400 });
	expect(site.output()).not.toMatch(/secret-place|Private|Spy|127\.0\.0\.1(?!:)/);
	await site.stop();
});

test('no request is a line by itself, and every answer names its request', async ({ site }) => {
	const ids = new Set<unknown>();
	for (const path of ['/', '/favicon.svg', '/nothing', '/%ff', '/api/v1/articles']) {
		// A page from memory is one that no line could tell of.
		const { headers } = await send(site.url, path, { headers: { 'Cache-Control': 'no-cache' } });
		expect(headers['x-request-id'], path).toMatch(/^[\da-f-]{36}$/);
		ids.add(headers['x-request-id']);
	}
	expect(ids.size).toBe(5);
	expect(requests(site.output())).toEqual([]);
});

test('a proxy of ours may give a request its id, if it is one', async () => {
	const site = await startProxied({ PROXY_DEPTH: '1' });
	const { host } = new URL(PUBLIC_ORIGIN);
	const given = async (id: string) => {
		const headers = { Host: host, 'X-Forwarded-For': '203.0.113.7', 'X-Request-Id': id };
		return (await send(site.url, '/sign-in', { headers })).headers['x-request-id'];
	};
	expect(await given('7f3a.web-01_req')).toBe('7f3a.web-01_req');
	const odd = [
		'short',
		'x'.repeat(65),
		'with space in it',
		'<script>alert(1)',
		'../../etc/passwd',
		'é'
	];
	for (const id of odd) expect(await given(id), id).toMatch(/^[\da-f-]{36}$/);
	await site.stop();
});
