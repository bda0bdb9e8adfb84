import { describe, expect, test } from 'vitest';
import { guest, ROLES, system, type Actor, type Barred, type Role } from '#lib/server/actor.ts';
import { COMMENTING_STATES } from '#lib/server/articles/commenting-states.ts';
import type { CommentingState } from '#lib/server/articles/commenting-states.ts';
import * as rules from '#lib/server/comments/rules.ts';
import { COMMENT_STATUSES, type CommentStatus } from '#lib/server/comments/statuses.ts';
import { isRefusal } from '#lib/server/refusal.ts';

const at = new Date('2026-03-01T12:00:00Z');

function actor(accountId: string, role: Role = 'reader', barred: Barred | null = null): Actor {
	return { accountId, name: accountId, role, address: null, barred };
}

function comment(status: CommentStatus, rest: Partial<rules.RuledComment> = {}) {
	const isPlaced = status !== 'pending' && status !== 'rejected';
	const listedIn = isPlaced ? 'article' : null;
	const who = { authorId: 'author', accountName: 'Ann', accountRole: 'reader' as const };
	return { ...who, status, createdAt: at, listedIn, replySeq: null, ...rest };
}

const author = actor('author');
const reader = actor('reader');
const moderator = actor('moderator', 'moderator');
const viewers = { guest: guest(), reader, author, moderator, system };
type Viewer = keyof typeof viewers;

test.each<[CommentStatus, Viewer[], Viewer[]]>([
	['published', Object.keys(viewers) as Viewer[], Object.keys(viewers) as Viewer[]],
	['pending', ['author', 'moderator', 'system'], ['author', 'moderator', 'system']],
	['rejected', ['author', 'moderator', 'system'], ['author', 'moderator', 'system']],
	['removed', Object.keys(viewers) as Viewer[], ['moderator', 'system']],
	['deleted', Object.keys(viewers) as Viewer[], []]
])('%s is known to %j and read by %j', (status, known, readable) => {
	for (const [name, viewer] of Object.entries(viewers)) {
		const isKnown = rules.isKnown(viewer, comment(status));
		expect(isKnown, name).toBe(known.includes(name as Viewer));
		const isReadable = rules.isReadable(viewer, comment(status));
		expect(isReadable, name).toBe(readable.includes(name as Viewer));
	}
});

test('what was deleted before it had a place is nobody else’s business', () => {
	const gone = comment('deleted', { listedIn: null });
	expect(rules.isKnown(reader, gone)).toBe(false);
	expect(rules.isKnown(author, gone)).toBe(true);
});

const inState = (state: CommentingState, staffMaySpeak = false) => ({ state, staffMaySpeak });

describe('rights', () => {
	const nothing = {
		...{ reply: false, quote: false, recommend: false, edit: false, delete: false },
		...{ remove: false, restore: false, decide: false },
		...{ report: false, notify: false, follow: false, mute: false, pick: false }
	};
	const answer = { reply: true, quote: true };
	const others = { report: true, follow: true, mute: true };

	test.each<[string, Actor, CommentStatus, object]>([
		['a guest', guest(), 'published', { ...answer, recommend: true, notify: true }],
		['a reader', reader, 'published', { ...answer, ...others, recommend: true }],
		['its author', author, 'published', { ...answer, edit: true, delete: true, follow: true }],
		[
			'a moderator',
			moderator,
			'published',
			{ ...answer, ...others, recommend: true, remove: true }
		],
		['its author', author, 'pending', { edit: true, delete: true }],
		['a moderator', moderator, 'pending', { decide: true }],
		['its author', author, 'removed', {}],
		['a moderator', moderator, 'removed', { restore: true }],
		['a reader', reader, 'removed', {}],
		['its author', author, 'deleted', {}],
		['a moderator', moderator, 'deleted', {}],
		['a moderator', moderator, 'rejected', {}],
		['its author', author, 'rejected', {}]
	])('of %s over what is %s', (_who, who, status, rights) => {
		expect(rules.rightsOf(who, comment(status), inState('open'), at)).toEqual({
			...nothing,
			...rights
		});
	});

	test.each(['disabled', 'hidden'] as const)('in a discussion that is %s', (state) => {
		expect(rules.rightsOf(author, comment('published'), inState(state), at)).toEqual({
			...nothing,
			delete: true,
			follow: true
		});
		expect(rules.rightsOf(moderator, comment('published'), inState(state), at)).toEqual({
			...nothing,
			...others,
			remove: true
		});
	});

	test('staff who may speak write where it is disabled, and only there', () => {
		const own = comment('published', { authorId: 'moderator' });
		const rights = (who: Actor, state: CommentingState) => {
			const can = rules.rightsOf(who, own, inState(state, true), at);
			return [can.reply, can.quote, can.edit, can.recommend];
		};
		expect(rights(moderator, 'disabled')).toEqual([true, true, true, false]);
		expect(rights(moderator, 'hidden')).toEqual([false, false, false, false]);
		expect(rights(reader, 'disabled')).toEqual([false, false, false, false]);
		const barred = actor('moderator', 'moderator', { kind: 'suspended', until: null });
		expect(rights(barred, 'disabled')).toEqual([false, false, false, false]);
	});

	test.each<[Role, CommentStatus, boolean]>([
		['reader', 'published', false],
		['moderator', 'published', false],
		['editor', 'published', true],
		['admin', 'published', true],
		['editor', 'removed', false],
		['editor', 'pending', false]
	])('a %s picks what is %s: %s', (role, status, expected) => {
		const { pick } = rules.rightsOf(actor('x', role), comment(status), inState('hidden'), at);
		expect(pick).toBe(expected);
	});

	test('what was approved is not edited while comments are checked first, but by staff', () => {
		const own = { authorId: 'moderator' };
		const edits = (who: Actor, status: CommentStatus, rest = {}) =>
			rules.rightsOf(who, comment(status, rest), inState('premoderated'), at).edit;
		expect(edits(author, 'published')).toBe(false);
		expect(edits(author, 'pending')).toBe(true);
		expect(edits(moderator, 'published', own)).toBe(true);
	});

	test.each<[Role, Role, boolean]>([
		['moderator', 'editor', false],
		['moderator', 'admin', false],
		['editor', 'admin', false],
		['moderator', 'moderator', true],
		['editor', 'moderator', true],
		['admin', 'editor', true]
	])('a %s decides about what one of role %s wrote: %s', (role, accountRole, expected) => {
		const rights = (status: CommentStatus) =>
			rules.rightsOf(actor('x', role), comment(status, { accountRole }), inState('open'), at);
		expect(rights('published').remove).toBe(expected);
		expect(rights('removed').restore).toBe(expected);
		expect(rights('pending').decide).toBe(expected);
	});

	test('nobody mutes a guest, or follows a reply', () => {
		const reply = comment('published', {
			authorId: null,
			accountName: null,
			listedIn: null,
			replySeq: 1
		});
		const { follow, mute, report } = rules.rightsOf(reader, reply, inState('open'), at);
		expect({ follow, mute, report }).toEqual({ follow: false, mute: false, report: true });
	});

	test('who is barred may only delete, and follow', () => {
		const barred = actor('author', 'reader', { kind: 'banned', until: null });
		expect(rules.rightsOf(barred, comment('published'), inState('open'), at)).toEqual({
			...nothing,
			delete: true,
			follow: true
		});
	});
});

test.each([
	[0, true],
	[rules.EDIT_WINDOW_MINUTES * 60_000 - 1, true],
	[rules.EDIT_WINDOW_MINUTES * 60_000, false],
	[-5000, true]
])('%d ms after it was posted it may be edited: %s', (later, expected) => {
	const then = new Date(at.getTime() + later);
	expect(rules.isInEditWindow({ createdAt: at }, then)).toBe(expected);
});

test.each(COMMENTING_STATES)('commenting on what is %s', (state) => {
	const allowed = state === 'open' || state === 'premoderated';
	const attempt = () => rules.assertCommentingAllowed(state);
	if (allowed) expect(attempt).not.toThrow();
	else expect(attempt).toThrow('Commenting is disabled on this article.');
});

test.each<[Barred, string]>([
	[{ kind: 'banned', until: null }, 'any more'],
	[{ kind: 'suspended', until: at }, 'until 2026-03-01 12:00 UTC']
])('who is barred is told: %j', (barred, words) => {
	try {
		rules.assertNotBarred({ barred });
		expect.fail('not refused');
	} catch (thrown) {
		expect(isRefusal(thrown) && thrown).toMatchObject({ status: 403, code: barred.kind });
		expect(String(thrown)).toContain(words);
	}
});

test('every status and role is in these tables', () => {
	expect(COMMENT_STATUSES).toHaveLength(5);
	expect(ROLES).toHaveLength(4);
});
