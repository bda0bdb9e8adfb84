import { expect, test } from 'vitest';
import type { BlockView } from '#lib/server/comments/view.ts';
import type { Reading } from '#lib/server/readings/readings.ts';
import { sizeOf } from '#lib/server/readings/size.ts';

function size(bodyHtml: string, ...comments: (BlockView[] | null)[]): number {
	const page = { comments: comments.map((blocks) => ({ view: { blocks } })) };
	return sizeOf({ article: { bodyHtml }, page } as unknown as Reading);
}
const text = (html: string): BlockView[] => [{ html }];
const quote = (blocks: BlockView[]): BlockView[] => [{ quote: { blocks } } as unknown as BlockView];
const LONG = 'a'.repeat(1000);

test('every comment costs, and every character of it and of the article', () => {
	const [none, one] = [size(''), size('', [])];
	const each = one - none;
	expect(each).toBeGreaterThan(1000);
	expect(size('', [], null, [])).toBe(none + 3 * each);
	expect(size(LONG)).toBe(none + 1000);
	expect(size('', text(LONG))).toBe(one + 1000);
	expect(size('', [...text(LONG), ...text(LONG)])).toBe(one + 2000);
});

test('a text with one character beyond Latin-1 takes two bytes for each', () => {
	const plain = size('', text(''));
	expect(size('', text('é'.repeat(1000)))).toBe(plain + 1000);
	expect(size('', text(`${LONG}’`))).toBe(plain + 2 * 1001);
	expect(size('я'.repeat(1000))).toBe(size('') + 2000);
});

test('quotes count with the words in them', () => {
	const empty = size('', quote([])) - size('', []);
	expect(empty).toBeGreaterThan(0);
	expect(size('', quote(text(LONG)))).toBe(size('', []) + empty + 1000);
	expect(size('', quote(quote(text(LONG))))).toBe(size('', []) + 2 * empty + 1000);
});
