import { recount, type Mended, type RecountReport } from '../lib/server/repair/recount.ts';
import { expect, read, type Command } from './command.ts';
import { withDatabase } from './database.ts';
import { showProgress, things } from './progress.ts';
import { answer } from './terminal.ts';

const HELP = `Recomputes every count and place that is kept (comments of an article, replies of a thread
and their numbers, recommendations, which quotes stand), renders articles again that an older
version rendered, says what was wrong and puts it right. The server may run.

  recount

  --json  what was looked at and what was wrong, as JSON`;

// More are in the JSON.
const SHOWN = 20;

function line({ what, id, was, is }: Mended): string {
	return `  ${what} of ${id}: was ${was ?? 'none'}, is ${is ?? 'none'}`;
}

function words({ checked, mended, wrong }: RecountReport): string {
	const looked = `${things('comment')(checked.comments)} on ${things('article')(checked.articles)}`;
	if (wrong === 0) return `Everything was right: ${looked}.`;
	const shown = mended.slice(0, SHOWN).map(line);
	const more = wrong - shown.length;
	const rest = more > 0 ? [`  … and ${more} more`] : [];
	return [`${wrong} put right, of ${looked}:`, ...shown, ...rest].join('\n');
}

/** Recounts what is kept. */
export const command: Command = {
	summary: 'recount what is kept in counts, and put it right',
	help: HELP,
	async run(args) {
		const { values, positionals } = read(args, {});
		expect(positionals);
		const progress = showProgress('Recounting', null, things('comment'));
		const report = await withDatabase({ create: false }, (db) =>
			recount(db, (comments) => progress.set(comments))
		).finally(() => progress.end());
		answer(values.json, report, words(report));
	}
};
