import { describe, expect, test } from 'vitest';
import { candidatesFor } from '#lib/server/transfer/account-names.ts';
import { wantedSlug } from '#lib/server/transfer/into/articles.ts';

describe('what an odd name may become', () => {
	test.each([
		['Ann Pell', ['Ann Pell', 'Reader']],
		['★ Star ★', ['★ Star ★', 'Star', 'Reader']],
		['<b>Bo</b>', ['<b>Bo</b>', 'b Bo b', 'Reader']],
		['Анна ✿ Karenina', ['Анна ✿ Karenina', 'Анна Karenina', 'Karenina', 'Reader']],
		['', ['', 'Reader']]
	])('%j: %j', (name, expected) => {
		expect(candidatesFor(name)).toEqual(expected);
	});
});

describe('the slug that an article asks for', () => {
	const title = 'A fine day';
	test.each([
		[{ id: '12', title, slug: 'its-own' }, 'its-own'],
		[{ id: '12', title, slug: 'Its Own!' }, 'its-own'],
		[{ id: '12', title, slug: '' }, 'a-fine-day'],
		[{ id: 'words-of-it', title }, 'words-of-it'],
		[{ id: 'tale', title }, 'tale'],
		[{ id: '2014-09', title }, 'a-fine-day'],
		[{ id: '550e8400-e29b-41d4-a716-446655440000', title }, 'a-fine-day'],
		[{ id: '5f2b9c1e7a', title }, 'a-fine-day'],
		[{ id: 'Words of it', title }, 'a-fine-day']
	])('%j', (fields, slug) => {
		expect(wantedSlug(fields)).toBe(slug);
	});
});
