/** Every kind of security event, as SUBJECT.WHAT. */
export const SECURITY_EVENT_KINDS = [
	'sign-up',
	'sign-in',
	'sign-in.failed',
	'sign-in.new-device',
	'sign-in.limited',
	'second-factor.failed',
	'second-factor.added',
	'second-factor.removed',
	'recovery-code.used',
	'recovery-codes.made',
	'passkey.added',
	'passkey.removed',
	'password.reset-asked',
	'password.reset',
	'password.changed',
	'email.confirmed',
	'email.change-asked',
	'email.changed',
	'email.restored',
	'name.changed',
	'session.ended',
	'sessions.ended',
	'identity.linked',
	'identity.removed',
	'account.delete-asked',
	'account.kept',
	'account.deleted',
	'account.downloaded',
	'role.changed',
	'sanction.issued',
	'sanction.lifted',
	'moderation.done',
	'setting.changed',
	'token.made',
	'token.revoked',
	'export.made',
	'import.made',
	'backup.made',
	'backup.restored',
	'request.forged',
	'request.denied'
] as const;
/** See `SECURITY_EVENT_KINDS`. */
export type SecurityEventKind = (typeof SECURITY_EVENT_KINDS)[number];

/** Those that strangers can bring about as often as they like. */
export const FLOODING: readonly SecurityEventKind[] = [
	'sign-in.failed',
	'sign-in.limited',
	'second-factor.failed',
	'password.reset-asked',
	'email.change-asked',
	'request.forged',
	'request.denied'
];
