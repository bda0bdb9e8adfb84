import { ID_LENGTH } from '../ids.ts';

// Beside its bytes: the object that they belong to, its key, and the place where it is kept. Measured.
const PER_PIECE = 450;

type Piece = Buffer<ArrayBuffer>;

/** Copies of pieces in memory of their own: as parts of what was rendered with them they would keep all of that. */
function copied(pieces: [key: string, piece: Piece][]): [key: string, piece: Piece][] {
	const bytes = pieces.reduce((sum, [, piece]) => sum + piece.length, 0);
	const together = Buffer.allocUnsafeSlow(bytes);
	let at = 0;
	return pieces.map(([key, piece]) => [
		key,
		together.subarray(at, (at += piece.copy(together, at)))
	]);
}

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

	/** Takes over the pieces of these comments, with whose ids their keys begin. */
	carryOver(from: Fragments, comments: ReadonlySet<string>): void {
		const same = [...from.#pieces].filter(([key]) => comments.has(key.slice(0, ID_LENGTH)));
		this.add(copied(same));
	}
}
