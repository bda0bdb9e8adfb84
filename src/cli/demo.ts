import { generate, type LargeSite } from '../demo/large/generate.ts';
import { loadDemo, type DemoReport } from '../demo/load.ts';
import { expect, read, wholeNumber, type Command } from './command.ts';
import { withDatabase } from './database.ts';
import { showProgress, things } from './progress.ts';
import { answer } from './terminal.ts';

const HELP = `Fills an empty database with a small newsroom: articles, people and their conversations. Prints
how to sign in as one person of each role; the passwords are made anew each time.

  demo [--comments N] [--in-one-article] [--seed NUMBER]

  --comments N      adds a generated site with N comments, up to 10,000,000
  --in-one-article  puts all of these into one discussion
  --seed NUMBER     makes the generated site another one
  --json            what was made, and the sign-ins, as JSON`;

const MOST_COMMENTS = 10_000_000;
const LARGEST_SEED = 2 ** 32 - 1;

function words({ name, articles, comments, sign_ins: signIns }: DemoReport): string {
	const lines = signIns.map(({ role, name: who, email, password }) => {
		return `  ${role.padEnd(10)}${who.padEnd(18)}${email.padEnd(36)}${password}`;
	});
	return [
		`${name} is here: ${things('article')(articles)}, ${things('comment')(comments)}.`,
		'Sign in as:',
		...lines
	].join('\n');
}

/** Adds the generated site, showing how far it is. */
function generateShown(db: Parameters<typeof generate>[0], input: LargeSite) {
	const progress = showProgress('Writing', input.comments, things('comment'));
	const onComments = (made: number) => progress.set(made);
	return generate(db, { ...input, onComments }).finally(() => progress.end());
}

/** Fills an empty database with a newsroom, small or large. */
export const command: Command = {
	summary: 'fill an empty database with a small newsroom, or with a large one',
	help: HELP,
	async run(args) {
		const { values, positionals } = read(args, {
			comments: { type: 'string', default: '0' },
			'in-one-article': { type: 'boolean', default: false },
			seed: { type: 'string', default: '1' }
		});
		expect(positionals);
		const comments = wholeNumber(values.comments, 'comments', MOST_COMMENTS);
		const seed = wholeNumber(values.seed, 'seed', LARGEST_SEED);
		const inOneArticle = values['in-one-article'];
		const report = await withDatabase({ create: true }, async (db) => {
			const small = await loadDemo(db);
			if (comments === 0) return small;
			const large = await generateShown(db, { comments, inOneArticle, seed });
			return {
				...small,
				articles: small.articles + large.articles,
				comments: small.comments + large.comments
			};
		});
		answer(values.json, report, words(report));
	}
};
