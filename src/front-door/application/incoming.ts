import type { IncomingMessage } from 'node:http';

/** A body that is longer than we take. */
class TooLarge extends Error {
	readonly status = 413;
}

/** The bytes of a body. @throws {TooLarge} above `limit` bytes, or an error where the connection breaks off */
function read(from: IncomingMessage, limit: number): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		// Nothing more would be heard of it.
		if (from.destroyed || from.readableEnded) return reject(new Error('There is no more body.'));
		if (Number(from.headers['content-length']) > limit) return reject(new TooLarge());
		const chunks: Buffer[] = [];
		let size = 0;
		const take = (chunk: Buffer) => {
			size += chunk.length;
			chunks.push(chunk);
			if (size <= limit) return;
			// What follows is read and goes nowhere.
			from.off('data', take).resume();
			reject(new TooLarge());
		};
		from.on('data', take);
		from.once('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
		from.once('close', () => reject(new Error('The connection ended before the body did.')));
	});
}

/**
 * A request as SvelteKit takes it. Its body comes straight from the connection to whoever wants all of it:
 * the streams of the web between the two cost as much as storing a comment.
 */
export class Incoming extends Request {
	readonly #from: IncomingMessage;
	readonly #limit: number;

	/** @param limit of the body, in bytes. @throws {TypeError} for an address that is none */
	constructor(from: IncomingMessage, origin: string, limit: number) {
		super(origin + from.url, {
			method: from.method,
			headers: Object.entries(from.headers) as [string, string][]
		});
		this.#from = from;
		this.#limit = limit;
	}

	/** The whole body. @throws an error of status 413 when it is too long, or one when it breaks off */
	override async arrayBuffer(): Promise<ArrayBuffer> {
		const bytes = await read(this.#from, this.#limit);
		return new Uint8Array(bytes).buffer;
	}

	/** The body as text. @throws as `arrayBuffer` */
	override async text(): Promise<string> {
		return new TextDecoder().decode(await this.arrayBuffer());
	}

	/** The body as JSON. @throws as `arrayBuffer`, or {SyntaxError} */
	override async json(): Promise<unknown> {
		return JSON.parse(await this.text()) as unknown;
	}

	/** The body as a form. @throws as `arrayBuffer`, or {TypeError} for what is none */
	override async formData(): Promise<FormData> {
		const headers = { 'content-type': this.headers.get('content-type') ?? '' };
		return new Response(await this.arrayBuffer(), { headers }).formData();
	}
}
