/** How a session began. */
export const SIGN_IN_METHODS = [
	'password',
	'passkey',
	'link',
	'provider',
	'single-sign-on',
	'sign-up'
] as const;
/** See `SIGN_IN_METHODS`. */
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];
