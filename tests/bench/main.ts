// `npm run bench [-- --json] [-- --full] [-- --only NAME]`: the design's figures, as ratios in one run.
import { parseArgs } from 'node:util';
import * as growth from './figures/growth.ts';
import * as live from './figures/live.ts';
import * as posting from './figures/posting.ts';
import * as queries from './figures/queries.ts';
import * as reading from './figures/reading.ts';
import * as weight from './figures/weight.ts';
import { line, tell, type Figure } from './support/figure.ts';

// Limits are for people: a load would meet them at once. The settings are read when they are first needed.
process.env.RATE_LIMITS = 'off';

const { values: options } = parseArgs({
	options: {
		json: { type: 'boolean', default: false },
		full: { type: 'boolean', default: false },
		only: { type: 'string' }
	}
});

const SUITES: Record<string, () => Promise<Figure[]>> = {
	reading: () => reading.figures(),
	posting: () => posting.figures(),
	queries: () => queries.figures(),
	discussion: () => growth.discussion(options.full),
	threads: () => growth.threads(),
	database: () => growth.database(options.full),
	live: () => live.figures(),
	weight: () => weight.figures()
};

const figures: Figure[] = [];
for (const [name, run] of Object.entries(SUITES)) {
	if (options.only !== undefined && options.only !== name) continue;
	process.stderr.write(`${name} …\n`);
	for (const figure of await run()) {
		figures.push(figure);
		process.stderr.write(`${line(figure)}\n`);
	}
}
tell(figures, options.json);
