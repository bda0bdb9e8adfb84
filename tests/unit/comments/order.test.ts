import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readingOrder } from '#lib/server/comments/order.ts';

/** Replies written as "ID<PARENT", in the order of their numbers. */
function replies(...written: string[]) {
	return written.map((text, index) => {
		const [id, parentId] = text.split('<');
		return { id, parentId, replySeq: index + 1 };
	});
}

function order(list: { id: string }[]): string {
	return list.map(({ id }) => id).join(' ');
}

test.each([
	[['a<root'], 'a'],
	[['a<root', 'b<root', 'c<a'], 'a c b'],
	[['a<root', 'b<a', 'c<root', 'd<b', 'e<a'], 'a b d e c'],
	[['b<gone', 'c<root', 'd<b'], 'b d c'],
	[[], '']
])('%j reads %j', (written, expected) => {
	expect(order(readingOrder(replies(...written)))).toBe(expected);
	expect(order(readingOrder(replies(...written).toReversed()))).toBe(expected);
});

test('what waits comes last under its parent', () => {
	const waiting = { id: 'w', parentId: 'a', replySeq: null };
	expect(order(readingOrder([waiting, ...replies('a<root', 'b<a', 'c<root')]))).toBe('a b w c');
});

test('every reply is there once, and after its parent', () => {
	const thread = fc.array(fc.nat(), { maxLength: 60 }).map((choices) =>
		choices.map((choice, index) => ({
			id: String(index + 1),
			parentId: String(choice % (index + 1)),
			replySeq: index + 1
		}))
	);
	fc.assert(
		fc.property(thread, (list) => {
			const places = new Map(readingOrder(list).map(({ id }, place) => [id, place]));
			expect(places.size).toBe(list.length);
			for (const { id, parentId } of list) {
				if (parentId !== '0') expect(places.get(id)).toBeGreaterThan(places.get(parentId)!);
			}
		})
	);
});
