import { describe, expect, test } from 'vitest';
import { Page } from '../../../src/front-door/page-cache/page.ts';
import { Store } from '../../../src/front-door/page-cache/store.ts';

const MB = 1_000_000;

function page(): Page {
	const rendering = {
		status: 200,
		headers: { 'cache-tag': 'site@1' },
		body: Buffer.from('<p>Kept.</p>')
	};
	const facts = { renderedAt: 0, until: Infinity, version: 1 };
	return Page.of(rendering, { ...facts, history: ['history', 0] }, { from: 0, count: 1 })!;
}

/** Somebody asks for so many addresses that nobody asks for again. */
function askForOthers(store: Store, count: number, letters = ''): void {
	for (let n = 0; n < count; n++) store.count(`/articles/${letters}${n}`);
}

describe('what was asked for', () => {
	test('once is not wanted, and twice is', () => {
		const store = new Store(MB);
		expect(store.isWanted('/')).toBe(false);
		store.count('/');
		expect(store.isWanted('/')).toBe(false);
		store.count('/');
		expect(store.isWanted('/')).toBe(true);
	});

	test('is known among thousands of addresses', () => {
		const store = new Store(MB);
		store.count('/');
		askForOthers(store, 5000);
		store.count('/');
		expect(store.isWanted('/')).toBe(true);
	});

	test.each([
		['many', 10_000, ''],
		['long', 2000, 'x'.repeat(400)]
	])('is forgotten after more than a megabyte of %s addresses', (_, count, letters) => {
		const store = new Store(MB);
		store.count('/');
		askForOthers(store, count, letters);
		store.count('/');
		expect(store.isWanted('/')).toBe(false);
	});

	test('and is kept is wanted still, though how often is forgotten', () => {
		const store = new Store(MB);
		store.set('/', page(), false);
		store.set('/?cursor=x', page(), true);
		askForOthers(store, 10_000);
		for (const key of ['/', '/?cursor=x']) {
			expect(store.isWanted(key)).toBe(true);
			store.delete(key);
			expect(store.isWanted(key)).toBe(false);
		}
	});
});
