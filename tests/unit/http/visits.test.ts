import type { Cookies } from '@sveltejs/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { guest, type Actor } from '#lib/server/actor.ts';
import { now, shift } from '#lib/server/clock.ts';
import * as visits from '#lib/http/visits.ts';

const MINUTE = 60_000;
const ARTICLE = 'a'.repeat(16);
const reader: Actor = { ...guest(), accountId: 'r', role: 'reader' };

let kept: Map<string, string>;
beforeEach(() => (kept = new Map()));
afterEach(() => shift(0));

/** Opens an article's page, some minutes from now; the time after which comments are new, in minutes. */
function visit(minutes: number, article = ARTICLE, actor = reader): number | null {
	shift(minutes * MINUTE);
	const cookies = {
		get: (name: string) => kept.get(name),
		set: (name: string, value: string) => void kept.set(name, value)
	} as unknown as Cookies;
	const event = { cookies, url: new URL('http://localhost/'), locals: { actor } };
	const since = visits.visit(event as Parameters<typeof visits.visit>[0], article);
	const after = since && since.getTime() - (now().getTime() - minutes * MINUTE);
	// Nothing rounded up is -0, which is not 0 to `toEqual`.
	return after && Math.round(after / MINUTE) + 0;
}

test('the first visit marks nothing, and reloads mark what came since', () => {
	expect([visit(0), visit(5), visit(30)]).toEqual([null, 0, 0]);
});

test('a visit ends after half an hour away; then what came since it is new, for the whole next visit', () => {
	expect([visit(0), visit(20), visit(51), visit(60)]).toEqual([null, 0, 20, 20]);
});

test('articles are told apart, and the longest ago is forgotten', () => {
	const name = (n: number) => String(n).padStart(16, '0');
	for (let n = 0; n < 21; n++) expect(visit(n, name(n))).toBeNull();
	expect(visit(25, name(1))).toBe(1);
	expect(visit(25, name(0))).toBeNull();
	expect(kept.get('seen')!.length).toBeLessThan(1000);
});

test('what is no visit is passed over', () => {
	kept.set('seen', `~~x.1.2~${ARTICLE}.!.0~${'~'.repeat(5000)}`);
	expect(visit(0)).toBeNull();
});

test('guests get no cookie', () => {
	expect(visit(0, ARTICLE, guest())).toBeNull();
	expect(kept.size).toBe(0);
});
