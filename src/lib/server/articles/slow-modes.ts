/** How one reader's comments on an article may be spaced. */
export const SLOW_MODES = ['off', 'fixed', 'growing'] as const;
/** `fixed`: by so many seconds. `growing`: by more, the more of the discussion's comments are reported. */
export type SlowMode = (typeof SLOW_MODES)[number];
