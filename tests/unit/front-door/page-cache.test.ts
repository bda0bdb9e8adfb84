import { randomUUID } from 'node:crypto';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { now, shift } from '#lib/server/clock.ts';
import { KnownRevisions } from '#lib/server/database/known-revisions.ts';
import type { Visit } from '#lib/server/monitoring/visits.ts';
import type { Shown } from '#lib/server/site/revisions.ts';
import { PageCache, type Truth } from '../../../src/front-door/page-cache/page-cache.ts';
import type { Rendering } from '../../../src/front-door/page-cache/rendering.ts';

/** A database of one number, and pages that show it. */
let revision: number;
/** Which server it is. */
let past = 0;
let version: number | null;
let due: Date | null;
let isDown: boolean;
let rendered: number;
let more: Partial<Rendering>;
let gate: Promise<void> | null;
/** Of a database that tells what changes: what it told of; null for any other. */
let told: KnownRevisions | null;
let asked: number;

const truth: Truth = {
	version: () => version,
	recentVersion: () => version,
	get isExact() {
		return told === null;
	},
	history: () => ['history', past],
	stand: (shown, since) => told?.stands(shown, since) ?? false,
	hold(shown: Shown) {
		asked++;
		if (isDown) return Promise.reject(new Error('down'));
		return Promise.resolve(shown.get('site') === revision && shown.get('history') === past);
	},
	nextDue: () => Promise.resolve(due)
};

/** The news arrives. */
function tell(): void {
	told!.note('site', revision);
	version = told!.version;
}

async function render(target: string): Promise<Rendering> {
	rendered++;
	const shown = revision;
	await gate;
	return {
		status: 200,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-cache',
			'cache-tag': `site@${shown}`,
			'x-request-id': 'of the rendering'
		},
		body: Buffer.from(`${target} shows ${shown}. `.repeat(200)),
		...more
	};
}

let pages: PageCache;
let server: Server;

async function serve(bytes = 1_000_000): Promise<void> {
	pages = new PageCache(truth, render, bytes);
	server = createServer((request, response) => {
		const passOn = () => void response.writeHead(200).end('passed on');
		const visit: Visit = { id: randomUUID(), route: '', trace: null, isOver: false };
		if (pages.sendKept(request, response)) return;
		if (!pages.answer({ request, response, visit, passOn })) passOn();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
}

interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
	text: string;
}

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
	const { port } = server.address() as AddressInfo;
	const sent = request({ host: '127.0.0.1', port, path, headers, method, agent: false });
	sent.end();
	const [answer] = (await once(sent, 'response')) as [NodeJS.ReadableStream & Answer];
	const chunks: Buffer[] = [];
	for await (const chunk of answer) chunks.push(chunk as Buffer);
	const body = Buffer.concat(chunks);
	const { statusCode } = answer as unknown as { statusCode: number };
	return { status: statusCode, headers: answer.headers, body, text: body.toString() };
}

/** Asks as often as it takes for a page to be kept. */
async function keep(path: string, headers: Record<string, string> = {}): Promise<void> {
	for (let n = 0; n < 2; n++) {
		expect((await get(path, headers)).headers['cache-status']).toBe('afterword; fwd=miss');
	}
}

/** Somebody writes something. */
function change(): void {
	revision++;
	if (told) tell();
	else if (version !== null) version++;
}

/** Somebody writes something else. */
function changeElse(): void {
	if (told) told.note('else', version!);
	if (version !== null) version++;
}

beforeEach(async () => {
	[revision, version, due, isDown, rendered, more, gate] = [1, 1, null, false, 0, {}, null];
	[told, asked, past] = [null, 0, 0];
	await serve();
});
afterEach(() => {
	shift(0);
	server.closeAllConnections();
	server.close();
});

for (const kind of ['with versions', 'without versions', 'that tells'] as const) {
	describe(`a database ${kind}`, () => {
		beforeEach(() => {
			told = kind === 'that tells' ? new KnownRevisions() : null;
			version = kind === 'without versions' ? null : 1;
			if (told) tell();
		});

		test('a page of another server’s past does not hold, though its revision is the same again', async () => {
			await keep('/');
			change();
			expect((await get('/')).text).toContain('shows 2');
			// Of what was written last it knows nothing, and somebody writes something else to it.
			past = revision = 1;
			told?.forget();
			if (told) version = told.version;
			change();
			const before = rendered;
			expect((await get('/')).text).toContain('shows 2');
			expect(rendered).toBe(before + 1);
		});

		test('a page that is kept is made again after a change, and kept at once', async () => {
			await keep('/');
			for (const shown of ['shows 1', 'shows 2', 'shows 3']) {
				for (let n = 0; n < 3; n++) {
					const { headers, text } = await get('/?utm_source=x');
					expect(headers['cache-status']).toBe('afterword; hit');
					expect(text).toContain(shown);
				}
				change();
				expect((await get('/')).headers['cache-status']).toBe('afterword; fwd=miss');
			}
			expect(rendered).toBe(5);
		});

		test('a change of something else costs no rendering', async () => {
			await keep('/');
			changeElse();
			expect((await get('/')).headers['cache-status']).toBe('afterword; hit');
			expect(rendered).toBe(2);
			expect(asked).toBe(kind === 'that tells' ? 0 : 1);
		});

		test('many who ask at once have it made once', async () => {
			let open = () => {};
			gate = new Promise((resolve) => (open = resolve));
			const all = Array.from({ length: 40 }, () => get('/'));
			await expect.poll(() => rendered).toBe(1);
			open();
			for (const { text } of await Promise.all(all)) expect(text).toContain('shows 1');
			expect((await get('/')).headers['cache-status']).toBe('afterword; hit');
			expect(rendered).toBe(1);
		});

		test('whoever asks after a change sees it, though an older page is being made', async () => {
			let open = () => {};
			gate = new Promise((resolve) => (open = resolve));
			const early = get('/');
			await expect.poll(() => rendered).toBe(1);
			change();
			const late = get('/');
			gate = null;
			// So that it is in: a connection later than its own has been answered.
			await get('/sign-in');
			open();
			expect((await late).text).toContain('shows 2');
			await early;
		});

		test('in a storm a page is at most a second old, and not made for each change', async () => {
			for (let n = 0; n < 100; n++) {
				change();
				const { text } = await get('/');
				if (n < 10) expect(text).toContain(`shows ${revision}`);
			}
			expect(rendered).toBeLessThan(60);
			shift(1000);
			expect((await get('/')).text).toContain(`shows ${revision}`);
		});

		test('while the database does not answer, a page is sent for a second', async () => {
			await keep('/');
			// With it everything that was heard ends.
			if (told) version = null;
			else changeElse();
			isDown = true;
			expect((await get('/')).headers['cache-status']).toBe('afterword; hit');
			shift(1000);
			expect((await get('/')).headers['cache-status']).not.toBe('afterword; hit');
		});

		test('a page ends with what it shows, without anybody writing', async () => {
			due = new Date(now().getTime() + 60_000);
			await keep('/');
			shift(59_000);
			expect((await get('/')).headers['cache-status']).toBe('afterword; hit');
			shift(60_000);
			await get('/');
			expect(rendered).toBe(3);
		});
	});
}

describe('a database that tells what changes', () => {
	beforeEach(() => {
		told = new KnownRevisions();
		tell();
	});

	test('is not asked again, until it is not known whether it was heard', async () => {
		await keep('/');
		for (let n = 0; n < 3; n++) await get('/');
		expect([rendered, asked]).toEqual([2, 0]);
		const { version: heard } = told!;
		version = null;
		for (let n = 0; n < 3; n++) await get('/');
		expect([rendered, asked]).toEqual([2, 3]);
		version = heard;
		await get('/');
		expect([rendered, asked]).toEqual([2, 4]);
		await get('/');
		expect([rendered, asked]).toEqual([2, 4]);
	});

	test('is asked once more when what it told is forgotten', async () => {
		await keep('/');
		told!.forget();
		({ version } = told!);
		await get('/');
		await get('/');
		expect([rendered, asked]).toEqual([2, 1]);
	});

	test('a page that was read before the news is not kept as new, though the news came first', async () => {
		await keep('/');
		change();
		let open = () => {};
		gate = new Promise((resolve) => (open = resolve));
		const early = get('/');
		await expect.poll(() => rendered).toBe(3);
		change();
		gate = null;
		open();
		expect((await early).text).toContain('shows 2');
		expect((await get('/')).text).toContain('shows 3');
	});

	test('a page that was read before its news came is asked for, and then is not', async () => {
		revision++;
		await keep('/');
		await get('/');
		expect([rendered, asked]).toEqual([2, 0]);
		revision++;
		tell();
		const { text } = await get('/');
		expect(text).toContain(`shows ${revision}`);
		const before = asked;
		await get('/');
		expect(asked).toBe(before);
	});

	test('whoever was told elsewhere says so, and is answered by the database', async () => {
		await keep('/');
		// The news is still on its way here.
		revision++;
		expect((await get('/')).text).toContain('shows 1');
		expect((await get('/', { 'Cache-Control': 'no-cache' })).text).toContain('shows 2');
		expect(asked).toBe(1);
	});
});

describe('a page that is asked for once', () => {
	/** The one page of a server that knows nothing yet. */
	async function first(
		headers: Record<string, string> = {}
	): Promise<Awaited<ReturnType<typeof get>>> {
		server.close();
		await serve();
		const answer = await get('/', headers);
		expect(answer.headers['cache-status']).toBe('afterword; fwd=miss');
		expect(answer.headers['cache-control']).toContain('public, max-age=0');
		expect(pages.size).toBe(0);
		return answer;
	}

	test('is not kept, and sent like any other', async () => {
		const plain = await first();
		expect(plain.text).toContain('shows 1');
		const zipped = await first({ 'Accept-Encoding': 'gzip, br' });
		expect(zipped.headers['content-encoding']).toBe('gzip');
		expect(gunzipSync(zipped.body).toString()).toBe(plain.text);
		for (const had of [plain, zipped]) {
			const { status, body } = await first({ 'If-None-Match': String(had.headers.etag) });
			expect(status).toBe(304);
			expect(body.length).toBe(0);
		}
		change();
		expect((await first({ 'If-None-Match': String(plain.headers.etag) })).status).toBe(200);
	});

	test('is kept the second time, and sent from then on', async () => {
		const plain = await get('/');
		expect(pages.size).toBe(0);
		const second = await get('/');
		expect(second.headers['cache-status']).toBe('afterword; fwd=miss');
		expect(pages.size).toBeGreaterThan(second.body.length);
		const third = await get('/');
		expect(third.headers['cache-status']).toBe('afterword; hit');
		for (const { headers, text } of [second, third]) {
			expect(headers.etag).toBe(plain.headers.etag);
			expect(text).toBe(plain.text);
		}
		expect(rendered).toBe(2);
	});

	test('by two at once is kept', async () => {
		let open = () => {};
		gate = new Promise((resolve) => (open = resolve));
		const both = [get('/'), get('/')];
		await expect.poll(() => rendered).toBe(1);
		// So that the other one is in too.
		await get('/sign-in');
		open();
		for (const { headers } of await Promise.all(both)) {
			expect(headers['cache-status']).toBe('afterword; fwd=miss');
		}
		expect((await get('/')).headers['cache-status']).toBe('afterword; hit');
		expect(rendered).toBe(1);
	});

	test('in each order is not kept in either', async () => {
		const newest = { Cookie: 'sort=newest' };
		await get('/articles/ferry');
		await get('/articles/ferry', newest);
		expect(pages.size).toBe(0);
		await get('/articles/ferry', newest);
		expect((await get('/articles/ferry', newest)).headers['cache-status']).toBe('afterword; hit');
		expect((await get('/articles/ferry')).headers['cache-status']).toBe('afterword; fwd=miss');
	});

	test('once it is for all again, is kept as before', async () => {
		await keep('/');
		more = REFUSED['what is private'];
		change();
		expect((await get('/')).headers['cache-status']).toBeUndefined();
		expect(pages.size).toBe(0);
		more = {};
		change();
		expect((await get('/')).text).toContain('shows 3');
		expect((await get('/')).headers['cache-status']).toBe('afterword; hit');
	});
});

const REFUSED: Record<string, Partial<Rendering>> = {
	'an error': { status: 404 },
	'a redirect': { status: 302 },
	'what says nothing of what it shows': { headers: { 'content-type': 'text/html' } },
	'a tag that nobody knows': {
		headers: { 'content-type': 'text/html', 'cache-tag': 'site@1,mood@3' }
	},
	'a cookie': {
		headers: { 'content-type': 'text/html', 'cache-tag': 'site@1', 'set-cookie': 'a=b' }
	},
	'what is private': {
		headers: { 'content-type': 'text/html', 'cache-tag': 'site@1', 'cache-control': 'private' }
	},
	'what is not to be stored': {
		headers: { 'content-type': 'text/html', 'cache-tag': 'site@1', 'cache-control': 'no-store' }
	},
	'a nonce': {
		headers: {
			...{ 'content-type': 'text/html', 'cache-tag': 'site@1' },
			'content-security-policy': "script-src 'nonce-abc'"
		}
	}
};

describe('what is not for all', () => {
	test.each(Object.keys(REFUSED))('%s is not kept', async (what) => {
		more = REFUSED[what];
		for (const count of [1, 2, 3]) {
			const answer = await get('/');
			expect(answer.headers['cache-status']).toBeUndefined();
			expect(rendered).toBe(count);
		}
		expect(pages.size).toBe(0);
	});

	test('one who waited for it asks for themselves', async () => {
		more = REFUSED['a cookie'];
		let open = () => {};
		gate = new Promise((resolve) => (open = resolve));
		const first = get('/');
		await expect.poll(() => rendered).toBe(1);
		const second = get('/');
		await get('/sign-in');
		open();
		expect((await first).headers['set-cookie']).toEqual(['a=b']);
		expect((await second).text).toBe('passed on');
	});
});

describe('as it is sent', () => {
	test('compressed as the browser takes it, and the same words', async () => {
		const plain = await get('/');
		const zipped = await get('/', { 'Accept-Encoding': 'gzip' });
		expect(zipped.headers['content-encoding']).toBe('gzip');
		expect(gunzipSync(zipped.body).toString()).toBe(plain.text);
		await expect
			.poll(async () => (await get('/', { 'Accept-Encoding': 'gzip, br' })).headers)
			.toHaveProperty('content-encoding', 'br');
		const brotli = await get('/', { 'Accept-Encoding': 'gzip, br' });
		expect(brotliDecompressSync(brotli.body).toString()).toBe(plain.text);
		for (const { headers, body } of [plain, zipped, brotli]) {
			expect(headers['content-length']).toBe(String(body.length));
			expect(headers.vary).toBe('Accept-Encoding, Cookie');
			expect(headers['cache-control']).toContain('public, max-age=0');
		}
		const etags = [plain, zipped, brotli].map(({ headers }) => headers.etag);
		expect(new Set(etags).size).toBe(3);
		for (const etag of etags) {
			const had = await get('/', { 'If-None-Match': `W/${etag}`, 'Accept-Encoding': 'br' });
			expect(had.status).toBe(304);
			expect(had.body.length).toBe(0);
			expect(had.headers.etag).toBe(brotli.headers.etag);
		}
		change();
		expect((await get('/', { 'If-None-Match': etags.join(', ') })).status).toBe(200);
	});

	test('kept compressed alone, until somebody takes it as it is', async () => {
		await keep('/');
		const plain = await get('/');
		const asItIs = pages.size;
		await get('/', { 'Accept-Encoding': 'gzip' });
		const compressed = pages.size;
		expect(compressed).toBeLessThan(asItIs);
		const again = await get('/');
		expect(again.text).toBe(plain.text);
		expect(again.headers.etag).toBe(plain.headers.etag);
		expect(again.headers['content-encoding']).toBeUndefined();
		expect(pages.size).toBeGreaterThan(compressed);
		expect((await get('/')).text).toBe(plain.text);
		expect(rendered).toBe(2);
	});

	test('with Brotli only when it is asked for again', async () => {
		const both = { 'Accept-Encoding': 'gzip, br' };
		expect((await get('/', both)).headers['content-encoding']).toBe('gzip');
		expect((await get('/', both)).headers['content-encoding']).toBe('gzip');
		const once = pages.size;
		expect(once).toBeGreaterThan(0);
		await expect
			.poll(async () => (await get('/', both)).headers)
			.toHaveProperty('content-encoding', 'br');
		expect(pages.size).toBeGreaterThan(once);
	});

	test('its head alone', async () => {
		const plain = await get('/');
		for (const status of ['afterword; fwd=miss', 'afterword; hit']) {
			const head = await get('/', {}, 'HEAD');
			expect(head.headers['cache-status']).toBe(status);
			expect(head.body.length).toBe(0);
			expect(head.headers['content-length']).toBe(plain.headers['content-length']);
			expect(head.headers.etag).toBe(plain.headers.etag);
		}
	});

	test('each answer under a name of its own, and from memory under none', async () => {
		const ids = ['of the rendering'];
		for (let n = 0; n < 2; n++) ids.push(String((await get('/')).headers['x-request-id']));
		expect(new Set(ids).size).toBe(3);
		expect((await get('/')).headers).not.toHaveProperty('x-request-id');
		// A page that has to be asked for is one that logs may tell of.
		expect((await get('/', { 'Cache-Control': 'no-cache' })).headers).toHaveProperty(
			'x-request-id'
		);
	});
});

test('made-up addresses fill a part of the memory, and drive out no front page', async () => {
	server.close();
	await serve(200_000);
	await keep('/');
	for (let n = 0; n < 60; n++) {
		await keep(`/articles/ferry?cursor=${'x'.repeat(n + 1)}`);
		expect(pages.size).toBeLessThan(200_000);
	}
	expect(rendered).toBe(122);
	expect((await get('/')).headers['cache-status']).toBe('afterword; hit');
});
