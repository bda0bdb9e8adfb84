import { describe, expect, test } from 'vitest';
import { masked } from '../../../src/cli/settings.ts';

describe('a setting is shown', () => {
	test.each([
		['DATABASE_URL', 'file:data/afterword.db', 'file:data/afterword.db'],
		['DATABASE_URL', 'postgres://ann:s3cret@db/paper', 'postgres://ann:***@db/paper'],
		['DATABASE_URL', 'postgres://ann:p@ss:w@rd@db/paper', 'postgres://ann:***@db/paper'],
		['DATABASE_URL', 'postgres://ann@db/paper', 'postgres://ann@db/paper'],
		[
			'DATABASE_REPLICA_URLS',
			'postgres://ann:s3cret@one/paper, postgres://ann:p,w@two/paper?password=x',
			'postgres://ann:***@one/paper,postgres://ann:***@two/paper?password=***'
		],
		['DATABASE_URL', 'postgres://ann:s3@one:1,two:2/paper', 'postgres://ann:***@one:1,two:2/paper'],
		['DATABASE_LISTEN_URL', 'postgres://ann:s3cret@db/paper', 'postgres://ann:***@db/paper'],
		['DATABASE_URL', 'postgres://:s3cret@db/paper', 'postgres://:***@db/paper'],
		[
			'DATABASE_URL',
			'postgres://db/paper?user=ann&password=s3cret',
			'postgres://db/paper?user=ann&password=***'
		],
		['MAIL_URL', 'smtps://ann%40paper:s3cret@mail:465', 'smtps://ann%40paper:***@mail:465'],
		['MAIL_PASSWORD', 's3cret', '***'],
		['SIGNING_KEY', 's3cret', '***'],
		['ORIGIN', '', '']
	])('%s=%s as %s', (name, value, expected) => {
		expect(masked(name, value)).toBe(expected);
	});
});
