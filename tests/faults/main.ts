/**
 * `npm run faults -- [--only R1,R6] [--on sqlite|postgres] [--times N] [--json]`: brings about what
 * happens to machines, over and over, and counts what was lost. Ends with "N held, N failed".
 */
import { parseArgs } from 'node:util';
import { FAULTS } from './faults.ts';
import { NotHere, type Fault, type Outcome } from './support/fault.ts';
import { openPlace, type Place } from './support/place.ts';

const { values: options } = parseArgs({
	options: {
		only: { type: 'string' },
		on: { type: 'string' },
		times: { type: 'string' },
		json: { type: 'boolean', default: false }
	}
});

interface Line extends Outcome {
	item: string;
	on: string;
	state: 'held' | 'failed' | 'skipped';
	seconds: number;
}

// Ended early, the servers that were started still end with us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => process.exit(1));
}

const only = options.only?.split(',');
const times = options.times === undefined ? undefined : Number(options.times);
const dialects = (['sqlite', 'postgres'] as const).filter(
	(dialect) => options.on === undefined || options.on === dialect
);
const SHOWN = 5;

async function attempt(fault: Fault, place: Place): Promise<Line> {
	const start = performance.now();
	const about = (state: Line['state'], outcome: Outcome): Line => {
		const seconds = Math.round((performance.now() - start) / 100) / 10;
		return { item: fault.item, on: place.dialect, state, seconds, ...outcome };
	};
	try {
		const outcome = await fault.run(place, times ?? fault.times);
		return about(outcome.wrong.length === 0 ? 'held' : 'failed', outcome);
	} catch (error) {
		const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
		if (!(error instanceof NotHere)) return about('failed', { counted: '', wrong: [message] });
		return about('skipped', { counted: error.message, wrong: [] });
	}
}

function words({ item, on, state, seconds, counted, wrong }: Line, what: string): string {
	const line = `${state.padEnd(7)} ${item.padEnd(4)} ${on.padEnd(8)} ${what}: ${counted} (${seconds} s)`;
	const shown = wrong.slice(0, SHOWN).map((one) => `          ${one}`);
	const more = wrong.length > SHOWN ? [`          … and ${wrong.length - SHOWN} more`] : [];
	return [line, ...shown, ...more].join('\n');
}

const lines: Line[] = [];
for (const dialect of dialects) {
	const chosen = FAULTS.filter(
		(fault) => fault.on.includes(dialect) && (only === undefined || only.includes(fault.item))
	);
	if (chosen.length === 0) continue;
	const place = await openPlace(dialect);
	try {
		for (const fault of chosen) {
			const line = await attempt(fault, place);
			lines.push(line);
			process.stderr.write(`${words(line, fault.what)}\n`);
		}
	} finally {
		await place.end();
	}
}
const count = (state: Line['state']) => lines.filter((line) => line.state === state).length;
if (options.json) console.log(JSON.stringify(lines, null, '\t'));
const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
console.log(`${count('held')} held, ${count('failed')} failed${skipped}`);
process.exit(count('failed') > 0 || lines.length === 0 ? 1 : 0);
