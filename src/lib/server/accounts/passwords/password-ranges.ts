import { createHash } from 'node:crypto';
import { config } from '../../config.ts';
import { log } from '../../log.ts';
import { ask } from '../../moderation/screen/outside/request.ts';

const PREFIX_LENGTH = 5;
// A range has about a thousand lines of forty characters.
const LONGEST = 1_000_000;

// With padding nobody can tell by its length which range was asked for.
const HEADERS = { 'Add-Padding': 'true', 'User-Agent': 'Afterword' };

/**
 * Whether the service that is set up for it knows a password from a breach. It is told the first five
 * letters of the password's SHA-1, which thousands share, and answers with the rest of each that it knows.
 * False without a service, and when it does not answer in two seconds: it must not keep anybody out.
 */
export async function isKnown(password: string): Promise<boolean> {
	if (config().passwordRangeUrl === '') return false;
	const hash = createHash('sha1').update(password).digest('hex').toUpperCase();
	const rest = hash.slice(PREFIX_LENGTH);
	try {
		const url = config().passwordRangeUrl + hash.slice(0, PREFIX_LENGTH);
		const range = await ask({ url, headers: HEADERS, longest: LONGEST });
		// A line that is there for padding only counts none.
		return range.split('\n').some((line) => {
			const [suffix, count] = line.trim().split(':');
			return suffix?.toUpperCase() === rest && Number(count) > 0;
		});
	} catch (error) {
		const words = error instanceof Error ? error.message : String(error);
		log('warn', 'password-range.unanswered', { words });
		return false;
	}
}
