/** A mail as a reader's program understands it. */
export interface Message {
	/** Name and value of each header as it was sent, unfolded but not decoded, in order. */
	headers: [name: string, value: string][];
	/** A header decoded; '' without it. */
	header(name: string): string;
	text: string;
	html: string;
}

interface Part {
	headers: Message['headers'];
	body: string;
}

function split(raw: string): Part {
	const end = raw.indexOf('\r\n\r\n');
	const lines = raw
		.slice(0, end)
		.replace(/\r\n[ \t]+/g, ' ')
		.split('\r\n');
	const headers = lines.map((line): [string, string] => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
	});
	return { headers, body: raw.slice(end + 4) };
}

function valueOf({ headers }: Pick<Part, 'headers'>, name: string): string {
	return headers.find(([own]) => own === name.toLowerCase())?.[1] ?? '';
}

function bytesOf(encoding: string, text: string): Buffer {
	if (/^b(ase64)?$/i.test(encoding)) return Buffer.from(text, 'base64');
	if (!/^q(uoted-printable)?$/i.test(encoding)) return Buffer.from(text, 'latin1');
	const joined = text.replace(/=\r\n/g, '');
	const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
		String.fromCharCode(parseInt(hex, 16))
	);
	return Buffer.from(bytes, 'latin1');
}

/** RFC 2047: words that are not ASCII. */
function decodeWords(value: string): string {
	return value
		.replace(/\?=\s+=\?/g, '?==?')
		.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, text: string) =>
			bytesOf(encoding, text.replaceAll('_', ' ')).toString('utf8')
		);
}

function bodyOf(part: Part): string {
	const bytes = bytesOf(valueOf(part, 'content-transfer-encoding'), part.body);
	return bytes.toString('utf8').replaceAll('\r\n', '\n');
}

/** Reads a message of plain text and HTML, given as its bytes. */
export function readMessage(raw: string): Message {
	const whole = split(raw);
	const boundary = /boundary="([^"]+)"/.exec(valueOf(whole, 'content-type'))?.[1] ?? '';
	const parts = whole.body.split(`--${boundary}`).slice(1, -1);
	const read = (type: string) => {
		const found = parts
			.map((part) => split(part.replace(/^\r\n/, '').replace(/\r\n$/, '')))
			.find((part) => valueOf(part, 'content-type').startsWith(type));
		return found ? bodyOf(found) : '';
	};
	return {
		headers: whole.headers,
		header: (name) => decodeWords(valueOf(whole, name)),
		text: read('text/plain'),
		html: read('text/html')
	};
}
