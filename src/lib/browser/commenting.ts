import type { CommentingEvent } from '../server/live/view.ts';
import * as bar from './bar.ts';
import { parentOf, replyTo, textOf } from './composer.ts';
import { fetchWhen } from './current.ts';
import { commentById, discussion, pause } from './dom.ts';
import * as formatting from './formatting.ts';
import * as settle from './settle.ts';

/** A thousand readers do not ask in the same moment: each waits up to so long (milliseconds). */
const SPREAD = 800;
const FORM = 'form.composer[data-place]';
/** The parts that say what can be done here, in the order in which they stand under the head. */
const NOTICES = [
	...['.commenting-notice', '.discussion-message', '.author-here', '.sign-in-first']
];
/** What is there only while comments are shown. */
const SHOWN = ['.threads', '.pager', '#acts'];
const OPEN_ACTS = 'a[href*="?reply="], a[href*="?quote="], button[formaction$="?/recommend"]';

let wanted: CommentingEvent | null = null;

/** This page's address, without what was being written. */
function address(): string {
	const url = new URL(location.href);
	for (const name of [...url.searchParams.keys()]) {
		if (name !== 'sort' && name !== 'cursor') url.searchParams.delete(name);
	}
	return url.pathname + url.search;
}

function swapNotices(here: Element, fresh: Element): void {
	here.querySelector('.discussion-state')?.remove();
	const state = fresh.querySelector('.discussion-state');
	if (state) here.querySelector('.discussion-tools')!.before(state);
	for (const notice of NOTICES) here.querySelector(`:scope > ${notice}`)?.remove();
	const notices = NOTICES.flatMap((notice) => [...fresh.querySelectorAll(`:scope > ${notice}`)]);
	here.querySelector('.discussion-head')!.after(...notices);
}

/** Keeps the words, which cannot be posted now. */
function lock(form: HTMLFormElement): void {
	if (!textOf(form).value.trim()) return form.remove();
	textOf(form).readOnly = true;
	form.querySelector('.label')!.textContent = 'Your words';
	for (const part of form.querySelectorAll('.composer-foot, .composer-cancel, .formats')) {
		part.remove();
	}
}

/** Gives the place to write back, with the words that were kept. */
function unlock(here: Element, old: HTMLFormElement | null, form: HTMLFormElement): void {
	if (!old) {
		here.querySelector('.discussion-head')!.after(form);
		formatting.addButtons();
		return;
	}
	const parent = commentById(parentOf(old));
	const words = textOf(old).value;
	old.replaceWith(form);
	if (parent) replyTo(form, parent);
	formatting.addButtons();
	textOf(form).value = words;
	textOf(form).dispatchEvent(new Event('input', { bubbles: true }));
}

function swapComposer(here: Element, fresh: Element): void {
	const old = here.querySelector<HTMLFormElement>(FORM);
	const form = fresh.querySelector<HTMLFormElement>(FORM);
	if (!form) {
		if (old) lock(old);
		return;
	}
	if (!old || textOf(old).readOnly) return unlock(here, old, form);
	// Whoever is writing goes on, and is told whether a moderator reads it first.
	const help = form.querySelector('#composer-help');
	if (help) old.querySelector('#composer-help')?.replaceWith(help);
}

function swapActs(here: Element, fresh: Element): void {
	const isOpen = fresh.querySelector('.commenting-notice') === null;
	for (const comment of here.querySelectorAll<HTMLElement>('.threads .comment')) {
		const acts = comment.querySelector(':scope > .acts');
		const now = fresh.querySelector(`#${comment.id} > .acts`);
		if (now) acts?.replaceWith(now);
		else if (!isOpen) for (const act of comment.querySelectorAll(OPEN_ACTS)) act.remove();
	}
}

/** Shows the comments, or shows them no more. */
function swapComments(here: Element, fresh: Element): void {
	here.querySelector('#comments-title')!.textContent =
		fresh.querySelector('#comments-title')!.textContent;
	const isShown = here.querySelector('.threads') !== null;
	if (isShown === (fresh.querySelector('.threads') !== null)) return;
	for (const part of SHOWN) {
		here.querySelector(`:scope > ${part}`)?.remove();
		const now = fresh.querySelector(`:scope > ${part}`);
		if (now) here.append(now);
	}
	settle.comments();
}

/** Shows what is gathered now, or no more. */
function swapGathered(here: Element, fresh: Element): void {
	here.querySelector(':scope > .gathered')?.remove();
	const gathered = fresh.querySelector(':scope > .gathered');
	if (gathered) here.querySelector(':scope > .threads')?.before(gathered);
}

/** Whether a discussion shows what was told of it. */
function isShownIn(one: HTMLElement | null, told: CommentingEvent | null): boolean {
	return one?.dataset.state === told?.state && one?.dataset.notice === told?.notice;
}

async function apply(): Promise<void> {
	await pause(Math.random() * SPREAD);
	const told = wanted;
	wanted = null;
	const here = discussion()!;
	if (isShownIn(here, told)) return;
	const freshOf = (page: Document) => page.querySelector<HTMLElement>('.discussion');
	const page = await fetchWhen(address(), (one) => isShownIn(freshOf(one), told));
	if (!page) return;
	const fresh = freshOf(page)!;
	here.dataset.state = fresh.dataset.state;
	here.dataset.notice = fresh.dataset.notice;
	swapComposer(here, fresh);
	swapNotices(here, fresh);
	swapActs(here, fresh);
	swapComments(here, fresh);
	swapGathered(here, fresh);
	const said = here.querySelector('.commenting-notice strong, .discussion-state');
	bar.whisper(said?.textContent ?? '');
}

/** Shows how the discussion stands now: its notices, and a place to write or none. */
export function change(told: CommentingEvent): void {
	const isUnderWay = wanted !== null;
	wanted = told;
	if (!isUnderWay) void apply();
}
