import { expect, test } from 'vitest';
import { NEW_ARTICLE, readArticle, readVersion } from '#lib/forms/article.ts';

test.each([
	['on', true],
	['', false],
	['true', false]
])('the box that holds %j publishes: %s', (published, expected) => {
	const article = readArticle({ ...NEW_ARTICLE, title: 'A', published, version: '3' });
	expect(article).toMatchObject({ title: 'A', published: expected });
	expect(article).not.toHaveProperty('version');
});

test.each([
	['3', 3],
	['', 0],
	['3e0', 0],
	['-1', 0],
	['9'.repeat(30), 0]
])('the version %j is %d', (version, expected) => {
	expect(readVersion({ version })).toBe(expected);
});
