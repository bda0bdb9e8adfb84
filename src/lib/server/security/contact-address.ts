import { emailKey } from '../accounts/addresses/emails.ts';

const LONGEST = 300;
const PLAIN = /^[\x21-\x7e]+$/;

/** A contact as the URI that `security.txt` holds: an e-mail address as `mailto:`, or an https address; null for what is neither. */
export function readContact(text: string): string | null {
	const bare = text.trim().replace(/^mailto:/i, '');
	if (bare.length > LONGEST || !PLAIN.test(bare)) return null;
	if (/^https:\/\//.test(bare)) return URL.parse(bare)?.href ?? null;
	return emailKey(bare) === null ? null : `mailto:${bare}`;
}
