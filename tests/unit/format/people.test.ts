import { describe, expect, test } from 'vitest';
import { badge, hue, HUES, initials } from '#lib/format/people.ts';

describe('initials', () => {
	test.each([
		['Ann Reader', 'AR'],
		['ann', 'A'],
		['Ann van der Berg', 'AB'],
		['Émile Ångström', 'ÉÅ'],
		['山田 太郎', '山太'],
		['🦊 fox', '🦊F'],
		['', '']
	])('of %j are %j', (name, letters) => {
		expect(initials(name)).toBe(letters);
	});
});

test('a colour is one of those that there are, and the same for the same name', () => {
	const names = ['Ann', 'Bob', '', 'x'.repeat(500), '山田 太郎', 'ann'];
	for (const name of names) {
		expect(hue(name)).toBeGreaterThanOrEqual(0);
		expect(hue(name)).toBeLessThan(HUES);
		expect(hue(name)).toBe(hue(name));
	}
	expect(new Set(names.map(hue)).size).toBeGreaterThan(1);
});

test.each([
	['reader', null],
	['guest', null],
	['moderator', 'Moderator'],
	['editor', 'Editor'],
	['admin', 'Administrator'],
	['constructor', null]
])('the badge of %s is %j', (role, word) => {
	expect(badge(role)).toBe(word);
});
