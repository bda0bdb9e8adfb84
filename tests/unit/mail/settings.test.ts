import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '#lib/server/config.ts';

const ORIGIN = 'https://talk.example.org';
const MAIL_FROM = 'The Gazette <talk@example.org>';

function mailOf(environment: NodeJS.ProcessEnv) {
	return readConfig({ ORIGIN, MAIL_FROM, ...environment }).mail;
}

function problemsOf(environment: NodeJS.ProcessEnv): string {
	try {
		mailOf(environment);
		return '';
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		return error.problems.join('\n');
	}
}

test('without a server mail waits; "log:" needs nothing more', () => {
	expect(mailOf({ MAIL_FROM: '' })).toBeNull();
	expect(readConfig({ MAIL_URL: 'log:' }).mail).toEqual({ kind: 'log' });
});

test.each([
	['smtps://mail.example.org', { host: 'mail.example.org', port: 465, secure: true, user: '' }],
	['smtp://mail.example.org/', { port: 587, secure: false, password: '' }],
	['smtp://127.0.0.1:2525', { host: '127.0.0.1', port: 2525 }],
	['smtp://[::1]:25', { host: '::1', port: 25 }],
	[
		'smtps://paper%40example.org:p%2Fs%3As%20w@mail.example.org:4650',
		{ user: 'paper@example.org', password: 'p/s:s w', port: 4650 }
	]
])('%s', (MAIL_URL, expected) => {
	expect(mailOf({ MAIL_URL })).toMatchObject({ kind: 'smtp', ...expected });
});

test.each([
	['talk@example.org', { name: '', address: 'talk@example.org' }],
	['<talk@example.org>', { name: '', address: 'talk@example.org' }],
	['The Gazette <talk@example.org>', { name: 'The Gazette', address: 'talk@example.org' }],
	['"Täglich, im Bild" <talk@bücher.example>', { name: 'Täglich, im Bild' }]
])('mail from %s', (MAIL_FROM, from) => {
	expect(mailOf({ MAIL_URL: 'smtp://localhost', MAIL_FROM })).toMatchObject({ from });
});

test.each([
	'mail.example.org',
	'http://mail.example.org',
	'smtp://',
	'smtp://s3cret:100%@mail.example.org',
	'smtp://s3cret@mail.example.org/inbox',
	'smtp://s3cret@mail.example.org?pool=true'
])('MAIL_URL=%s stops the start, without being repeated', (MAIL_URL) => {
	const problems = problemsOf({ MAIL_URL });
	expect(problems).toMatch(/^MAIL_URL must be like smtps:/);
	expect(problems).not.toContain('s3cret');
});

test.each([
	'',
	'The Gazette',
	'talk@example.org, desk@example.org',
	'The\r\nBcc: <talk@example.org>',
	'"A" "B" <talk@example.org>'
])('MAIL_FROM=%j stops the start', (MAIL_FROM) => {
	expect(problemsOf({ MAIL_URL: 'smtp://localhost', MAIL_FROM })).toMatch(
		/^MAIL_FROM must be like/
	);
});

test('a server without an origin for links stops the start', () => {
	expect(problemsOf({ MAIL_URL: 'smtp://localhost', ORIGIN: '' })).toMatch(/^ORIGIN must be set/);
});
