import { expect, test } from 'vitest';
import { isProse, readAttribution, writeAttribution } from '#lib/server/quotes/attribution.ts';

const URL = '/c/0123456789abcdef';

test.each([
	['Ann Lee', URL],
	['Ann Lee', null],
	['Ann (mod) [x]', URL],
	['Ann (mod) [x]', null],
	['> #1 fan', null],
	['*', null],
	[']', URL],
	['x'.repeat(200), URL],
	['Jürgen O’Neill', URL],
	['said', null],
	['a\nb', URL]
])('what is written for %j (%s) is read as an attribution', (name, url) => {
	const line = writeAttribution(name, url);
	expect(line).not.toContain('\n');
	const link = url === null ? null : { comment: '0123456789abcdef' };
	expect(readAttribution(line)).toMatchObject({ link });
	// The name in the text is never trusted, but reading and writing it again changes it no more.
	expect(writeAttribution(readAttribution(line)!.name, url)).toBe(line);
});

test('nobody is written as nothing', () => expect(writeAttribution(null, null)).toBe(''));

test.each([
	['glen8', false],
	['Adam Reyher', false],
	['The Old Dude', false],
	['the man in the street', true],
	['As I', true],
	['He', true],
	['Ian', false],
	['you', true],
	['Whitney', false]
])('%s is prose: %s', (name, prose) => expect(isProse(name)).toBe(prose));
