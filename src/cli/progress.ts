/** Shows how far a long command is, on standard error. */
export interface Progress {
	/** So much is done, of the total if it is known. */
	set(done: number): void;
	/** Removes the bar. */
	end(): void;
}

const BAR_WIDTH = 30;
// Often enough to look alive on a terminal, seldom enough for a log.
const TERMINAL_MS = 100;
const LOG_MS = 10_000;

function bar(share: number): string {
	const full = Math.round(share * BAR_WIDTH);
	return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
}

/**
 * Begins to show progress: a bar at a terminal, else a line now and then.
 * @param total null when nobody knows how much there is.
 * @param unit turns a number into words.
 */
export function showProgress(
	label: string,
	total: number | null,
	unit: (amount: number) => string
): Progress {
	const { stderr } = process;
	const started = performance.now();
	let shownAt = stderr.isTTY ? 0 : started;
	const text = (done: number) => {
		const seconds = Math.round((performance.now() - started) / 1000);
		if (total === null || total === 0) return `${label} ${unit(done)} (${seconds} s)`;
		const share = Math.min(1, done / total);
		const percent = `${Math.floor(share * 100)} %`.padStart(5);
		const drawn = stderr.isTTY ? `${bar(share)} ` : '';
		return `${label} ${drawn}${percent} of ${unit(total)} (${seconds} s)`;
	};
	return {
		set(done) {
			const now = performance.now();
			if (now - shownAt < (stderr.isTTY ? TERMINAL_MS : LOG_MS)) return;
			shownAt = now;
			stderr.write(stderr.isTTY ? `\r\u001b[K${text(done)}` : `${text(done)}\n`);
		},
		end() {
			if (stderr.isTTY) stderr.write('\r\u001b[K');
		}
	};
}

/** Bytes in words. */
export function bytes(amount: number): string {
	if (amount < 1e6) return `${Math.ceil(amount / 1000)} kB`;
	return amount < 1e9 ? `${(amount / 1e6).toFixed(1)} MB` : `${(amount / 1e9).toFixed(2)} GB`;
}

/** A number of things in words; `what` is one of them. */
export function things(what: string): (amount: number) => string {
	const plural = what.endsWith('y') ? `${what.slice(0, -1)}ies` : `${what}s`;
	return (amount) => `${amount.toLocaleString('en-GB')} ${amount === 1 ? what : plural}`;
}
