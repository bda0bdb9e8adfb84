import { createRequire } from 'node:module';
import type Sharp from 'sharp';
import { invalid } from '../refusal.ts';

/** Pixels of a side. */
const SIDE = 256;
// A telephone's camera has fewer; a small file can claim a billion, which would fill the memory.
const MOST_PIXELS = 50_000_000;
const SECONDS = 5;
const QUALITY = 80;

/** How files of the formats that are taken begin; nothing else reaches a decoder. */
const BEGINNINGS: readonly RegExp[] = [/^\xff\xd8\xff/, /^\x89PNG\r\n\x1a\n/, /^RIFF[^]{4}WEBP/];

/** The library that makes pictures anew; it is not there on every machine. @throws if it cannot be loaded */
export function library(): typeof Sharp {
	return createRequire(import.meta.url)('sharp') as typeof Sharp;
}

function unreadable() {
	return invalid(
		'picture',
		'Please choose a picture that is a JPEG, PNG or WebP and not larger than 50 megapixels.',
		'picture'
	);
}

/**
 * Makes a picture anew: 256 pixels square, WebP, the right way up and without what the file said of
 * its place, camera and owner.
 * @throws {Refusal} 422, field `picture`, for what is no picture of these formats, or too large.
 */
export async function remake(bytes: Uint8Array): Promise<Buffer> {
	const beginning = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
	if (!BEGINNINGS.some((pattern) => pattern.test(beginning))) throw unreadable();
	try {
		return await library()(bytes, { limitInputPixels: MOST_PIXELS, pages: 1 })
			.autoOrient()
			.resize(SIDE, SIDE, { fit: 'cover' })
			.webp({ quality: QUALITY })
			.timeout({ seconds: SECONDS })
			.toBuffer();
	} catch {
		throw unreadable();
	}
}
