import { expect, test } from 'vitest';
import { faultOf } from '#lib/server/mail/faults.ts';

const server = { host: 'mail.example.org', port: 465 };

function fault(fields: object, message = 'Some words.') {
	return faultOf(Object.assign(new Error(message), fields), server);
}

test.each([
	[{ code: 'EDNS' }, 'The mail server’s name, mail.example.org, is not known.'],
	[
		{ code: 'ESOCKET', originalCode: 'ECONNREFUSED' },
		/^The mail server mail\.example\.org:465 does not answer/
	],
	[{ code: 'ETIMEDOUT', command: 'CONN' }, /did not answer in time/],
	[{ code: 'EABORT' }, /took too long/],
	[
		{ code: 'ESOCKET', command: 'DATA' },
		'The connection to mail.example.org:465 failed: Some words.'
	],
	[
		{ code: 'EAUTH', responseCode: 535, response: '535 No', permanent: true },
		/refuses the user or password: 535 No$/
	],
	[
		{
			code: 'EENVELOPE',
			command: 'MAIL FROM',
			responseCode: 550,
			response: '550 No',
			permanent: true
		},
		/refuses the sender/
	]
])('%j is of the server, and passes', (fields, words) => {
	const { isPermanent, isOfServer, ...rest } = fault(fields);
	expect([isPermanent, isOfServer]).toEqual([false, true]);
	expect(rest.words).toMatch(words);
});

test.each([
	['RCPT TO', 'EENVELOPE', 550, true],
	['RCPT TO', 'EENVELOPE', 451, false],
	['DATA', 'EMESSAGE', 554, true],
	['DATA', 'EMESSAGE', 452, false]
])('an answer to %s (%s, %d) is of the mail', (command, code, responseCode, permanent) => {
	const response = `${responseCode} Words.`;
	expect(fault({ command, code, responseCode, response, permanent })).toEqual({
		code,
		status: responseCode,
		words: `The mail server mail.example.org:465 answered: ${response}`,
		isPermanent: permanent,
		isOfServer: false
	});
});

test('what a server says is one line of bounded length', () => {
	const response = `550 No\r\n\u001b[31m${'long '.repeat(500)}`;
	const { words } = fault({ code: 'EMESSAGE', command: 'DATA', response });
	expect(words).not.toMatch(/\p{Cc}/u);
	expect(words.length).toBeLessThanOrEqual(300);
});

test('what is no error is a fault too', () => {
	expect(faultOf('nothing', server)).toMatchObject({ code: 'Error', isPermanent: false });
});
