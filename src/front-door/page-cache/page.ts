import { hash } from 'node:crypto';
import { log } from '../../lib/server/log.ts';
import { readTags, type Shown } from '../../lib/server/site/revisions.ts';
import { compress, unpack, type Encoding } from './encodings.ts';
import { ReadyHead } from './ready-head.ts';
import type { Rendering } from './rendering.ts';

// A shared cache in front may keep a page for the second that it may be old; browsers ask each time.
const CACHE_CONTROL = 'public, max-age=0, must-revalidate, s-maxage=1';
const VARY = 'Accept-Encoding, Cookie';
const STATUS = 'Cache-Status';
export const HIT = 'afterword; hit';
export const MISS = 'afterword; fwd=miss';

/** Headers that are ours to say, or belong to one connection. */
const LEFT_OUT = new Set([
	...['cache-control', 'vary', 'etag', 'content-length', 'x-request-id'],
	...['date', 'connection', 'keep-alive', 'transfer-encoding']
]);
/** What a 304 says. */
const OF_UNCHANGED = new Set(['cache-tag']);

/** Names and values in turn, as Node takes them. */
export type FlatHeaders = string[];

/** A page as it is sent in one encoding. */
export interface Variant {
	etag: string;
	headers: FlatHeaders;
	unchanged: FlatHeaders;
	/** The head of an answer with it from memory. */
	head: ReadyHead;
	body: Buffer;
}

/** What no two pages of one address share: what they show, and the checksum that SvelteKit's side made; else all of it. */
function nameOf({ headers, body }: Rendering): string | Buffer {
	const { etag, 'cache-tag': shown = '' } = headers;
	return etag === undefined ? body : `${shown} ${etag}`;
}

/** Whether an answer is the same for everybody. Whatever is doubtful is not. */
function isForAll({ status, headers }: Rendering): boolean {
	return (
		status === 200 &&
		headers['set-cookie'] === undefined &&
		!/private|no-store/.test(headers['cache-control'] ?? '') &&
		!headers['content-security-policy']?.includes("'nonce-")
	);
}

/** What is known of a page that was just made. */
type Facts = Pick<Page, 'shown' | 'renderedAt' | 'until' | 'version'>;

/** What holds of a finished page while it is kept. */
export class Page {
	readonly shown: Shown;
	/** When it was begun (Unix milliseconds): it shows everything that was committed before. */
	readonly renderedAt: number;
	/** When it stops to be true without anybody writing (Unix milliseconds). */
	readonly until: number;
	/** When it was last known to be true. */
	heldAt: number;
	/** The database's version at which it is known to be true; null where there is none. */
	version: number | null;
	/** Renderings of its address in this second, which began at `from`. */
	pace: { from: number; count: number };
	#common: FlatHeaders;
	#commonUnchanged: FlatHeaders;
	#hash: string;
	#variants: Partial<Record<Encoding, Variant>> = {};
	#making: Partial<Record<Encoding, Promise<void>>> = {};

	constructor(rendering: Rendering, facts: Facts, pace: Page['pace']) {
		this.shown = facts.shown;
		this.renderedAt = this.heldAt = facts.renderedAt;
		this.until = facts.until;
		this.version = facts.version;
		this.pace = pace;
		const own = [STATUS, HIT, 'Cache-Control', CACHE_CONTROL, 'Vary', VARY];
		const given = Object.entries(rendering.headers).filter(([name]) => !LEFT_OUT.has(name));
		this.#common = [...own, ...given.flat()];
		const unchanged = given.filter(([name]) => OF_UNCHANGED.has(name));
		this.#commonUnchanged = [...own, ...unchanged.flat()];
		this.#hash = hash('sha256', nameOf(rendering), 'base64url').slice(0, 22);
		this.#add('identity', rendering.body);
	}

	/** Makes a page of an answer; null for one that is not for all, or does not say what it shows. */
	static of(
		rendering: Rendering,
		facts: Omit<Facts, 'shown'> & { history: [thing: string, revision: number] },
		pace: Page['pace']
	): Page | null {
		const tags = isForAll(rendering) ? readTags(rendering.headers['cache-tag'] ?? '') : null;
		const shown = tags && new Map([...tags, facts.history]);
		return shown && new Page(rendering, { ...facts, shown }, pace);
	}

	/** What it takes in memory, in bytes, about. */
	get size(): number {
		const variants = Object.values(this.#variants);
		const bodies = variants.reduce((sum, { body }) => sum + body.length, 0);
		const headers = this.#common.reduce((sum, part) => sum + part.length, 0);
		return bodies + (variants.length * 3 + 1) * headers * 2 + this.shown.size * 120 + 1000;
	}

	/** The shortest variant that is taken, or gzip while that is being made; null where neither is ready. */
	ready(accepted: readonly Encoding[]): Variant | null {
		const shortest = this.#variants[accepted[0]];
		return shortest ?? (accepted[1] === 'gzip' ? (this.#variants.gzip ?? null) : null);
	}

	/**
	 * A compressed variant where that is taken: gzip is quick and waited for, Brotli is made for pages that
	 * are asked for again, and sent once it is there. @param onChanged called when it takes more or less memory
	 */
	async make(accepted: readonly Encoding[], onChanged: () => void): Promise<Variant> {
		const quick = accepted.includes('gzip') ? 'gzip' : accepted[0];
		if (quick !== 'identity') await this.#compress(quick, onChanged);
		if (!this.#variants[quick]) await this.#unpack(onChanged);
		return (this.#variants[quick] ?? this.#variants.identity)!;
	}

	/** Makes what is taken and not there yet, for those who come next. */
	improve(accepted: readonly Encoding[], onChanged: () => void): void {
		if (accepted[0] === 'br' && !this.#variants.br) void this.#compress('br', onChanged);
	}

	/** The page as it is; from its gzip where that is all there is. */
	async #plain(): Promise<Buffer> {
		return this.#variants.identity?.body ?? unpack(this.#variants.gzip!.body);
	}

	#compress(encoding: 'br' | 'gzip', onChanged: () => void): Promise<void> {
		return (this.#making[encoding] ??= this.#plain()
			.then((plain) => compress(encoding, plain))
			.then(
				(body) => {
					this.#add(encoding, body);
					// Hardly anybody takes it, and it is three times as long as all the others.
					if (encoding === 'gzip') delete this.#variants.identity;
					onChanged();
				},
				// It is sent as it is.
				(error: unknown) => log('error', 'page.not-compressed', { message: String(error) })
			));
	}

	/** Has the page as it is again, and keeps it from now on: somebody asks for it so. */
	async #unpack(onChanged: () => void): Promise<void> {
		this.#add('identity', await this.#plain());
		onChanged();
	}

	#add(encoding: Encoding, body: Buffer): void {
		const isPlain = encoding === 'identity';
		const etag = `"${this.#hash}${isPlain ? '' : `-${encoding}`}"`;
		const headers = [...this.#common, 'ETag', etag, 'Content-Length', String(body.length)];
		if (!isPlain) headers.push('Content-Encoding', encoding);
		const unchanged = [...this.#commonUnchanged, 'ETag', etag];
		const head = new ReadyHead(200, headers);
		this.#variants[encoding] = { etag, headers, unchanged, head, body };
	}

	/** Whether a browser has this page already, in whichever encoding: what `If-None-Match` says. */
	isHad(ifNoneMatch: string): boolean {
		return ifNoneMatch.trim() === '*' || ifNoneMatch.includes(`"${this.#hash}`);
	}
}
