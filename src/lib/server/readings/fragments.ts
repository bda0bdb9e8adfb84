import { ID_LENGTH } from '../ids.ts';

/** Rendered pieces of pages by what tells them apart, within a bound of their number. */
export class Fragments {
	#pieces = new Map<string, Buffer<ArrayBuffer>>();
	#most: number;

	constructor(most: number) {
		this.#most = most;
	}

	get(key: string): Buffer<ArrayBuffer> | undefined {
		return this.#pieces.get(key);
	}

	/** Keeps a piece; those before it go when they are too many. */
	set(key: string, piece: Buffer<ArrayBuffer>): void {
		if (this.#pieces.size >= this.#most) this.#pieces.clear();
		this.#pieces.set(key, piece);
	}

	/** Takes over the pieces of these comments, with whose ids their keys begin. */
	carryOver(from: Fragments, comments: ReadonlySet<string>): void {
		for (const [key, piece] of from.#pieces) {
			if (comments.has(key.slice(0, ID_LENGTH))) this.set(key, piece);
		}
	}
}
