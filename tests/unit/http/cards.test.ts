import { expect, test } from 'vitest';
import { cards } from '#lib/http/cards.ts';
import { bytesOf, Pieces } from '#lib/http/pieces.ts';
import type { CommentView, ThreadView } from '#lib/server/comments/view.ts';
import { Fragments } from '#lib/server/readings/fragments.ts';
import { commentView, READING } from '../components/views.ts';

function threads(views: CommentView[]): ThreadView[] {
	return views.map((root) => ({ root, replies: [], moreReplies: 0 }));
}

const view = (number: number, words: string, changes: Partial<CommentView> = {}) =>
	commentView({
		id: `01kcmm000000000${number}`,
		blocks: [{ html: `<p>${words}</p>` }],
		...changes
	});

/** The page that the marks of comments stand for, one after the other, without what a build takes out. */
function page(fragments: Fragments, ...views: CommentView[]): string {
	const pieces = new Pieces();
	const marks = cards({ fragments, pieces }, threads(views), READING);
	const html = pieces.join([...marks.values()].join('|')).toString();
	return html.replaceAll(/<!--.*?-->/g, '');
}

test('each comment is cut out whole, whatever letters it has, and the same when it is kept', () => {
	const fragments = new Fragments(9);
	const views = [view(1, 'Zoë said “no”.'), view(2, 'Да 🌊'), view(3, '')];
	const together = page(fragments, ...views);
	const each = views.map((one) => page(new Fragments(9), one));
	expect(each[1]).toContain('<p>Да 🌊</p>');
	expect(together).toBe(each.join('|'));
	expect(page(fragments, ...views)).toBe(together);
});

test("those that are missing are made, and one's own are left to the page", () => {
	const fragments = new Fragments(9);
	const [first, second] = [view(1, 'One.'), view(2, 'Two.')];
	const alone = page(fragments, first);
	const size = fragments.size;
	expect(page(fragments, first, second)).toContain(`${alone}|`);
	expect(fragments.size).toBeGreaterThan(size);
	expect(page(fragments, view(3, 'Three.', { mine: true }))).toBe('');
});

test.each([0, 1, 4, 400_000, 999_999])(
	'%i letters of any kind are the bytes that they are',
	(length) => {
		const html = 'a“ö🌊'.repeat(length).slice(0, length);
		const bytes = bytesOf(html);
		expect(bytes.equals(Buffer.from(html))).toBe(true);
		bytesOf('b'.repeat(100));
		expect(bytes.equals(Buffer.from(html))).toBe(true);
	}
);

test('bytes that are kept hold no memory but their own', () => {
	const words = 'Zoë said “no”.';
	expect(Buffer.from(words).buffer.byteLength).toBeGreaterThan(1000);
	expect(bytesOf(words).buffer.byteLength).toBe(Buffer.byteLength(words));
	expect(bytesOf(words).toString()).toBe(words);
});
