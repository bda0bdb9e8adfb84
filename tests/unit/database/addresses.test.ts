import { describe, expect, test } from 'vitest';
import {
	addressesOf,
	dialectOf,
	isPostgres,
	placeOf,
	wantedOf,
	withoutPassword
} from '#lib/server/database/addresses.ts';

const TWO = 'postgres://ann:p,w@ss@one:5433,[::1]/paper?target_session_attrs=read-write';

const SOCKET = 'postgres://ann:p@ss@/paper?host=/run/postgresql&sslmode=disable&port=5433';

test.each([
	[TWO, 'postgres'],
	[SOCKET, 'postgres'],
	['postgresql://one/paper', 'postgres'],
	// That it cannot be read is another matter.
	['postgres://[x', 'postgres'],
	['postgres:one', null],
	['file:paper.db', 'sqlite'],
	['file:///srv/paper.db', 'sqlite'],
	['file:', null],
	['paper.db', null],
	['mysql://one/paper', null]
])('at %s is spoken: %s', (url, dialect) => expect(dialectOf(url)).toBe(dialect));

describe('an address of PostgreSQL', () => {
	test('may name several servers', () => {
		expect(addressesOf(TWO)).toEqual([
			'postgres://ann:p,w@ss@one:5433/paper?target_session_attrs=read-write',
			'postgres://ann:p,w@ss@[::1]/paper?target_session_attrs=read-write'
		]);
		expect(addressesOf('postgresql://one,two,three')).toEqual([
			...['postgresql://one', 'postgresql://two', 'postgresql://three']
		]);
	});

	test.each([SOCKET, 'postgres://one/paper', 'postgres:///paper?host=/run/postgresql', 'file:a,b'])(
		'or one: %s',
		(url) => expect(addressesOf(url)).toEqual([url])
	);

	test.each([
		[TWO, true],
		['postgres://one/paper', true],
		[SOCKET, true],
		['postgres:///paper?host=/run/postgresql', true],
		['postgres://ann@%2Frun%2Fa,%2Frun%2Fb/paper', true],
		['postgres://ann@?host=/run/postgresql', false],
		['postgres://one:5432,two:port/paper', false],
		['postgres://[x', false],
		['https://one/paper', false]
	])('%s: %s', (url, is) => expect(isPostgres(url)).toBe(is));

	test.each([
		[TWO, 'read-write'],
		['postgres://one,two/paper', 'primary'],
		['postgres://one,two/paper?sslmode=disable&target_session_attrs=primary', 'primary'],
		['postgres://one,two/paper?target_session_attrs=any', null],
		['postgres://one/paper', 'any'],
		['postgres://one/paper?target_session_attrs=any', 'any'],
		['postgres://one/paper?target_session_attrs=read-write', 'read-write'],
		['postgres://one/paper?target_session_attrs=standby', null]
	])('%s wants %s', (url, wanted) => expect(wantedOf(url)).toBe(wanted));

	test('is shown without who signs in', () => {
		expect(placeOf(TWO)).toBe('postgres://one:5433,[::1]/paper');
		expect(placeOf(SOCKET)).toBe('postgres:///paper?host=/run/postgresql&port=5433');
		expect(withoutPassword(TWO)).toBe(TWO.replace('p,w@ss', 'PASSWORD'));
		expect(withoutPassword('postgres://ann@one/paper')).toBe('postgres://ann@one/paper');
		const parameters = (password: string) =>
			`postgres:///paper?host=/run/postgresql&password=${password}&user=ann`;
		expect(withoutPassword(parameters('p@ss'))).toBe(parameters('PASSWORD'));
	});
});
