import type { LiveComment } from '../server/live/view.ts';
import * as current from './current.ts';
import { commentById, commentOf, pause } from './dom.ts';
import * as fold from './fold.ts';
import * as fresh from './fresh.ts';
import * as settle from './settle.ts';

/** A thousand readers do not ask in the same moment: each waits up to so long (milliseconds). */
const SPREAD = 800;
/** How often it is asked whether the reader still needs a comment as it is (milliseconds). */
const BUSY = 1000;
const WITHDRAWN = '.threads .quote > .said:not(:has(a))';

/** What is being fetched, as it was last told. */
const told = new Map<string, LiveComment>();

/** Whether the reader does something with a comment that its replacement would break off. */
function isInUse(comment: HTMLElement): boolean {
	const { activeElement } = document;
	if (activeElement !== comment && comment.contains(activeElement)) return true;
	if (comment.querySelector('details[open]')) return true;
	const selection = getSelection();
	return selection !== null && !selection.isCollapsed && selection.containsNode(comment, true);
}

/** Lets the page change without moving what the reader sees, in browsers that do not see to it. */
function inPlace(comment: HTMLElement, act: () => void): void {
	const below = comment.getBoundingClientRect().bottom;
	act();
	if (CSS.supports('overflow-anchor', 'auto') || below > 0) return;
	scrollBy(0, comment.getBoundingClientRect().bottom - below);
}

/** Shows a comment as another page has it; what is folded or marked here stays so. */
function replace(old: HTMLElement, now: HTMLElement): void {
	const button = old.querySelector('.fold');
	const isNew =
		old.matches('.fresh') || (old.matches(':has(> .tombstone)') && !old.matches('.own'));
	if (old.matches('.folded') && !now.querySelector('.permalink')) fold.toggle(old);
	old.dataset.status = now.dataset.status;
	// What was taken down is no comment on its article any more, to programs either.
	if (now.dataset.status !== 'published') old.removeAttribute('itemprop');
	if (now.dataset.revision) old.dataset.revision = now.dataset.revision;
	old.toggleAttribute('data-folded', 'folded' in now.dataset);
	old.toggleAttribute('data-picked', now.hasAttribute('data-picked'));
	old.replaceChildren(...now.childNodes);
	if (button) old.querySelector('.permalink')?.before(button);
	old.classList.remove('fresh');
	if (isNew) fresh.mark(old);
	fresh.offer();
	settle.comments();
}

async function whenFree(comment: HTMLElement, act: () => void): Promise<void> {
	while (isInUse(comment)) await pause(BUSY);
	if (comment.isConnected) inPlace(comment, act);
}

async function update(id: string): Promise<void> {
	await pause(Math.random() * SPREAD);
	const wanted = told.get(id)!;
	told.delete(id);
	const old = commentById(id);
	if (!old || current.isAsTold(old, wanted)) return;
	const page = await current.fetchTold(wanted);
	const now = page && current.take(page, id);
	if (now) await whenFree(old, () => replace(old, now));
}

/** Shows a comment on this page as it is told to be now. */
export function comment(change: LiveComment): void {
	const isUnderWay = told.has(change.id);
	told.set(change.id, change);
	if (!isUnderWay) void update(change.id);
}

/** Shows a comment anew that quotes another one, which was withdrawn or not. */
async function refresh(old: HTMLElement, quoted: LiveComment): Promise<void> {
	const isThere = quoted.status === 'published';
	const id = old.dataset.commentId!;
	// Of words that are there a page does not say whether they are the newest: it is asked a second later.
	await pause(isThere ? SPREAD * (1 + Math.random()) : SPREAD * Math.random());
	const page = await current.fetchWhen(`/c/${id}`, (one) => {
		const comment = one.getElementById(`c-${id}`);
		return isThere || !comment?.querySelector(`.said a[href="/c/${quoted.id}"]`);
	});
	const now = page && current.take(page, id);
	if (now && old.isConnected) await whenFree(old, () => replace(old, now));
}

/** Shows anew the comments on this page that quote one which changed, or may have its words back. */
export function quotesOf(quoted: LiveComment): void {
	const lines = [...document.querySelectorAll(`.threads .said a[href="/c/${quoted.id}"]`)];
	if (quoted.status === 'published') lines.push(...document.querySelectorAll(WITHDRAWN));
	for (const quoting of new Set(lines.map(commentOf))) {
		if (quoting) void refresh(quoting, quoted);
	}
}
