import { expect, test } from 'vitest';
import { check, emailKey } from '#lib/server/accounts/addresses/emails.ts';

test.each([
	['adam@example.org', 'adam@example.org'],
	[' Adam.Reyher+news@Example.ORG ', 'adam.reyher+news@example.org'],
	['jürgen@müller.example', 'jürgen@xn--mller-kva.example'],
	["o'brien@news.example.co.uk", "o'brien@news.example.co.uk"]
])('%s is found by %s', (email, key) => {
	expect(check(email)).toEqual({ email: email.trim(), key });
});

test.each([
	[''],
	['adam'],
	['adam@'],
	['@example.org'],
	['adam@localhost'],
	['adam@example..org'],
	['adam@-example.org'],
	['adam@127.0.0.1'],
	['a@b@example.org'],
	['adam reyher@example.org'],
	['adam@example.org\r\nBcc: all@example.org'],
	['adam\0@example.org'],
	['"adam"@example.org'],
	['<adam@example.org>'],
	['ad\u202eam@example.org'],
	[`${'a'.repeat(65)}@example.org`],
	[`adam@${'a'.repeat(250)}.org`]
])('%j is no address', (email) => {
	expect(emailKey(email)).toBeNull();
	expect(() => check(email)).toThrow(/e-mail address/);
});
