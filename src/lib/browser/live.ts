import type { CommentingEvent, CommentsEvent } from '../server/live/view.ts';
import { counted } from '../format/counts.ts';
import * as amend from './amend.ts';
import * as arrivals from './arrivals.ts';
import * as bar from './bar.ts';
import * as commenting from './commenting.ts';
import { commentById, discussion } from './dom.ts';

/** A tab that nobody looks at gives its connection back after this: a browser has few of them for a site. */
const HIDDEN_MS = 10_000;
/** Who was turned away asks again after this and as much again by chance. */
const TURNED_AWAY_MS = 30_000;

let source: EventSource | null = null;
let since: string;
let waiting: ReturnType<typeof setTimeout>;

function dataOf<Data>({ data, lastEventId }: MessageEvent<string>): Data {
	if (lastEventId) since = lastEventId;
	return JSON.parse(data) as Data;
}

function showCount(count: number): void {
	const title = document.querySelector('#comments-title');
	if (title && document.querySelector('.threads')) title.textContent = counted(count, 'comment');
}

function onComments({ count, items }: CommentsEvent): void {
	showCount(count);
	for (const item of items) {
		const here = commentById(item.id);
		// One's own that waited stands elsewhere until now.
		if (here?.closest('.threads')) amend.comment(item);
		else if (item.isNew) arrivals.announce(item);
		else arrivals.withdraw(item.id);
		amend.quotesOf(item);
	}
}

function close(): void {
	clearTimeout(waiting);
	source?.close();
	source = null;
}

function open(): void {
	clearTimeout(waiting);
	if (source) return;
	source = new EventSource(`${discussion()!.dataset.live}/live?since=${since}`);
	source.addEventListener('comments', (event) => onComments(dataOf<CommentsEvent>(event)));
	source.addEventListener('commenting', (event) => {
		commenting.change(dataOf<CommentingEvent>(event));
	});
	source.addEventListener('reset', (event) => {
		dataOf(event);
		bar.say('Much has changed here.', 'Read the page again', location.href);
	});
	source.addEventListener('gone', () => {
		close();
		bar.say('This article has been withdrawn.');
	});
	source.addEventListener('error', () => {
		// Otherwise the browser comes back by itself, and says up to where it has heard.
		if (source?.readyState !== EventSource.CLOSED) return;
		close();
		waiting = setTimeout(open, TURNED_AWAY_MS * (1 + Math.random()));
	});
}

/** Listens, while somebody looks at the page, to what changes in its discussion. */
export function start(): void {
	const here = discussion();
	if (!here) return;
	since = here.dataset.moment!;
	const follow = () => {
		clearTimeout(waiting);
		if (document.hidden) waiting = setTimeout(close, HIDDEN_MS);
		else open();
	};
	document.addEventListener('visibilitychange', follow);
	addEventListener('pagehide', close);
	addEventListener('pageshow', follow);
	if (!document.hidden) open();
}
