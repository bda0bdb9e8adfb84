import { expect, test } from 'vitest';
import { write, type Mail } from '#lib/server/mail/template.ts';

const source = { siteName: 'The <Harbour> Gazette', origin: 'https://talk.example.org' };

function written(mail: Partial<Omit<Mail, 'to'>>) {
	return write({ subject: 'Hello', paragraphs: [], ...mail }, source);
}

test('one template makes both the text and the HTML', () => {
	const { text, html } = written({
		paragraphs: [
			'Hello Ann,\nyou were quoted.',
			{ quote: 'First line.\nSecond & last.' },
			{ link: { label: 'Read it', url: '/c/1?a=1&b=2' } }
		],
		unsubscribeUrl: '/unsubscribe?key=1'
	});
	expect(text).toBe(
		[
			'Hello Ann,\nyou were quoted.',
			'> First line.\n> Second & last.',
			'Read it:\nhttps://talk.example.org/c/1?a=1&b=2',
			'-- \nThe <Harbour> Gazette\nhttps://talk.example.org\nStop mail of this kind: https://talk.example.org/unsubscribe?key=1\n'
		].join('\n\n')
	);
	expect(html).toContain('<p>Hello Ann,<br>\nyou were quoted.</p>');
	expect(html).toMatch(
		/<blockquote dir="auto" style="[^"]*">First line\.<br>\nSecond &amp; last\.</
	);
	expect(html).toContain('<a href="https://talk.example.org/c/1?a=1&amp;b=2">Read it</a>');
	expect(html).toContain('<a href="https://talk.example.org">The &lt;Harbour&gt; Gazette</a>');
	expect(html).toContain('>Stop mail of this kind</a>');
});

test('mail that cannot be ended does not offer it', () => {
	const { text, html, unsubscribeUrl } = written({});
	expect(unsubscribeUrl).toBe('');
	expect(text + html).not.toContain('Stop mail');
});

test('nothing of what people write is HTML', () => {
	const nasty = '<script>alert(1)</script>"\'<img src=x onerror=alert(1)>';
	const { html } = written({
		subject: nasty,
		paragraphs: [nasty, { quote: nasty }, { link: { label: nasty, url: `/search?q=${nasty}` } }]
	});
	expect(html).not.toMatch(/<(?:script|img)/);
	expect(html.match(/<a href="[^"<>]*">/g)).toHaveLength(2);
});

test.each([
	'https://evil.example/x',
	'//evil.example',
	'\\\\evil.example',
	'javascript:alert(1)',
	'http://talk.example.org/'
])('mail never links to %s', (url) => {
	expect(() => written({ paragraphs: [{ link: { label: 'x', url } }] })).toThrow('this site only');
	expect(() => written({ unsubscribeUrl: url })).toThrow('this site only');
});

test('an absolute address of this site is as good as a path', () => {
	const url = 'https://talk.example.org/c/1';
	expect(written({ paragraphs: [{ link: { label: 'x', url } }] }).text).toContain(url);
});

test('a subject is one line, of a length that is read', () => {
	expect(written({ subject: ' A\r\nBcc: eve@example.org\0\t B ' }).subject).toBe(
		'A Bcc: eve@example.org B'
	);
	const { subject } = written({ subject: 'A word '.repeat(200) });
	expect(subject).toMatch(/^A word .*word…$|^A word .* A…$/);
	expect(subject.length).toBeLessThanOrEqual(200);
});

test('what no database keeps is taken out', () => {
	const { text, html } = written({ paragraphs: ['a\0b', { quote: 'c\0d\u0085' }] });
	expect(text).toContain('ab\n\n> cd');
	expect(text + html).not.toContain('\0');
});
