import { randomUUID } from 'node:crypto';

// What people write cannot know it, beside that no HTML of theirs gets into a page.
const NONCE = randomUUID();
type Piece = Buffer<ArrayBuffer>;

const MARK = new RegExp(`<!--${NONCE} (\\d+)-->`);

/**
 * Pieces of a page that are bytes already. Svelte writes a mark where each stands, and they are put in
 * when it is done: a page of comments is text that need not be joined and encoded again.
 */
export class Pieces {
	#pieces: Piece[] = [];

	/** Takes a piece. @returns the HTML that stands for it */
	mark(piece: Piece): string {
		return `<!--${NONCE} ${this.#pieces.push(piece) - 1}-->`;
	}

	/** The finished page as bytes. */
	join(html: string): Piece {
		if (this.#pieces.length === 0) return Buffer.from(html);
		// Text and numbers of pieces in turn.
		const parts = html.split(MARK);
		return Buffer.concat(
			parts.map((part, index) => (index % 2 === 0 ? Buffer.from(part) : this.#pieces[Number(part)]))
		);
	}
}
