import { getParser } from 'bowser';

// Far more than any browser says of itself.
const LONGEST = 500;

/** A browser and its system in words, such as "Firefox on Linux", from what it says of itself; '' when it says nothing. */
export function deviceOf(userAgent: string): string {
	if (userAgent === '') return '';
	const parser = getParser(userAgent.slice(0, LONGEST));
	const browser = parser.getBrowserName() || 'A browser';
	const system = parser.getOSName();
	return system ? `${browser} on ${system}` : browser;
}
