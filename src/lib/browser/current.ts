import type { LiveComment } from '../server/live/view.ts';
import { fetchPage, pause } from './dom.ts';

// A kept page may be a second old; then it is asked for again.
const TRIES = 4;
const AGAIN_MS = 700;

/** Whether an element shows a comment as it was told to be, or as it became later. */
export function isAsTold(comment: HTMLElement, told: LiveComment): boolean {
	const { status, revision = '1', picked } = comment.dataset;
	const isPicked = picked !== undefined;
	return status === told.status && isPicked === told.picked && Number(revision) >= told.revision;
}

/** A page that passes, as soon as there is one; null when there is none. */
export async function fetchWhen(
	url: string,
	passes: (page: Document) => boolean
): Promise<Document | null> {
	for (let tries = 0; tries < TRIES; tries++) {
		if (tries > 0) await pause(AGAIN_MS);
		const page = await fetchPage(url).catch(() => null);
		if (page && passes(page)) return page;
	}
	return null;
}

/** The element of a comment on another page, without what that page alone says of it. */
export function take(page: Document, id: string): HTMLElement | null {
	const comment = page.getElementById(`c-${id}`);
	comment?.classList.remove('addressed');
	comment?.removeAttribute('autofocus');
	return comment;
}

/** A comment's page that shows it as told. */
export function fetchTold(told: LiveComment): Promise<Document | null> {
	return fetchWhen(`/c/${told.id}`, (page) => {
		const comment = page.getElementById(`c-${told.id}`);
		return comment !== null && isAsTold(comment, told);
	});
}
