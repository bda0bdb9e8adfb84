import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '#lib/server/config.ts';

const POSTGRES = 'postgres://paper@db.example.org/paper';
const SOCKET = 'postgres://paper@/paper?host=/var/run/postgresql';
const SEVERAL = 'postgres://paper@one.example.org:5432,two.example.org:5433/paper';
const PAST = 'postgres://paper@direct.example.org/paper';

test('changes are listened for where the database is, or where that is said, and on PostgreSQL only', () => {
	const listenUrl = (environment: NodeJS.ProcessEnv) => readConfig(environment).listenUrl;
	expect(listenUrl({})).toBeNull();
	expect(listenUrl({ DATABASE_URL: POSTGRES })).toBe(POSTGRES);
	expect(listenUrl({ DATABASE_URL: POSTGRES, DATABASE_LISTEN_URL: PAST })).toBe(PAST);
	expect(listenUrl({ DATABASE_URL: SEVERAL })).toBe(SEVERAL);
});

test('a socket of the machine is an address like any other, for each of them', () => {
	const environment = {
		DATABASE_URL: SOCKET,
		DATABASE_LISTEN_URL: SOCKET,
		DATABASE_REPLICA_URLS: `${SOCKET},${POSTGRES}`
	};
	expect(readConfig(environment)).toMatchObject({
		...{ dialect: 'postgres', databaseUrl: SOCKET, listenUrl: SOCKET },
		replicaUrls: [SOCKET, POSTGRES]
	});
});

test.each([
	[{ DATABASE_LISTEN_URL: PAST }, /DATABASE_LISTEN_URL needs/],
	[{ DATABASE_URL: POSTGRES, DATABASE_LISTEN_URL: 'off' }, /DATABASE_LISTEN_URL must be/],
	[{ DATABASE_URL: POSTGRES, DATABASE_LISTEN_URL: 'postgres://[x' }, /DATABASE_LISTEN_URL must be/],
	[{ DATABASE_URL: 'postgres://[x' }, /DATABASE_URL must be an address like/],
	[{ DATABASE_URL: 'postgres://one:1,two:x/paper' }, /DATABASE_URL must name its servers/],
	[{ DATABASE_URL: `${SEVERAL}?target_session_attrs=standby` }, /must be read-write or primary/],
	[{ DATABASE_URL: `${SEVERAL}?target_session_attrs=any` }, /must be read-write or primary/],
	[{ DATABASE_URL: POSTGRES, DATABASE_REPLICA_URLS: SEVERAL }, /one for each server/]
])('%j is refused', (environment, words) => {
	expect(() => readConfig(environment)).toThrow(ConfigError);
	expect(() => readConfig(environment)).toThrow(words);
});
