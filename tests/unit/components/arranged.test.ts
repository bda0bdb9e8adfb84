import { expect, test } from 'vitest';
import { arrangedWords } from '#lib/components/desk/arranged.ts';
import { ALWAYS } from '#lib/server/articles/opening-hours.ts';

test.each<[Record<string, string | null>, string]>([
	[{ slowMode: 'fixed', slowSeconds: '120' }, 'slow mode: one comment every 2 minutes'],
	[{ slowMode: 'off', slowSeconds: '0' }, 'slow mode off'],
	[{ slowMode: 'growing' }, 'slow mode growing'],
	[{ slowSeconds: '5' }, 'slow mode: one comment every 5 seconds'],
	[
		{ closeAfterDays: '14', closeAfterSilentDays: '0' },
		'closes 14 days after publication; never closes without a comment'
	],
	[{ closeAfterDays: null }, 'closes after publication as the site says'],
	[{ openHours: JSON.stringify(ALWAYS) }, 'hours on 7 days of the week (UTC)'],
	[{ openHours: null }, 'hours as the site says'],
	[{ message: 'Be kind.', authorHere: 'true' }, 'a message; the author is here'],
	[
		{ message: '', authorHere: 'false', staffMaySpeak: 'true' },
		'no message; the author has left; staff may write when closed'
	]
])('%j', (details, words) => {
	expect(arrangedWords(details)).toBe(words);
});
