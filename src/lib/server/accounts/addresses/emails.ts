import { domainToASCII } from 'node:url';
import { invalid } from '../../refusal.ts';

/** An e-mail address that was checked, and the form in which it is unique. */
export interface Email {
	email: string;
	key: string;
}

// RFC 5321, 4.5.3.1: longer ones cannot be delivered to.
const LONGEST = 254;
const LONGEST_LOCAL = 64;
// What people's addresses look like; quoted local parts and address literals are left out.
const LOCAL = /^[^\s@<>()[\]\\,;:"\p{C}]+$/u;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** What an address is found by: NFKC, small letters, the domain in ASCII; null if it is no address. */
export function emailKey(text: string): string | null {
	if (text.length > LONGEST) return null;
	const [local = '', domain = '', ...more] = text.normalize('NFKC').trim().toLowerCase().split('@');
	const ascii = domainToASCII(domain);
	const right = more.length === 0 && LOCAL.test(local) && local.length <= LONGEST_LOCAL;
	return right && DOMAIN.test(ascii) ? `${local}@${ascii}` : null;
}

/** Checks an address for a new account. @throws {Refusal} 422, field `email`. */
export function check(text: string): Email {
	const key = emailKey(text);
	if (key === null) {
		throw invalid('email', 'Please give an e-mail address such as name@example.org.', 'email');
	}
	return { email: text.normalize('NFKC').trim(), key };
}
