/** What may wait for its answer: see the domain that makes it. */
export type ChallengeKind =
	| 'second-step'
	| 'passkey-add'
	| 'passkey-sign-in'
	| 'passkey-confirm'
	| 'provider'
	| 'single-sign-on'
	| 'work';
