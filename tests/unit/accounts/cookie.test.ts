import { expect, test } from 'vitest';
import { hostCookie } from '#lib/server/accounts/sessions/sessions.ts';

test.each([
	['https://talk.example.org', '__Host-session', true],
	['https://localhost:3000', '__Host-session', true],
	['http://localhost:3000', 'session', false],
	['http://127.0.0.1:3000', 'session', false]
])('at %s it is %s', (origin, name, secure) => {
	expect(hostCookie('session', origin)).toEqual({
		name,
		attributes: { path: '/', httpOnly: true, sameSite: 'lax', secure }
	});
});
