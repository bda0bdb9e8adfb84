import { domainToASCII } from 'node:url';

/** Longest address that becomes a link; proxies and old browsers stop at about this. */
export const ADDRESS_MAX = 2_000;
/** For links away from here: no reputation from us, and no handle on our window. */
export const EXTERNAL_REL = 'nofollow ugc noopener';

// Browsers drop tabs, line breaks and leading controls from an address and read "\" as "/".
const REWRITTEN_BY_BROWSERS = /[\p{Cc}\\]/u;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const WEB = /^https?:\/\/[^/?#]/i;
const MAIL =
	/^mailto:([^\s@?#&/<>"'`()%,;:]+)@([^\s@?#&/<>"'`()%,;:]+)((?:\?subject=[^\s&#<>"'`]*)?)$/i;
const ENCODED_LINE_BREAK = /%0[ad]/i;
const BASE = 'https://this-site.invalid';

function webAddress(address: string): string | null {
	if (!WEB.test(address)) return null;
	const url = URL.parse(address);
	// A name before "@" is there to be mistaken for the host.
	if (!url || url.hostname === '' || url.username !== '' || url.password !== '') return null;
	return url.href;
}

function mailAddress(address: string): string | null {
	const [, name, domain, subject] = MAIL.exec(address) ?? [];
	const host = domain && domainToASCII(domain);
	if (!host || ENCODED_LINE_BREAK.test(subject)) return null;
	return URL.parse(`mailto:${name}@${host}${subject}`)?.href ?? null;
}

function pathOfThisSite(address: string): string | null {
	const url = URL.parse(address, BASE);
	if (url?.origin !== BASE || url.pathname.startsWith('//')) return null;
	return url.pathname + url.search + url.hash;
}

/**
 * An address as a browser would read it, if a link may lead there: http and https (without a user name),
 * mailto to one address, and absolute paths of this site. Null for everything else, `//host` and
 * `\\host` among it. Parsed by the URL standard, so that what is checked is what is followed.
 */
export function safeAddress(address: string): string | null {
	const trimmed = address.trim();
	if (trimmed.length > ADDRESS_MAX || REWRITTEN_BY_BROWSERS.test(trimmed)) return null;
	if (trimmed.startsWith('/')) return pathOfThisSite(trimmed);
	switch (SCHEME.exec(trimmed)?.[1].toLowerCase()) {
		case 'http':
		case 'https':
			return webAddress(trimmed);
		case 'mailto':
			return mailAddress(trimmed);
		default:
			return null;
	}
}

/** Whether a safe address leads away from this site. */
export function isExternal(address: string): boolean {
	return address.startsWith('http');
}

// Plain words: no "." and no "@", so no host and no mail address in any spelling.
const WORDS_ONLY = /^[\x20-\x2d\x2f-\x3f\x41-\x7e]*$/;
// Endings of file names that are no top-level domains: "report.pdf" is not taken for a host.
const FILE_ENDING = /^(?:pdf|html?|php|jpe?g|png|gif|docx?|xlsx?|pptx?|txt|csv|js|json|xml)$/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const BETWEEN_MAILS = /[<>()[\],;:"]+/;
const DESTINATION_SHOWN = 60;

/** The address in a `mailto:` one; '' for any other. */
function mailOf(address: string): string {
	return address.startsWith('mailto:') ? address.slice('mailto:'.length).split('?', 1)[0] : '';
}

/** The host (or mail domain) of a safe address, in ASCII; '' for a path of this site. */
function hostOf(address: string): string {
	if (isExternal(address)) return /^https?:\/\/([^/:?#]+|\[[^\]]*\])/.exec(address)?.[1] ?? '';
	return mailOf(address).split('@').at(-1) ?? '';
}

/** The parts of a word that a reader may take for hosts: in "https://a.example@b.example/c.html" both names. */
function hostsIn(word: string): string[] {
	const authority = word.replace(/^.*?:\/\//, '').split(/[/\\?#]/, 1)[0];
	return authority
		.split(/[^\p{L}\p{N}\p{M}._-]+/u)
		.map((part) => part.split('.').filter((label) => label !== ''))
		.filter((labels) => {
			const ending = labels.at(-1) ?? '';
			if (labels.length < 2) return false;
			return (
				(/\p{L}.*\p{L}/u.test(ending) && !FILE_ENDING.test(ending)) || IPV4.test(labels.join('.'))
			);
		})
		.map((labels) => labels.join('.'));
}

function withoutWww(host: string): string {
	return host.startsWith('www.') ? host.slice(4) : host;
}

/** Whether `shown`, in a link's text, is true of a link to `host`: the same, or a domain that `host` is under. */
function isTrueOf(shown: string, host: string): boolean {
	const ascii = withoutWww(domainToASCII(shown));
	return ascii !== '' && (withoutWww(host) === ascii || host.endsWith(`.${ascii}`));
}

/** Whether every mail address in a word is the one that the link writes to; a link elsewhere may show any. */
function showsMail(word: string, mail: string): boolean {
	if (mail === '' || !word.includes('@')) return true;
	const shown = word.split(BETWEEN_MAILS).filter((part) => part.includes('@'));
	return shown.every((part) => part === mail || part === `${mail}.`);
}

/**
 * Where a link leads, if its text may make a reader believe otherwise: the text names another host or
 * mail address, or the host is not plain ASCII (given as `xn--…`). Null when the text can stand alone.
 */
export function hiddenDestination(text: string, address: string): string | null {
	const host = hostOf(address);
	const international = host.startsWith('xn--') || host.includes('.xn--');
	if (!international && WORDS_ONLY.test(text)) return null;
	const mail = mailOf(address).toLowerCase();
	const shown = text
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.replaceAll('。', '.')
		.toLowerCase();
	const isTrue =
		(!international || shown.includes(host)) &&
		shown
			.split(/\s+/)
			.every(
				(word) => showsMail(word, mail) && hostsIn(word).every((part) => isTrueOf(part, host))
			);
	return isTrue ? null : (mail || host || address).slice(0, DESTINATION_SHOWN);
}
