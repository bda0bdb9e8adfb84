import { beforeEach, expect, test } from 'vitest';
import { KnownRevisions } from '#lib/server/database/known-revisions.ts';

let known: KnownRevisions;
beforeEach(() => {
	known = new KnownRevisions();
});

const seen = new Map([
	['site', 4],
	['one', 7]
]);

test('what was seen stands until one of its things has another revision', () => {
	const since = known.version;
	expect(known.stands(seen, since)).toBe(true);
	expect(known.note('other', 2)).toBe(true);
	expect(known.note('one', 7)).toBe(true);
	expect(known.stands(seen, since)).toBe(true);
	known.note('one', 8);
	expect(known.stands(seen, since)).toBe(false);
	expect(known.version).toBeGreaterThan(since);
});

test('news that comes twice or late is none', () => {
	known.note('one', 8);
	const { version } = known;
	expect(known.note('one', 8)).toBe(false);
	expect(known.note('one', 7)).toBe(false);
	expect(known.version).toBe(version);
	expect(known.stands(seen, version)).toBe(false);
});

test('what is gone stands at no revision', () => {
	known.note('one', Infinity);
	known.note('one', 7);
	expect(known.stands(seen, 0)).toBe(false);
});

test('of what was seen before it began anew nothing is known', () => {
	const since = known.version;
	known.note('one', 8);
	known.forget();
	expect(known.stands(seen, since)).toBe(false);
	expect(known.stands(seen, known.version)).toBe(true);
	known.note('one', 8);
	expect(known.stands(seen, known.version)).toBe(false);
});
