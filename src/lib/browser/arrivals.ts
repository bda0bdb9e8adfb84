import { counted } from '../format/counts.ts';
import type { LiveComment } from '../server/live/view.ts';
import * as bar from './bar.ts';
import * as current from './current.ts';
import { button, commentById, discussion } from './dom.ts';
import * as fresh from './fresh.ts';
import { place } from './replies.ts';
import * as settle from './settle.ts';
import * as walk from './walk.ts';

/** More than these are better read on a page of their own. */
const MOST_SHOWN = 20;

/** What has arrived and is not on the page, in the order of time. */
const arrived = new Map<string, LiveComment>();

function threadOf(root: string): HTMLElement | null {
	return document.querySelector<HTMLElement>(`.threads > [data-thread="${root}"]`);
}

/** Whether new threads belong on this page: at the top of the newest, else at the end of the last page. */
function takesThreads(): boolean {
	if (discussion()?.dataset.sort === 'newest') return !/[?&]cursor=/.test(location.search);
	return !document.querySelector('.discussion .pager-next');
}

function belongsHere({ root }: LiveComment): boolean {
	return threadOf(root) !== null || (takesThreads() && arrived.has(root));
}

function newest(): string {
	return `${discussion()!.dataset.live}?sort=newest&once#comments`;
}

/** Says what has arrived: what belongs here can be shown in its place, the rest is led to. */
function offer(): void {
	const items = [...arrived.values()];
	const here = items.filter(belongsHere);
	const elsewhere = items.filter((item) => !belongsHere(item));
	const parts: HTMLElement[] = [];
	if (here.length > MOST_SHOWN) {
		parts.push(bar.link(`${counted(here.length, 'new comment')}: read the newest`, newest()));
	} else if (here.length > 0) {
		const shows = button(counted(here.length, 'new comment'), 'live-show');
		shows.addEventListener('click', () => void showAll(shows));
		parts.push(shows);
	}
	if (elsewhere.length > 0) {
		const [{ id, root }] = elsewhere;
		const words = `${counted(elsewhere.length, 'new comment')} on another page`;
		parts.push(bar.link(words, id === root ? newest() : `/c/${id}`));
	}
	bar.show(...parts);
}

/** Makes a comment known that is not on the page. */
export function announce(item: LiveComment): void {
	arrived.set(item.id, item);
	offer();
}

/** Forgets one that was taken down before anybody saw it. */
export function withdraw(id: string): void {
	if (arrived.delete(id)) offer();
}

/** One's own that waited is not waiting any more. */
function leaveWaiting(id: string): void {
	const waiting = commentById(id);
	const list = waiting?.closest('.waiting');
	waiting?.remove();
	if (list && !list.querySelector('.comment')) list.remove();
}

/** The threads on the page, one more with this comment as its root. */
function placeRoot(root: HTMLElement): void {
	const threads = document.querySelector('.threads')!;
	const section = document.createElement('section');
	section.className = 'thread';
	section.dataset.thread = root.dataset.commentId;
	section.append(root);
	threads.querySelector('.empty')?.remove();
	if (discussion()!.dataset.sort === 'newest') threads.prepend(section);
	else threads.append(section);
}

/** Puts a comment in its place, after those that it answers as far as this page does not show them. */
function placeFrom(page: Document, id: string): HTMLElement | null {
	leaveWaiting(id);
	const comment = current.take(page, id);
	if (!comment) return null;
	const { parent } = comment.dataset;
	if (!parent) placeRoot(comment);
	else {
		if (!commentById(parent)) placeFrom(page, parent);
		const thread = page.querySelector<HTMLElement>('.thread')?.dataset.thread ?? '';
		const here = threadOf(thread);
		if (!here) return null;
		place(here, comment);
	}
	return comment;
}

async function show(item: LiveComment, pages: Document[]): Promise<HTMLElement | null> {
	// One that came with another's page is there as it was told to be.
	let page = pages.find((one) => one.getElementById(`c-${item.id}`));
	if (!page) {
		const fetched = await current.fetchTold(item);
		if (!fetched) return null;
		pages.push((page = fetched));
	}
	return placeFrom(page, item.id);
}

/** Fetches what has arrived, puts it in its place and goes to the first. */
async function showAll(shows: HTMLButtonElement): Promise<void> {
	if (shows.ariaBusy) return;
	shows.ariaBusy = 'true';
	const pages: Document[] = [];
	const shown: HTMLElement[] = [];
	for (const item of [...arrived.values()].filter(belongsHere)) {
		const comment = await show(item, pages);
		if (!comment) continue;
		arrived.delete(item.id);
		if (!comment.matches('.own')) fresh.mark(comment);
		shown.push(comment);
	}
	settle.comments();
	fresh.offer();
	offer();
	if (shown.length > 0) walk.to(shown[0]);
}
