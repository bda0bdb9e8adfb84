import type { IncomingMessage, ServerResponse } from 'node:http';
import { acceptedBy } from './encodings.ts';
import { HIT, MISS, type FlatHeaders, type Page, type Variant } from './page.ts';
import { sendReady, takesReadyHead } from './ready-head.ts';
import type { Rendering } from './rendering.ts';

const CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date']);

function named(headers: FlatHeaders, { id, isHit }: Sending): FlatHeaders {
	const all = [...headers];
	if (id !== null) all.push('X-Request-Id', id);
	if (!isHit) all[all.indexOf(HIT)] = MISS;
	return all;
}

function sendVariant(page: Page, variant: Variant, sending: Sending): void {
	const { request, response } = sending;
	const condition = request.headers['if-none-match'];
	if (condition !== undefined && page.isHad(condition)) {
		response.writeHead(304, named(variant.unchanged, sending)).end();
		return;
	}
	const body = request.method === 'HEAD' ? undefined : variant.body;
	if (sending.id === null && takesReadyHead(request, response))
		sendReady(response, variant.head, body);
	else response.writeHead(200, named(variant.headers, sending)).end(body);
}

/** Where a page is sent. */
export interface Sending {
	request: IncomingMessage;
	response: ServerResponse;
	/** What logs call the request; null for one that no log tells of. */
	id: string | null;
	/** Whether it was kept already. */
	isHit: boolean;
}

/** Sends a page, at once if what the reader takes is ready. */
export function sendPage(page: Page, sending: Sending, onChanged: () => void): void {
	const accepted = acceptedBy(sending.request.headers['accept-encoding']);
	if (sending.isHit) page.improve(accepted, onChanged);
	const ready = page.ready(accepted);
	if (ready) return sendVariant(page, ready, sending);
	void page.make(accepted, onChanged).then(
		(variant) => sendVariant(page, variant, sending),
		() => sending.response.destroy()
	);
}

/** Sends an answer that is not kept, to the one who asked for it. */
export function sendRendering(
	{ status, headers, cookies = [], body }: Rendering,
	{ request, response, id }: Sending & { id: string }
): void {
	for (const [name, value] of Object.entries(headers)) {
		if (!CONNECTION.has(name)) response.setHeader(name, value);
	}
	if (cookies.length > 0) response.setHeader('Set-Cookie', cookies);
	response.setHeader('X-Request-Id', id);
	response.setHeader('Content-Length', body.length);
	response.writeHead(status);
	response.end(request.method === 'HEAD' ? undefined : body);
}
