import type { IncomingMessage, ServerResponse } from 'node:http';
import { now, time } from '../../lib/server/clock.ts';
import { stackOf } from '../../lib/server/faults.ts';
import { log } from '../../lib/server/log.ts';
import type { Revisions } from '../../lib/server/site/revisions.ts';
import { KEPT, type Visit } from '../../lib/server/monitoring/visits.ts';
import { readAddress, type Address } from './address.ts';
import { readGuest, type Guest } from './guest.ts';
import { Page } from './page.ts';
import type { Render, Rendering } from './rendering.ts';
import { sendPage, sendRendering } from './sending.ts';
import { Store } from './store.ts';

// A page as old as this may be sent while the database does not answer, and in a storm of changes.
const OLDEST_MS = 1000;
// Changes of one page that are shown at once in a second; in a storm of more, the next second shows them.
const STORM = 20;
const SECOND_MS = 1000;

/** What says whether a page is true. */
export type Truth = Pick<
	Revisions,
	'version' | 'recentVersion' | 'isExact' | 'history' | 'stand' | 'hold' | 'nextDue'
>;

/** One page for all, as it is asked for. */
interface Wanted {
	key: string;
	address: Address;
	guest: Guest;
	/** Whether the database is to be asked: who was told of a change elsewhere must not miss it here. */
	isSure: boolean;
}

interface UnderWay {
	/** Its number in the order of questions: it shows all that was committed before those with a higher one. */
	began: number;
	result: Promise<Page | Rendering>;
}

/** A request at the door. */
interface Caller {
	request: IncomingMessage;
	response: ServerResponse;
	visit: Visit;
	/** Goes on to SvelteKit, where no kept page answers. */
	passOn(): void;
}

/** Whether a request takes nothing that was not asked for (RFC 9111, 5.2.1.4). */
function wantsSure({ headers }: IncomingMessage): boolean {
	return headers['cache-control']?.includes('no-cache') ?? false;
}

/** What the database says, or null while it does not answer. */
function orNull(ask: () => number | null): number | null {
	try {
		return ask();
	} catch {
		return null;
	}
}

function isStormy({ pace }: Page): boolean {
	return pace.count >= STORM && Date.now() - pace.from < SECOND_MS;
}

function nextPace(last: Page | undefined): Page['pace'] {
	const at = Date.now();
	if (!last || at - last.pace.from >= SECOND_MS) return { from: at, count: 1 };
	return { from: last.pace.from, count: last.pace.count + 1 };
}

/**
 * Finished pages of guests, in front of SvelteKit. A page is sent only while what it shows has the
 * revisions that it was made at, as the database says or has told, so nothing has to be purged, on any number
 * of processes. Many who ask for one page at once have it made once. It is kept from the second time on that it
 * is asked for: what nobody asks for again costs a quarter more when it is kept.
 */
export class PageCache {
	#render: Render;
	#store: Store;
	#revisions: Truth;
	#underWay = new Map<string, UnderWay>();
	#asked = 0;

	constructor(revisions: Truth, render: Render, bytes: number) {
		this.#revisions = revisions;
		this.#render = render;
		this.#store = new Store(bytes);
	}

	/** What the pages take in memory, in bytes. */
	get size(): number {
		return this.#store.size;
	}

	/**
	 * Sends a page that is kept under the very address and known to be true, as most requests want it. Nothing is told of such
	 * a request, so it has no id.
	 * @returns false where there is more to be found out.
	 */
	sendKept(request: IncomingMessage, response: ServerResponse): boolean {
		const { url = '' } = request;
		const page = this.#store.get(url);
		if (!page || !this.#isCurrent(page, this.#recentVersion()) || wantsSure(request)) return false;
		const guest = readGuest(request);
		if (guest === null || guest.sort !== null) return false;
		this.#send(page, url, { request, response, id: null, isHit: true });
		return true;
	}

	/**
	 * Answers a request for a public page of a guest's. Takes what no page knows out of the address of
	 * every request for one, whoever asks.
	 * @returns false where it is for SvelteKit to answer.
	 */
	answer(caller: Caller): boolean {
		const { request } = caller;
		const { method, url = '' } = request;
		if (method !== 'GET' && method !== 'HEAD') return false;
		const address = readAddress(url);
		if (!address) return false;
		request.url = address.target;
		const guest = address.isKept ? readGuest(request) : null;
		if (!guest) return false;
		const sort = address.route.isSorted ? guest.sort : null;
		const key = sort === null ? address.target : `${address.target} ${sort}`;
		const isSure = wantsSure(request);
		void this.#find({ key, address, guest: { sort }, isSure }, caller);
		return true;
	}

	async #find(wanted: Wanted, caller: Caller): Promise<void> {
		const { request, response, visit, passOn } = caller;
		try {
			const kept = this.#store.get(wanted.key);
			const isHit = kept !== undefined && (await this.#maySend(kept, wanted.isSure));
			const found = isHit ? kept : await this.#made(wanted);
			if (response.destroyed) return;
			const sending = { request, response, id: visit.id, isHit };
			if (isHit) visit.route = KEPT;
			if (found === null) passOn();
			else if (found instanceof Page) this.#send(found, wanted.key, sending);
			else sendRendering(found, sending);
		} catch (error) {
			log('error', 'page.failed', { stack: stackOf(error) });
			if (!response.headersSent) passOn();
		}
	}

	#send(page: Page, key: string, sending: Parameters<typeof sendPage>[1]): void {
		sendPage(page, sending, () => this.#store.recount(key, page));
	}

	/** Whether a page is known to be true at a version, without asking. */
	#isCurrent(page: Page, version: number | null): boolean {
		if (page.version === null || time() >= page.until) return false;
		if (page.version === version) return true;
		if (version === null || !this.#revisions.stand(page.shown, page.version)) return false;
		page.version = version;
		return true;
	}

	/** The database's version; null where it is not known. */
	#version(): number | null {
		return orNull(() => this.#revisions.version());
	}

	/** The same, perhaps of a moment ago. */
	#recentVersion(): number | null {
		return orNull(() => this.#revisions.recentVersion());
	}

	/** Whether a page is known to be true, for who wants to be sure or for anybody. */
	#isKnown(page: Page, isSure: boolean): boolean {
		if (!isSure) return this.#isCurrent(page, this.#recentVersion());
		return this.#revisions.isExact && this.#isCurrent(page, this.#version());
	}

	/** Whether a page shows what is so now. @throws what the database throws */
	async #holds(page: Page, isSure: boolean): Promise<boolean> {
		if (this.#isKnown(page, isSure)) return true;
		const at = time();
		if (at >= page.until) return false;
		const version = this.#version();
		if (!(await this.#revisions.hold(page.shown))) return false;
		page.version = version;
		page.heldAt = at;
		return true;
	}

	/** Whether a kept page may be sent: it holds, or nothing better can be had within its second. */
	async #maySend(page: Page, isSure: boolean): Promise<boolean> {
		try {
			if (await this.#holds(page, isSure)) return true;
			return isStormy(page) && time() - page.renderedAt < OLDEST_MS;
		} catch {
			return time() - page.heldAt < OLDEST_MS;
		}
	}

	/**
	 * The page as it is made now: begun after this was asked, or found to hold after that. Null where it
	 * is not for all: then everybody asks for themselves.
	 */
	async #made(wanted: Wanted): Promise<Page | Rendering | null> {
		const asked = ++this.#asked;
		this.#store.count(wanted.key);
		for (;;) {
			const underWay = this.#underWay.get(wanted.key);
			if (!underWay) return this.#make(wanted);
			const page = await underWay.result;
			if (!(page instanceof Page)) return null;
			if (underWay.began >= asked || (await this.#maySend(page, wanted.isSure))) return page;
		}
	}

	#make(wanted: Wanted): Promise<Page | Rendering> {
		const result = this.#renderPage(wanted).finally(() => this.#underWay.delete(wanted.key));
		this.#underWay.set(wanted.key, { began: this.#asked, result });
		return result;
	}

	async #renderPage({ key, address, guest }: Wanted): Promise<Page | Rendering> {
		const version = this.#version();
		const history = this.#revisions.history();
		const at = now();
		const pace = nextPace(this.#store.get(key));
		const rendering = await this.#render(address.target, guest);
		const due = await this.#revisions.nextDue(at);
		const until = due?.getTime() ?? Infinity;
		const facts = { renderedAt: at.getTime(), until, version, history };
		const page = Page.of(rendering, facts, pace);
		const isOfMany = address.route.hasManyNames ?? address.target.includes('?');
		if (!page) this.#store.delete(key);
		else if (this.#store.isWanted(key)) this.#store.set(key, page, isOfMany);
		return page ?? rendering;
	}
}
