/**
 * Every cookie of ours, by the name that it has without the prefix `__Host-`. A request that brings one
 * gets no page that is kept for all, but for the order of comments that a guest prefers.
 */
export const COOKIE_NAMES = [
	'session',
	'device',
	'second-step',
	'elsewhere',
	'seen',
	'sort'
] as const;
export type CookieName = (typeof COOKIE_NAMES)[number];
