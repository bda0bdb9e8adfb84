/** What the secret of a link that works once is for. */
export type LinkKind =
	| 'first-admin'
	| 'confirm-email'
	| 'change-email'
	| 'restore-email'
	| 'reset-password'
	| 'sign-in'
	| 'keep-account'
	| 'unsubscribe';
