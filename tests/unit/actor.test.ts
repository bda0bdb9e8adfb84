import { describe, expect, test } from 'vitest';
import * as actors from '#lib/server/actor.ts';
import { ROLES, type Actor, type Barred, type Role } from '#lib/server/actor.ts';

const banned: Barred = { kind: 'banned', until: null };

function actor(role: Role, barred: Barred | null = null): Actor {
	return { accountId: 'x', name: 'X', role, address: null, barred };
}

describe('each role may do what those before it may', () => {
	test.each(ROLES.flatMap((has) => ROLES.map((needs) => [has, needs] as const)))(
		'a %s what is for a %s',
		(has, needs) => {
			const expected = ROLES.indexOf(has) >= ROLES.indexOf(needs);
			expect(actors.atLeast(actor(has), needs)).toBe(expected);
			const attempt = () => actors.requireRole(actor(has), needs);
			if (expected) expect(attempt).not.toThrow();
			else expect(attempt).toThrow(`This is for ${needs}s.`);
		}
	);
});

test.each(ROLES)('a guest is no %s, the system is one', (role) => {
	expect(actors.atLeast(actors.guest(), role)).toBe(false);
	expect(actors.atLeast(actors.system, role)).toBe(true);
	expect(() => actors.requireRole(actors.guest(), role)).toThrow('Please sign in');
	expect(() => actors.requireRole(actors.system, role)).not.toThrow();
});

test.each(ROLES)('a %s who is barred is a reader', (role) => {
	expect(actors.isStaff(actor(role, banned))).toBe(false);
	expect(actors.atLeast(actor(role, banned), 'reader')).toBe(true);
	expect(() => actors.requireRole(actor(role, banned), 'moderator')).toThrow();
});
