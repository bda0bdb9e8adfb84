import { counted } from '../../format/counts.ts';
import type { SlowMode } from './slow-modes.ts';

// Ten times slower is slow enough for any quarrel.
/** Reports beyond these slow a discussion down no more. */
export const MOST_REPORTS = 10;

/** The columns that say how one reader's comments on an article are spaced. */
export interface SlowModeColumns {
	slowMode: SlowMode;
	slowSeconds: number;
}

/** Seconds between one reader's comments, with so many open reports of the discussion in the last hour. */
export function spacing({ slowMode, slowSeconds }: SlowModeColumns, reports: number): number {
	if (slowMode === 'off') return 0;
	const times = slowMode === 'growing' ? 1 + Math.min(reports, MOST_REPORTS) : 1;
	return slowSeconds * times;
}

/** Seconds until a reader whose last comment here is of that time may post again; 0 for now. */
export function waitAfter(last: Date, seconds: number, at: Date): number {
	return Math.max(0, Math.ceil((last.getTime() - at.getTime()) / 1000 + seconds));
}

/** What a reader is told who has to wait. */
export function slowModeWords(seconds: number): string {
	const wait =
		seconds < 90 ? counted(seconds, 'second') : counted(Math.ceil(seconds / 60), 'minute');
	return `This discussion is slowed down: everybody takes a pause between comments. You can post again in ${wait}.`;
}
