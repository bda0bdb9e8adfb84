import { config, type ScreeningConfig } from '../../../config.ts';
import { stackOf } from '../../../faults.ts';
import { log } from '../../../log.ts';
import { askAkismet } from './akismet.ts';
import type { OutsideAnswer } from './answer.ts';
import type { Question } from './question.ts';
import { askWebhook } from './webhook.ts';

/** Whether any outside check is set up. */
export function isAny({ webhook, akismet }: ScreeningConfig = config().screening): boolean {
	return webhook !== null || akismet !== null;
}

async function orNothing(
	check: string,
	asking: Promise<OutsideAnswer>
): Promise<OutsideAnswer | null> {
	try {
		return await asking;
	} catch (thrown) {
		// What is down or slow holds nobody up.
		log('warn', 'screening.skipped', { check, stack: stackOf(thrown) });
		return null;
	}
}

/** The answers of all outside checks that are set up, at once; one that does not answer is left out. */
export async function answers(
	question: Question,
	{ webhook, akismet }: ScreeningConfig = config().screening,
	signal?: AbortSignal
): Promise<OutsideAnswer[]> {
	const site = config().origin ?? 'http://localhost';
	const all = await Promise.all([
		webhook && orNothing('webhook', askWebhook(webhook, question, signal)),
		akismet && orNothing('akismet', askAkismet(akismet, question, site, signal))
	]);
	return all.filter((answer) => answer !== null);
}
