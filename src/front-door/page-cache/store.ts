import { LRUCache } from 'lru-cache';
import type { Page } from './page.ts';

function keep(pages: LRUCache<string, Page>, key: string, page: Page): void {
	pages.set(key, page, { size: page.size + key.length * 2 });
}

// What the addresses that were asked for lately may take, in bytes, beside the pages: some thousands of them.
const KNOWN_BYTES = 1_000_000;
// What one takes beside its letters.
const ENTRY_BYTES = 120;

/**
 * The pages that are kept, within a bound of bytes. Those with a query, or with many names, have a
 * quarter to themselves: whoever makes up addresses by the thousand drives out no front page.
 */
export class Store {
	#plain: LRUCache<string, Page>;
	#many: LRUCache<string, Page>;
	/** How often each was asked for, kept or not. */
	#asked = new LRUCache<string, number>({
		maxSize: KNOWN_BYTES,
		sizeCalculation: (_count, key) => key.length + ENTRY_BYTES
	});

	constructor(bytes: number) {
		const many = Math.max(1, Math.floor(bytes / 4));
		this.#many = new LRUCache({ maxSize: many });
		this.#plain = new LRUCache({ maxSize: Math.max(1, bytes - many) });
	}

	/** A kept page, as the last one that was asked for. */
	get(key: string): Page | undefined {
		return this.#plain.get(key) ?? this.#many.get(key);
	}

	/** Counts that somebody asked for a page which has to be made. */
	count(key: string): void {
		this.#asked.set(key, (this.#asked.get(key) ?? 0) + 1);
	}

	/**
	 * Whether a page is asked for more than once, so that it pays to keep it: as large caches have it, whose addresses
	 * mostly never come again (Maggs and Sitaraman, Algorithmic Nuggets in Content Delivery, 2015).
	 */
	isWanted(key: string): boolean {
		return this.#plain.has(key) || this.#many.has(key) || (this.#asked.get(key) ?? 0) > 1;
	}

	/** Keeps a page. */
	set(key: string, page: Page, isOfMany: boolean): void {
		keep(isOfMany ? this.#many : this.#plain, key, page);
	}

	/** Counts a page anew that takes more or less memory than before, if it is kept still. */
	recount(key: string, page: Page): void {
		for (const pages of [this.#plain, this.#many]) {
			if (pages.peek(key) !== page) continue;
			// Set again as it is, it would keep the size that it came with.
			pages.delete(key);
			keep(pages, key, page);
		}
	}

	/** Forgets a page. */
	delete(key: string): void {
		if (!this.#plain.delete(key)) this.#many.delete(key);
	}

	/** What all of it takes, in bytes. */
	get size(): number {
		return this.#plain.calculatedSize + this.#many.calculatedSize;
	}
}
