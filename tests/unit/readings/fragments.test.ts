import { expect, test, vi } from 'vitest';
import { Fragments } from '#lib/server/readings/fragments.ts';

const words = (pieces: Fragments, ...keys: string[]) =>
	keys.map((key) => pieces.get(key)?.toString());

test('pieces go when they are too many', () => {
	const pieces = new Fragments(2);
	for (const key of ['a', 'b', 'c']) pieces.add([[key, Buffer.from(key)]]);
	expect(words(pieces, 'a', 'b', 'c')).toEqual([undefined, undefined, 'c']);
	pieces.add(['d', 'e', 'f'].map((key) => [key, Buffer.from(key)]));
	expect(words(pieces, 'c', 'd', 'e', 'f')).toEqual([undefined, 'd', 'e', undefined]);
});

test('what they take is counted: of one key once, and not what went', () => {
	const pieces = new Fragments(2);
	expect(pieces.size).toBe(0);
	pieces.add([['a', Buffer.alloc(10_000)]]);
	const one = pieces.size;
	expect(one).toBeGreaterThan(10_000);
	expect(one).toBeLessThan(11_000);
	const two = new Fragments(4);
	for (const key of ['a', 'b', 'a']) two.add([[key, Buffer.alloc(10_000)]]);
	expect(two.size).toBe(2 * one);
	for (const key of ['b', 'c']) pieces.add([[key, Buffer.alloc(10_000)]]);
	expect(pieces.size).toBe(one);
});

test('whoever counts is told once of what is added together', () => {
	const changed = vi.fn();
	const pieces = new Fragments(9, changed);
	pieces.add([]);
	expect(changed).not.toHaveBeenCalled();
	pieces.add(['a', 'b'].map((key) => [key, Buffer.from(key)]));
	expect(changed).toHaveBeenCalledTimes(1);
});
