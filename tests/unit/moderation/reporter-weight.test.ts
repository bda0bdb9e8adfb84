import { expect, test } from 'vitest';
import type { Role } from '#lib/server/actor.ts';
import { weightOf } from '#lib/server/moderation/reporter-weight.ts';

const at = new Date('2026-03-01T12:00:00Z');
const HOUR = 60 * 60 * 1000;

test.each<[string, Role, number, number, number, number]>([
	// what, role, hours old, upheld, dismissed, weight
	['nothing is known of', 'reader', 1000, 0, 0, 100],
	['was right once', 'reader', 1000, 1, 0, 133],
	['was wrong once', 'reader', 1000, 0, 1, 67],
	['is right half the time', 'reader', 1000, 40, 40, 100],
	['is right always', 'reader', 1000, 1000, 0, 200],
	['is wrong always', 'reader', 1000, 0, 1000, 10],
	['came this hour', 'reader', 1, 0, 0, 50],
	['came this hour, and was right since', 'reader', 1, 9, 0, 50],
	['came this hour, and was wrong since', 'reader', 1, 0, 9, 18],
	['came a day ago', 'reader', 24, 0, 0, 100],
	['moderates', 'moderator', 1, 0, 5, 300],
	['edits', 'editor', 1000, 0, 0, 300],
	['administrates', 'admin', 1000, 0, 0, 300]
])('of who %s', (_, role, hours, reportsUpheld, reportsDismissed, weight) => {
	const createdAt = new Date(at.getTime() - hours * HOUR);
	expect(weightOf({ role, createdAt, reportsUpheld, reportsDismissed }, at)).toBe(weight);
});
