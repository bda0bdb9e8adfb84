// Beside its bytes: the object that they belong to, its key, and the place where it is kept. Measured.
const PER_PIECE = 450;

/** Rendered pieces of pages by what tells them apart, within a bound of their number. */
export class Fragments {
	#pieces = new Map<string, Buffer<ArrayBuffer>>();
	#most: number;
	#changed: () => void;
	#bytes = 0;

	/** @param changed is called when they take more memory than before, or less */
	constructor(most: number, changed: () => void = () => {}) {
		this.#most = most;
		this.#changed = changed;
	}

	/** What they take in memory, in bytes. */
	get size(): number {
		return this.#bytes + this.#pieces.size * PER_PIECE;
	}

	get(key: string): Buffer<ArrayBuffer> | undefined {
		return this.#pieces.get(key);
	}

	/** Keeps pieces, of memory of their own; those before them go when they are too many. */
	add(pieces: [key: string, piece: Buffer<ArrayBuffer>][]): void {
		if (pieces.length === 0) return;
		if (this.#pieces.size + pieces.length > this.#most) {
			this.#pieces.clear();
			this.#bytes = 0;
		}
		for (const [key, piece] of pieces.slice(0, this.#most)) {
			// Two pages that are made at once have the same pieces.
			this.#bytes += piece.length - (this.#pieces.get(key)?.length ?? 0);
			this.#pieces.set(key, piece);
		}
		this.#changed();
	}
}
