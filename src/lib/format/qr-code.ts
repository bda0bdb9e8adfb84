import { encode } from 'uqr';

/** A QR code to be drawn as one SVG path of unit squares; `size` is its side, with a quiet zone. */
export interface QrCode {
	size: number;
	path: string;
}

// What the standard asks for around it.
const QUIET = 4;

/** The QR code of a text. */
export function qrCode(text: string): QrCode {
	const { data, size } = encode(text, { border: QUIET });
	const squares = data.flatMap((row, y) =>
		row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))
	);
	return { size, path: squares.join('') };
}
