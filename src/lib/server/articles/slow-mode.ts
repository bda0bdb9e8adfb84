import { SLOW_MODES, type SlowMode } from './slow-modes.ts';

/** Seconds between two comments of one reader: less is nothing, more than a day is a closed discussion. */
export const SLOW_SECONDS = { least: 5, most: 24 * 60 * 60 };
// Reports alone never make it longer than this: they must not close a discussion.
const MOST_GROWN = 60 * 60;

/** How an article's comments are spaced. */
export interface SlowColumns {
	slowMode: SlowMode;
	slowSeconds: number;
}

/** Whether a text names a slow mode. */
export function isSlowMode(text: string): text is SlowMode {
	return SLOW_MODES.some((mode) => mode === text);
}

/**
 * The seconds that one reader waits between two comments; 0 for none. In the growing mode each comment
 * of the discussion with open reports adds as much again, up to an hour in all.
 * @param reported comments of the discussion with open reports; those beyond some hundred change nothing.
 */
export function spacing({ slowMode, slowSeconds }: SlowColumns, reported: number): number {
	if (slowMode === 'off') return 0;
	if (slowMode === 'fixed') return slowSeconds;
	return Math.max(slowSeconds, Math.min(slowSeconds * (1 + reported), MOST_GROWN));
}
