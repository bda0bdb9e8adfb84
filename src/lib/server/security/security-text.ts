import { now } from '../clock.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
// RFC 9116 recommends less than a year; whoever reads it later asks again.
const VALID_DAYS = 180;

/** The text of `security.txt` (RFC 9116). */
export function securityText(contact: string, origin: string | null): string {
	const today = Math.floor(now().getTime() / DAY_MS) * DAY_MS;
	const fields = [
		`Contact: ${contact}`,
		`Expires: ${new Date(today + VALID_DAYS * DAY_MS).toISOString()}`,
		'Preferred-Languages: en',
		...(origin === null ? [] : [`Canonical: ${origin}/.well-known/security.txt`])
	];
	return fields.map((field) => `${field}\n`).join('');
}
