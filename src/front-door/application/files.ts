import type { ReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

// Their names change with what is in them.
const IMMUTABLE = 'public,max-age=31536000,immutable';

/** Sends the file that is asked for, compressed where that is taken; calls `otherwise` where there is none. */
export type SendFile = (
	request: IncomingMessage,
	response: ServerResponse,
	otherwise: () => void
) => void;

/**
 * Closes a file when the answer that it goes to is over, however that ends, and breaks the answer off when the
 * file cannot be read. Left to itself each reader who goes away leaves it open, and an error ends the process.
 */
function endTogether(file: ReadStream, response: ServerResponse): void {
	file.once('error', () => response.destroy());
	if (response.destroyed) file.destroy();
	else response.once('close', () => file.destroy());
}

/** Makes what sends the files that are in a directory now; those under `immutable` are never asked for again. */
export function sender(directory: string, immutable: string): SendFile {
	const send = sirv(directory, {
		etag: true,
		gzip: true,
		brotli: true,
		setHeaders(response, path) {
			if (path.startsWith(immutable)) response.setHeader('Cache-Control', IMMUTABLE);
		}
	});
	return (request, response, otherwise) => {
		response.once('pipe', (file: ReadStream) => endTogether(file, response));
		send(request, response, otherwise);
	};
}
