import { escapeHtml } from '../text/escape-html.ts';
import { normaliseLine, normaliseText } from '../text/normalise.ts';
import { excerpt } from '../text/plain.ts';

/**
 * A part of a mail: the site's own words; a link on a line of its own; or somebody's words, set off.
 * Addresses are of this site: absolute, or paths that begin with a slash.
 */
export type Paragraph = string | { link: { label: string; url: string } } | { quote: string };

/** A mail before it is written out. */
export interface Mail {
	/** One e-mail address. */
	to: string;
	/** On one line; a long one is cut between words. */
	subject: string;
	paragraphs: Paragraph[];
	/** Where one POST ends this kind of mail (RFC 8058), and a GET asks; none for mail that cannot be ended. */
	unsubscribeUrl?: string;
}

/** Where a mail comes from: the site's name and its public origin, for links. */
export interface Source {
	siteName: string;
	origin: string;
}

/** A mail as it goes out. */
export interface Written {
	subject: string;
	text: string;
	html: string;
	/** Absolute; '' for none. */
	unsubscribeUrl: string;
}

// Far more than any program shows.
const SUBJECT_LENGTH = 200;
const UNSUBSCRIBE = 'Stop mail of this kind';

// No colours of text and paper: each program sets its own, in the dark too. Those of rules show on both.
const BODY = 'margin:0;padding:24px 16px;font:16px/1.55 system-ui,sans-serif';
const QUOTE =
	'margin:0 0 16px;padding-left:12px;border-left:3px solid #b08a3e;font-family:Charter,Georgia,serif';
const FOOTER = 'margin:32px 0 0;padding-top:12px;border-top:1px solid #8b8478;font-size:14px';

/** An address of this site with its origin. @throws {Error} for any other: mail links nowhere else */
function absolute(url: string, origin: string): string {
	const made = URL.parse(url, origin);
	if (made?.origin !== origin) throw new Error('Mail links to this site only.');
	return made.href;
}

/** With every address absolute and every text fit to be stored. */
function prepare(paragraph: Paragraph, origin: string): Paragraph {
	if (typeof paragraph === 'string') return normaliseText(paragraph).trim();
	if ('quote' in paragraph) return { quote: normaliseText(paragraph.quote).trim() };
	const { label, url } = paragraph.link;
	return { link: { label: normaliseLine(label), url: absolute(url, origin) } };
}

function asText(paragraph: Paragraph): string {
	if (typeof paragraph === 'string') return paragraph;
	if ('quote' in paragraph) return paragraph.quote.replace(/^/gm, '> ');
	return `${paragraph.link.label}:\n${paragraph.link.url}`;
}

function anchor(label: string, url: string): string {
	return `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;
}

function asHtml(paragraph: Paragraph): string {
	const lines = (text: string) => escapeHtml(text).replaceAll('\n', '<br>\n');
	if (typeof paragraph === 'string') return `<p>${lines(paragraph)}</p>`;
	if ('link' in paragraph) return `<p>${anchor(paragraph.link.label, paragraph.link.url)}</p>`;
	return `<blockquote dir="auto" style="${QUOTE}">${lines(paragraph.quote)}</blockquote>`;
}

function wholeText(paragraphs: Paragraph[], source: Source, unsubscribeUrl: string): string {
	const footer = ['-- ', source.siteName, source.origin];
	if (unsubscribeUrl) footer.push(`${UNSUBSCRIBE}: ${unsubscribeUrl}`);
	return `${[...paragraphs.map(asText), footer.join('\n')].join('\n\n')}\n`;
}

function wholeHtml(
	paragraphs: Paragraph[],
	{ subject, source, unsubscribeUrl }: { subject: string; source: Source; unsubscribeUrl: string }
): string {
	const footer = [anchor(source.siteName, source.origin)];
	if (unsubscribeUrl) footer.push(anchor(UNSUBSCRIBE, unsubscribeUrl));
	return [
		'<!doctype html>',
		'<html lang="en">',
		'<head>',
		'<meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width">',
		'<meta name="color-scheme" content="light dark">',
		`<title>${escapeHtml(subject)}</title>`,
		'</head>',
		`<body style="${BODY}">`,
		'<div style="max-width:36rem;margin:0 auto">',
		...paragraphs.map(asHtml),
		`<p style="${FOOTER}">${footer.join(' · ')}</p>`,
		'</div>',
		'</body>',
		'</html>',
		''
	].join('\n');
}

/** Writes a mail out, as plain text and as HTML, from the same parts. @throws {Error} for links that lead elsewhere */
export function write(mail: Omit<Mail, 'to'>, source: Source): Written {
	const subject = excerpt(normaliseLine(mail.subject), SUBJECT_LENGTH);
	const paragraphs = mail.paragraphs.map((paragraph) => prepare(paragraph, source.origin));
	const unsubscribeUrl = mail.unsubscribeUrl ? absolute(mail.unsubscribeUrl, source.origin) : '';
	return {
		subject,
		text: wholeText(paragraphs, source, unsubscribeUrl),
		html: wholeHtml(paragraphs, { subject, source, unsubscribeUrl }),
		unsubscribeUrl
	};
}
