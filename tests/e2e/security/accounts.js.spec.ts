import { argon2Sync, randomBytes } from 'node:crypto';
import { startSite } from '../../support/server.ts';
import { bytesOf, change, query } from './support/database.ts';
import { newFaults } from './support/faults.ts';
import {
	client,
	emailOf,
	newPassword,
	setUp,
	setupPath,
	signIn,
	signUp
} from './support/people.ts';
import { expect, test } from './support/world.ts';

test.describe.configure({ timeout: 120_000 });

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function base64(bytes: Buffer): string {
	return bytes.toString('base64').replace(/=+$/, '');
}

/** A hash as an older release, or another program, may have made it. */
function weakHash(password: string): string {
	const nonce = randomBytes(8);
	const tag = argon2Sync('argon2id', {
		...{ message: password, nonce, memory: 1024, passes: 1, parallelism: 1, tagLength: 16 }
	});
	return `$argon2id$v=19$m=1024,t=1,p=1$${base64(nonce)}$${base64(tag)}`;
}

test.describe('A1 passwords at rest', () => {
	test('A1 are argon2id, each with a salt of its own', async ({ world }) => {
		const { site } = world;
		const password = newPassword();
		for (const name of ['Una Same', 'Vic Same']) {
			const answer = await client(site.url).post('/sign-up', {
				name,
				email: emailOf(name),
				password
			});
			expect(answer.status).toBe(303);
		}
		const rows = query<{ password_hash: string }>(site, 'select password_hash from accounts');
		expect(rows.length).toBeGreaterThan(5);
		for (const { password_hash: hash } of rows) {
			const [, memory, passes, lanes, salt] = PHC.exec(hash) ?? [];
			expect(Number(memory)).toBeGreaterThanOrEqual(19_456);
			expect(Number(passes)).toBeGreaterThanOrEqual(2);
			expect(Number(lanes)).toBe(1);
			expect(Buffer.from(salt, 'base64').length).toBeGreaterThanOrEqual(16);
		}
		expect(new Set(rows.map((row) => row.password_hash)).size).toBe(rows.length);
		expect(bytesOf(site).includes(password)).toBe(false);
		expect(site.output()).not.toContain(password);
	});

	test('A1 a weaker hash becomes one of today’s at the next sign-in', async ({ world }) => {
		const { site } = world;
		const wes = await signUp(site.url, 'Wes Weak');
		const weak = weakHash(wes.password);
		change(site, 'update accounts set password_hash = ? where name = ?', weak, wes.name);
		await signIn(site.url, wes);
		const [row] = query<{ password_hash: string }>(
			site,
			'select password_hash from accounts where name = ?',
			wes.name
		);
		expect(Number(PHC.exec(row.password_hash)?.[1])).toBeGreaterThanOrEqual(19_456);
		await signIn(site.url, wes);
	});
});

/** Passwords of all kinds that are long enough. */
const GOOD: Record<string, string> = {
	'64 characters': `${'correct horse battery staple '.repeat(3)}`.slice(0, 64),
	'128 characters': `${'tall ships in a small harbour '.repeat(5)}`.slice(0, 128),
	spaces: ' a  b   c    d ',
	letters: 'größter Käse über Öl',
	'another alphabet': 'морской туман над портом',
	emoji: '🦆🦢🦆🦢🦆🦢🦆🦢',
	'no digits or signs': 'wharfmistlanternoak'
};

test.describe('A2 any long password is one', () => {
	test('A2 whole, and to its last character', async ({ world }) => {
		const { url } = world.site;
		const faults = newFaults();
		for (const [index, [what, password]] of Object.entries(GOOD).entries()) {
			const name = `Xena ${'abcdefgh'[index]}${'abcdefgh'[index]}`;
			const made = await client(url).post('/sign-up', { name, email: emailOf(name), password });
			faults.same(what, made.status, 303);
			const characters = [...password];
			const other = [...characters.slice(0, -1), '!'].join('');
			const shorter = characters.slice(0, -1).join('');
			for (const wrong of [other, shorter, password.toUpperCase(), `${password}x`]) {
				if (wrong === password) continue;
				const refused = await client(url).post('/sign-in', { name, password: wrong });
				faults.same(`${what}: ${wrong}`, refused.status, 401);
			}
			const right = await client(url).post('/sign-in', { name, password });
			faults.same(what, right.status, 303);
		}
		expect(faults.found).toEqual([]);
	});

	test('A2 too short and far too long', async ({ world }) => {
		const { url } = world.site;
		const name = 'Yara Long';
		const faults = newFaults();
		for (const password of ['', 'x', 'sevench', 'z'.repeat(300), 'z'.repeat(400_000)]) {
			for (const path of ['/sign-up', '/sign-in']) {
				const started = performance.now();
				const answer = await client(url).post(path, { name, email: emailOf(name), password });
				const what = `${path} ${password.length}`;
				faults.holds(`${what}: ${answer.status}`, answer.status >= 400 && answer.status < 500);
				faults.holds(`${what}: slow`, performance.now() - started < 3_000);
				faults.holds(`${what}: echo`, password.length < 7 || !answer.text.includes(password));
			}
		}
		const megabyte = { name, email: emailOf(name), password: 'z'.repeat(1_000_000) };
		faults.same('a megabyte', (await client(url).post('/sign-up', megabyte)).status, 413);
		expect(faults.found).toEqual([]);
	});
});

const COMMON = [
	...['password123', 'qwertyuiop', '1234567890', 'iloveyou', 'PASSWORD1', 'football', 'sunshine'],
	...['trustno1', 'letmein1', 'baseball', 'superman', 'Password123', 'qwerty123', '11111111'],
	...['afterword', 'Afterword2026', 'afterword123', 'zoe common', 'ZoeCommon2024', 'zoe.common!'],
	'ｐａｓｓｗｏｒｄ１２３'
];

test.describe('A3 a password that everybody knows is none', () => {
	test('A3 when signing up', async ({ world }) => {
		const faults = newFaults();
		const fields = { name: 'Zoe Common', email: 'zoe.common@mail.example.org' };
		for (const password of COMMON) {
			const answer = await client(world.site.url).post('/sign-up', { ...fields, password });
			faults.same(password, answer.status, 422);
		}
		expect(faults.found).toEqual([]);
		const answer = await client(world.site.url).post('/sign-up', {
			...fields,
			password: newPassword()
		});
		expect(answer.status).toBe(303);
	});

	test('A3 when changing it, and for the first administrator', async ({ world }) => {
		const faults = newFaults();
		const amy = await signUp(world.site.url, 'Amy Common');
		const site = await startSite({ env: { RATE_LIMITS: 'off' } });
		try {
			for (const password of ['password123', 'qwertyuiop', 'amycommon2024', 'afterword123']) {
				const answer = await amy.post('/account?/password', { current: amy.password, password });
				faults.same(password, answer.status, 422);
				const first = await client(site.url).post(setupPath(site.output()), {
					...{ name: 'Amy Common', email: amy.email, password }
				});
				faults.same(`first: ${password}`, first.status, 422);
			}
		} finally {
			await site.stop();
		}
		expect(faults.found).toEqual([]);
	});
});

test.describe('A11 the first administrator', () => {
	test('A11 is made once, by who reads the server’s console', async () => {
		const site = await startSite({ env: { RATE_LIMITS: 'off' } });
		try {
			expect(query(site, 'select id from accounts')).toEqual([]);
			const path = setupPath(site.output());
			const secret = new URLSearchParams(path.split('?')[1]).get('token') ?? '';
			expect(secret).toMatch(/^[\w-]{22,}$/);
			expect(bytesOf(site).includes(secret)).toBe(false);
			const guest = client(site.url);
			for (const token of ['', 'x', `${secret}x`, secret.slice(0, -1), secret.toUpperCase()]) {
				expect((await guest.get(`/setup?token=${token}`)).status).toBe(404);
			}
			// Being first is not enough.
			const early = await signUp(site.url, 'Early Reader');
			expect((await early.get('/admin')).status).toBe(404);
			const page = await guest.get(path);
			expect(page.status).toBe(200);
			expect(page.headers['referrer-policy']).toBe('no-referrer');
			expect(page.headers['cache-control']).toMatch(/no-store/);
			const answers = await Promise.all(
				['Ann', 'Ben', 'Cat', 'Dan', 'Eva', 'Fin'].map((name) =>
					guest.post(path, { name, email: emailOf(name), password: newPassword() })
				)
			);
			expect(answers.map(({ status }) => status).sort()).toEqual([303, 404, 404, 404, 404, 404]);
			expect(query(site, "select id from accounts where role = 'admin'")).toHaveLength(1);
			expect((await guest.get(path)).status).toBe(404);
			const late = { name: 'Gil', email: emailOf('Gil'), password: newPassword() };
			expect((await guest.post(path, late)).status).toBe(404);
			expect(query(site, "select id from accounts where role = 'admin'")).toHaveLength(1);
		} finally {
			await site.stop();
		}
	});

	test('A11 a second start has no link', async () => {
		const site = await startSite({ env: { RATE_LIMITS: 'off' } });
		try {
			await setUp(site.url, site.output(), 'Ann First');
			const second = await startSite({ databaseUrl: site.databaseUrl });
			expect(setupPath(second.output())).toBe('');
			await second.stop();
		} finally {
			await site.stop();
		}
	});
});

/** Names that nobody may have, or that would be taken for another. */
const BAD_NAMES = [
	...[
		'admin',
		'ADMIN',
		'аdmin',
		'admin\u200b',
		'ａｄｍｉｎ',
		'\u202enimda',
		'a\u0301dmin',
		'adm1n'
	],
	...['Moderator', 'm0derator', 'System', 'deleted', 'Editor', 'Afterword', 'guest', 'Mod', 'r00t'],
	...[
		'z\u0300\u0301\u0302\u0303\u0304\u0305a',
		`${'a\u0301'.repeat(50)}`,
		'../x',
		'..',
		'.',
		'/',
		'a/b'
	],
	...['"><img src=x onerror=alert(1)>', "'; drop table accounts; --", '<script>', 'a&b', 'a\\b'],
	...[
		'__proto__',
		'constructor',
		'prototype',
		'null',
		'undefined',
		'NaN',
		'true',
		'1',
		'12',
		'007'
	],
	...['😀', '😀😀😀', '\u0000', 'a\u0000b', 'a\nb', 'a\tb', 'a\rb', 'a\u0085b', 'a\u2028b'],
	...[
		'',
		' ',
		'a',
		'x'.repeat(31),
		'x'.repeat(5000),
		'\u3164\u3164',
		'a\u2066b\u2069',
		'\u1160\u1160'
	],
	...['a@b.example', '-ab', '_ab', '.ab', 'ab\ud800', 'Пaул', 'pаypal', 'a\u034fb', '\ue000\ue001'],
	...[
		'[a](b)',
		'*a*',
		'a|b',
		'a;b',
		'a,b',
		'a=b',
		'a?b',
		'a#b',
		'a%b',
		'a:b',
		'`a`',
		'$a',
		'{a}',
		'a~b'
	]
];

/** Names of the world's people, written otherwise. */
const TAKEN = [
	...[
		'Alice Writer',
		'ALICE WRITER',
		'alice writer',
		' Alice  Writer ',
		'Ａｌｉｃｅ Writer',
		'Alice-Writer'
	],
	...[
		'Alice_Writer',
		'Alice.Writer',
		'A1ice Writer',
		'AIice Writer',
		'Alice VVriter',
		'Ada 0verall'
	]
];

test.describe('A12 a name is one person’s', () => {
	const sign = (origin: string, name: string) =>
		client(origin).post('/sign-up', {
			...{ name, email: `${crypto.randomUUID()}@mail.example.org`, password: newPassword() }
		});

	test('A12 what would deceive or break is refused', async ({ world }) => {
		const { site } = world;
		const count = () => query(site, 'select id from accounts').length;
		const before = count();
		const faults = newFaults();
		for (const name of BAD_NAMES) {
			const { status } = await sign(site.url, name);
			faults.holds(`${JSON.stringify(name)}: ${status}`, status === 422 || status === 409);
		}
		expect(faults.found).toEqual([]);
		expect(count()).toBe(before);
	});

	test('A12 what looks like another’s name is taken', async ({ world }) => {
		const faults = newFaults();
		for (const name of TAKEN) {
			const { status } = await sign(world.site.url, name);
			faults.holds(`${name}: ${status}`, status === 409);
		}
		expect(faults.found).toEqual([]);
	});

	test('A12 names of many alphabets are welcome, and kept apart from the text around', async ({
		world
	}) => {
		const { site } = world;
		const faults = newFaults();
		for (const name of [
			'Ольга Морозова',
			'李小龍',
			'محمد علي',
			'Zoë O’Brien',
			'Jürgen',
			'Đặng Thị'
		]) {
			const { status } = await sign(site.url, name);
			faults.same(name, status, 303);
		}
		expect(faults.found).toEqual([]);
		const page = await world.people.guest.get(`/c/${world.remarks.published}`);
		expect(page.text).toMatch(/<bdi[^>]*>Alice Writer<\/bdi>/);
	});
});
