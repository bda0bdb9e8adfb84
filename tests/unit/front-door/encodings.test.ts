import { brotliDecompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compress, unpack } from '../../../src/front-door/page-cache/encodings.ts';

/** Pages of one byte to some hundred thousand, none like another. */
const PAGES = [1, 2, 100, 5_000, 20_000, 90_000, 300_000, 0].map((length, page) =>
	Buffer.from(Array.from({ length }, (_, at) => 97 + ((at * at * (page + 3)) % 23)))
);

test('many pages are compressed at once, and again, and none gets anything of another', async () => {
	for (let round = 0; round < 3; round++) {
		const compressed = await Promise.all(PAGES.map((page) => compress('gzip', page)));
		expect(compressed).toEqual(PAGES.map((page) => gzipSync(page, { level: 3 })));
		expect(await Promise.all(compressed.map((bytes) => unpack(bytes)))).toEqual(PAGES);
	}
});

test.each(['gzip', 'br'] as const)(
	'a page in %s holds no more memory than it has bytes',
	async (as) => {
		const { buffer, length } = await compress(as, PAGES[4]);
		expect(length).toBeLessThan(PAGES[4].length);
		expect(buffer.byteLength).toBe(length);
	}
);

test('Brotli says the same in fewer bytes', async () => {
	const [page] = PAGES.slice(5);
	const compressed = await compress('br', page);
	expect(brotliDecompressSync(compressed)).toEqual(page);
	expect(compressed.length).toBeLessThan((await compress('gzip', page)).length);
});
