import { gzipSync } from 'node:zlib';
import { newFaults } from './support/faults.ts';
import { form, send, sendRaw } from './support/http.ts';
import type { Answer } from './support/http.ts';
import { memoryOf } from './support/memory.ts';
import { snapshot } from './support/database.ts';
import { readable, routes } from './support/routes.ts';
import { pathOf } from './support/paths.ts';
import { expect, test, write } from './support/world.ts';
import type { World } from './support/world.ts';

test.describe.configure({ timeout: 120_000 });

const FORM = 'application/x-www-form-urlencoded';
const LIMIT = 524_288;

// What would tell an attacker what runs here.
const INSIDES =
	/\bat (async )?[\w.<>]+ \(|node_modules|\.ts:\d|\.js:\d|file:\/\/|SQLITE_|sqlite|better-sqlite|drizzle|select .* from|insert into|svelte[ -]?kit\/|node\.js|v24\.|\/work\/|\/tmp\/|ENOENT|TypeError|RangeError|SyntaxError/i;

/** That the server answers others, and quickly. */
async function isAlive({ site }: World): Promise<boolean> {
	const started = performance.now();
	const { status } = await send(site.url, '/sign-in');
	return status === 200 && performance.now() - started < 5_000;
}

function bodyOf(raw: string): string {
	return raw.slice(raw.indexOf('\r\n\r\n') + 4);
}

const PATHS = [
	...[
		'/%',
		'/%2',
		'/%zz',
		'/%ff',
		'/%c0%af',
		'/%c3%28',
		'/%e2%28%a1',
		'/%00',
		'/c/%00',
		'/%ed%a0%80'
	],
	...['/c/%ff', '/articles/%c0%ae%c0%ae', '/%u0041', '/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/x'],
	...[
		'/../../etc/passwd',
		'/./x',
		'//evil.test',
		'//evil.test/..',
		'/\\evil.test',
		'/x;y',
		'/x\\y'
	],
	...[
		'/%5c..%5c',
		'/c/%0d%0aSet-Cookie:%20a=b',
		'/x%0ay',
		'/%25%32%65',
		'/%252e%252e%252f',
		'/?%',
		'/?%ff'
	],
	...[
		'/?a[b]=c',
		'/?__proto__=x',
		'/?x-sveltekit-invalidated=zz',
		'/__data.json?x-sveltekit-invalidated=1'
	],
	...[
		'/__data.json?x-sveltekit-trailing-slash=1',
		'/c/x/__data.json',
		'/nothing/__data.json',
		'/_app/x'
	],
	...[
		'/_app/version.json',
		'/_app/remote/x',
		'/_app/env.js',
		'/__route.js',
		'/x/__route.js',
		'/_error'
	],
	...[
		'/sign-in/',
		'/sign-in//',
		'//sign-in',
		'/SIGN-IN',
		'/sign-in/x',
		'/sign-in.json',
		'/sign-in?/nothing'
	],
	...[
		'/articles//',
		'/articles/',
		'/c/',
		'/people/',
		'/people/%20',
		'/people/%F0%9F%98%80',
		'/.well-known/x'
	],
	...[
		`/${'a/'.repeat(2_000)}`,
		`/${'a'.repeat(7_900)}`,
		`/?${'a&'.repeat(3_900)}`,
		`/${'%41'.repeat(2_000)}`
	],
	...[
		'/favicon.svg/x',
		'/favicon.svg%00.js',
		'/theme.js/..%2f..%2fhooks.server.js',
		'/api',
		'/api/v1',
		'/api/v1/x'
	],
	...[
		'/api/v1/articles/',
		'/api/v2/articles',
		'/api/v1/../v1/articles',
		'/api/v1/%2e%2e/v1/articles'
	]
];

test.describe('I19 what is malformed is refused, and no more', () => {
	test('I19 addresses', async ({ world }) => {
		const { url } = world.site;
		const { host } = new URL(url);
		const faults = newFaults();
		for (const path of PATHS) {
			const head = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
			const raw = await sendRaw(url, head);
			const status = Number(/^HTTP\/1\.1 (\d+)/.exec(raw)?.[1] ?? 0);
			faults.holds(`${path}: ${status}`, status >= 200 && status < 500);
			const [inside] = INSIDES.exec(bodyOf(raw).replaceAll(path, '')) ?? [];
			faults.same(`${path} tells`, inside, undefined);
			const location = /^location: (.*)$/im.exec(raw)?.[1].trim();
			if (location) faults.holds(`${path} leads to ${location}`, /^\/(?![/\\])/.test(location));
			faults.holds(`${path} sets a cookie`, !/^set-cookie: a=b/im.test(raw));
		}
		expect(faults.found).toEqual([]);
		expect(await isAlive(world)).toBe(true);
	});

	test('I19 bytes that are no text', async ({ world }) => {
		const { url } = world.site;
		const { host } = new URL(url);
		const faults = newFaults();
		const messages: Record<string, (string | number[])[]> = {
			'in the path': ['GET /c/', [0xff, 0xfe, 0xc3, 0x28], ` HTTP/1.1\r\nHost: ${host}\r\n`],
			'in a query': ['GET /?cursor=', [0xff, 0x80], ` HTTP/1.1\r\nHost: ${host}\r\n`],
			'in a cookie': [
				`GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: session=`,
				[0xff, 0xc3, 0x28],
				'\r\n'
			],
			'in a name': [`GET / HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: `, [0xe9, 0xff], '\r\n'],
			'in the host': ['GET / HTTP/1.1\r\nHost: ', [0xff, 0xfe], '\r\n'],
			'in the method': [[0xff, 0xfe], ` / HTTP/1.1\r\nHost: ${host}\r\n`]
		};
		for (const [what, parts] of Object.entries(messages)) {
			const bytes = [...parts, 'Connection: close\r\n\r\n'].map((part) =>
				typeof part === 'string' ? Buffer.from(part) : Buffer.from(part)
			);
			const raw = await sendRaw(url, Buffer.concat(bytes));
			const status = Number(/^HTTP\/1\.1 (\d+)/.exec(raw)?.[1] ?? 0);
			faults.holds(`${what}: ${status}`, status >= 200 && status < 500);
			faults.same(`${what} tells`, INSIDES.exec(bodyOf(raw))?.[0], undefined);
		}
		const body = Buffer.concat([
			Buffer.from('name='),
			Buffer.from([0xff, 0xc3, 0x28]),
			Buffer.from('&password=x')
		]);
		const headers = { Origin: url, 'Content-Type': FORM, Accept: 'text/html' };
		const posted = await send(url, '/sign-in', { method: 'POST', headers, body });
		faults.same('in a form', posted.status, 401);
		const call = await world.people.alice.send(`/api/v1/articles/${world.stories.open}/comments`, {
			method: 'POST',
			headers: { Origin: url, 'Content-Type': 'application/json' },
			body: Buffer.concat([
				Buffer.from('{"body":"'),
				Buffer.from([0xff, 0xc3, 0x28]),
				Buffer.from('"}')
			])
		});
		faults.same('in a call', call.status, 400);
		expect(faults.found).toEqual([]);
		expect(await isAlive(world)).toBe(true);
	});

	test('I19 a form that is refused says so by its status, whoever sent it', async ({ world }) => {
		const { url } = world.site;
		const accepts: Record<string, string>[] = [{}, { Accept: '*/*' }, { Accept: 'text/html' }];
		for (const accept of accepts) {
			const headers = { Origin: url, 'Content-Type': FORM, ...accept };
			const answer = await send(url, '/sign-in', { method: 'POST', headers, body: 'name=Nobody' });
			expect(answer.status, JSON.stringify(accept)).toBe(401);
			expect(answer.headers['content-type']).toContain('text/html');
		}
	});

	test('I19 addresses in other alphabets', async ({ world }) => {
		const { admin, alice, editor, guest } = world.people;
		const slug = encodeURIComponent(await write(editor, '日本の新聞 Größe Ёж'));
		const path = `/articles/${slug}`;
		const state = { state: 'premoderated', reason: 'Because.', until: '' };
		const answers = [
			await alice.post(`${path}?/post`, { body: 'Here.' }),
			await admin.post(`${path}?/commenting`, state),
			await admin.post(`/newsroom/${slug}?/commenting`, state),
			await guest.post('/sign-in', {
				name: alice.name,
				password: alice.password,
				next: `${path}?é`
			})
		];
		const faults = newFaults();
		for (const [index, { status, headers }] of answers.entries()) {
			faults.same(`answer ${index}`, status, 303);
			const location = headers.location ?? '';
			faults.holds(`${index} leads to ${location}`, /^\/[\x21-\x7e]*$/.test(location));
			faults.same(location, (await admin.get(location.split('#')[0])).status, 200);
		}
		expect(faults.found).toEqual([]);
	});

	test('I19 methods', async ({ world }) => {
		const faults = newFaults();
		const methods = [
			'TRACE',
			'PROPFIND',
			'LOCK',
			'REPORT',
			'SEARCH',
			'MKCOL',
			'PURGE',
			'SUBSCRIBE'
		];
		const own = { Origin: world.site.url };
		for (const { path } of readable(routes())) {
			const address = pathOf(world, path);
			for (const method of methods) {
				const { status } = await world.people.guest.send(address, { method, headers: own });
				faults.same(`${method} ${address}`, status, 405);
			}
			for (const method of ['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'HEAD']) {
				const answer = await world.people.guest.send(address, { method, headers: own });
				faults.holds(`${method} ${address}: ${answer.status}`, answer.status < 500);
				faults.same(`${method} ${address} tells`, INSIDES.exec(answer.text)?.[0], undefined);
				faults.holds(`HEAD ${address} has a body`, method !== 'HEAD' || answer.text === '');
			}
		}
		const raw = await sendRaw(
			world.site.url,
			`CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\nConnection: close\r\n\r\n`
		);
		faults.holds(`CONNECT: ${raw.slice(0, 20)}`, !/^HTTP\/1\.1 [25]/.test(raw));
		expect(faults.found).toEqual([]);
		expect(await isAlive(world)).toBe(true);
	});

	test('I19 headers', async ({ world }) => {
		const { url } = world.site;
		const faults = newFaults();
		const cookies = [
			...[
				'session',
				'session=',
				'=',
				';',
				';;;=',
				'session=%',
				'session=%zz',
				'session="x"',
				'session=a=b'
			],
			...[
				'session=\u00e9',
				'__proto__=x',
				'constructor=x',
				'session=x; session=y',
				'a=b;'.repeat(500)
			],
			...[
				`session=${'a'.repeat(5_000)}`,
				'session=sha256:x',
				`session=${'a'.repeat(40)}`,
				'__Host-session=x'
			]
		];
		for (const Cookie of cookies) {
			const answer = await send(url, '/account', { headers: { Cookie } });
			faults.same(`cookie ${Cookie.slice(0, 40)}`, answer.status, 303);
		}
		const tooMuch: Record<string, string>[] = [
			{ Cookie: `session=${'a'.repeat(10_000)}` },
			{ 'X-Long': 'a'.repeat(8_192) },
			{ 'User-Agent': 'a'.repeat(12_000) }
		];
		for (const headers of tooMuch) {
			const { status } = await send(url, '/', { headers });
			faults.same(`long ${Object.keys(headers)[0]}`, status, 431);
		}
		const odd: [Record<string, string>, number[]][] = [
			[{ Host: 'evil.test' }, [200]],
			[{ Host: 'x/../y' }, [400]],
			[{ Host: 'user@127.0.0.1' }, [400]],
			[{ Host: '127.0.0.1:99999' }, [400]],
			[{ Host: '127.0.0.1:1:2' }, [400]],
			[{ 'X-Forwarded-Host': 'evil.test', 'X-Forwarded-Proto': 'gopher' }, [200]],
			[{ 'X-Forwarded-For': 'garbage, 1.2.3.4' }, [200]],
			[{ 'X-Afterword-Protocol': 'https://evil.test' }, [200]],
			[{ Accept: 'x'.repeat(2_000) }, [200]],
			[{ Accept: ';;;,,,/' }, [200, 406]],
			[{ 'Accept-Language': '*;q=9' }, [200]],
			[{ 'Accept-Encoding': 'x, y;q=z' }, [200]],
			[{ 'If-None-Match': '"'.repeat(100) }, [200]],
			[{ Range: 'bytes=9-1' }, [200]],
			[{ Authorization: 'Bearer x' }, [200]],
			[{ Authorization: 'Basic eDp5' }, [200]],
			[{ 'Sec-Fetch-Site': 'nonsense' }, [200]],
			[{ Upgrade: 'websocket', Connection: 'Upgrade' }, [200, 400, 426]],
			[{ 'Content-Length': '0' }, [200]]
		];
		for (const [headers, statuses] of odd) {
			const answer = await send(url, '/sign-in', { headers });
			const what = JSON.stringify(headers).slice(0, 60);
			faults.holds(`${what}: ${answer.status}`, statuses.includes(answer.status));
			faults.holds(`${what} is believed`, !/evil\.test|gopher/.test(answer.text));
		}
		const ranges = ['bytes=9-1', 'bytes=0-', 'bytes=-1', 'bytes=999999-', 'bytes=0-0,1-1', 'x=1'];
		for (const Range of ranges) {
			const { status } = await send(url, '/favicon.svg', { headers: { Range } });
			faults.same(`range ${Range}`, status, 200);
		}
		expect(faults.found).toEqual([]);
		expect(await isAlive(world)).toBe(true);
	});

	test('I19 messages that end early or say two things', async ({ world }) => {
		const { url } = world.site;
		const { host } = new URL(url);
		const before = snapshot(world.site);
		const head = `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${url}\r\nContent-Type: ${FORM}\r\n`;
		const messages = [
			`${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
			`${head}Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n`,
			`${head}Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n`,
			`${head}Transfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n0\r\n\r\n`,
			`${head}Transfer-Encoding: identity\r\nConnection: close\r\n\r\nx`,
			`${head}Content-Length: -1\r\n\r\nx`,
			`${head}Content-Length: 1e3\r\n\r\nx`,
			`${head}Content-Length: 99999999999999999999\r\n\r\nx`,
			`GET / HTTP/9.9\r\nHost: ${host}\r\n\r\n`,
			`GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.test\r\nConnection: close\r\n\r\n`,
			`GET http://evil.test/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
			`GET * HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
			`OPTIONS * HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
			`GET / HTTP/1.0\r\n\r\n`,
			`GET /\r\n\r\n`,
			`\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
			'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'
		];
		const faults = newFaults();
		for (const message of messages) {
			const raw = await sendRaw(url, message);
			const what = JSON.stringify(message.replace(head, '')).slice(0, 60);
			faults.holds(`${what}: ${raw.slice(0, 20)}`, raw === '' || /^HTTP\/1\.1 [234]/.test(raw));
			faults.holds(`${what} is believed`, !raw.includes('evil.test'));
		}
		expect(faults.found).toEqual([]);
		expect(snapshot(world.site)).toEqual(before);
		expect(await isAlive(world)).toBe(true);
	});

	test('I19 R9 connections that are cut in the middle', async ({ world }) => {
		const { alice } = world.people;
		const before = snapshot(world.site);
		const head = [
			`POST /articles/${world.stories.open}?/post HTTP/1.1`,
			`Host: ${new URL(world.site.url).host}`,
			`Origin: ${world.site.url}`,
			`Cookie: session=${alice.token}`,
			`Content-Type: ${FORM}`
		].join('\r\n');
		const cut = async (rest: string) => {
			const { connect } = await import('node:net');
			const { hostname, port } = new URL(world.site.url);
			const socket = connect(Number(port), hostname);
			socket.on('error', () => {});
			await new Promise<void>((resolve) => {
				socket.write(`${head}\r\n${rest}`, () => resolve());
			});
			socket.destroy();
		};
		const half = 'Content-Length: 1000\r\n\r\nbody=Half';
		const chunk = 'Transfer-Encoding: chunked\r\n\r\n9\r\nbody=Half\r\n';
		for (let round = 0; round < 50; round++) await Promise.all([cut(half), cut(chunk)]);
		expect(await isAlive(world)).toBe(true);
		expect(snapshot(world.site)).toEqual(before);
	});
});

test.describe('I2 a request has a size', () => {
	/** Posts a form. */
	const post = (world: World, path: string, body: string | Buffer, more: object = {}) =>
		world.people.alice.send(path, {
			method: 'POST',
			headers: { Origin: world.site.url, 'Content-Type': FORM, Accept: 'text/html' },
			body,
			...more
		});

	test('I2 a byte too many, with a length and without', async ({ world }) => {
		const before = snapshot(world.site);
		const path = `/articles/${world.stories.open}?/post`;
		const faults = newFaults();
		const fill = (length: number) => `body=${'x'.repeat(length - 5)}`;
		for (const [what, body, chunked, status] of [
			['the most', fill(LIMIT), false, 422],
			['a byte more', fill(LIMIT + 1), false, 413],
			['the most in chunks', fill(LIMIT), true, 422],
			['a byte more in chunks', fill(LIMIT + 1), true, 413],
			['ten megabytes', fill(10_000_000), false, 413],
			['ten megabytes in chunks', fill(10_000_000), true, 413]
		] as const) {
			const started = performance.now();
			const answer = await post(world, path, body, { chunked });
			faults.same(what, answer.status, status);
			faults.holds(`${what} took long`, performance.now() - started < 5_000);
		}
		for (const chunked of [false, true]) {
			const answer = await world.people.alice.send(`/api/v1${path.split('?')[0]}/comments`, {
				method: 'POST',
				headers: { Origin: world.site.url, 'Content-Type': 'application/json' },
				body: JSON.stringify({ body: 'x'.repeat(LIMIT) }),
				chunked
			});
			faults.same(`a call, chunked ${chunked}`, answer.status, 413);
		}
		expect(faults.found).toEqual([]);
		expect(snapshot(world.site)).toEqual(before);
		expect(await isAlive(world)).toBe(true);
	});

	test('I2 a comment has a length, and is not lost by it', async ({ world }) => {
		const body = `The last word is ${'long '.repeat(2_100)}end.`;
		const answer = await post(world, `/articles/${world.stories.open}?/post`, form({ body }));
		expect(answer.status).toBe(422);
		expect(answer.text).toContain('long end.');
		const { status } = await world.people.alice.api(
			'POST',
			`/articles/${world.stories.open}/comments`,
			{ body }
		);
		expect(status).toBe(422);
	});

	test('I2 many small things', async ({ world }) => {
		const before = snapshot(world.site);
		const { alice } = world.people;
		const memory = memoryOf(world.site);
		const path = `/articles/${world.stories.open}?/post`;
		const many = Array.from({ length: 10_000 }, (_, index) => `f${index}=x`).join('&');
		const parts = Array.from(
			{ length: 1_000 },
			(_, index) => `--x\r\nContent-Disposition: form-data; name="f${index}"\r\n\r\nx\r\n`
		).join('');
		const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
		const api = (body: string): Promise<Answer> =>
			alice.send(`/api/v1/articles/${world.stories.open}/comments`, {
				method: 'POST',
				headers: { Origin: world.site.url, 'Content-Type': 'application/json' },
				body
			});
		const multipart = { Origin: world.site.url, 'Content-Type': 'multipart/form-data; boundary=x' };
		const body = `${parts}--x\r\nContent-Disposition: form-data; name="body"\r\n\r\nHi.\r\n--x--\r\n`;
		const answers: [string, Promise<Answer>][] = [
			['10,000 fields', post(world, path, `body=Hi.&${many}`)],
			['10,000 times one field', post(world, path, `body=Hi.&${'a=b&'.repeat(10_000)}`)],
			['1,000 parts', alice.send(path, { method: 'POST', headers: multipart, body })],
			['1,000 deep', api(`{"body":"Hi.","x":${deep(1_000)}}`)],
			['50,000 deep', api(`{"body":"Hi.","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)],
			['unclosed', api('['.repeat(100_000))],
			['100,000 parameters', alice.get(`/?${'a=b&'.repeat(100_000)}`)],
			[
				'an unfinished part',
				alice.send(path, { method: 'POST', headers: multipart, body: '--x\r\n' })
			],
			[
				'a part without an end',
				alice.send(path, { method: 'POST', headers: multipart, body: parts })
			]
		];
		const faults = newFaults();
		for (const [what, waiting] of answers) {
			const { status } = await waiting.catch(() => ({ status: 431 }));
			faults.holds(`${what}: ${status}`, status >= 400 && status < 500);
		}
		expect(faults.found).toEqual([]);
		expect(snapshot(world.site)).toEqual(before);
		expect(await isAlive(world)).toBe(true);
		expect(memoryOf(world.site) - memory).toBeLessThan(150_000_000);
	});

	test('I2 what is compressed is not taken', async ({ world }) => {
		const before = snapshot(world.site);
		const bomb = gzipSync(Buffer.alloc(50_000_000, 'x'));
		expect(bomb.length).toBeLessThan(LIMIT);
		const faults = newFaults();
		for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'x', 'gzip, gzip']) {
			for (const [path, type] of [
				[`/articles/${world.stories.open}?/post`, FORM],
				[`/api/v1/articles/${world.stories.open}/comments`, 'application/json']
			]) {
				const { status } = await world.people.alice.send(path, {
					method: 'POST',
					headers: { Origin: world.site.url, 'Content-Type': type, 'Content-Encoding': encoding },
					body: bomb
				});
				faults.same(`${encoding} ${path}`, status, 415);
			}
		}
		const plain = await post(world, `/articles/${world.stories.open}?/post`, bomb);
		faults.holds(`not said: ${plain.status}`, plain.status >= 400 && plain.status < 500);
		expect(faults.found).toEqual([]);
		expect(snapshot(world.site)).toEqual(before);
		expect(await isAlive(world)).toBe(true);
	});
});
