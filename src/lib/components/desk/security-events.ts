import type { SecurityEventKind } from '#lib/server/security/kinds.ts';

/** What happened, in words. */
export const EVENT_WORDS: Readonly<Record<SecurityEventKind, string>> = {
	'sign-up': 'Account made',
	'sign-in': 'Signed in',
	'sign-in.failed': 'Sign-in failed',
	'sign-in.new-device': 'Signed in with a new device',
	'sign-in.limited': 'Too many sign-ins tried',
	'second-factor.failed': 'Second factor wrong',
	'second-factor.added': 'Second factor added',
	'second-factor.removed': 'Second factor removed',
	'recovery-code.used': 'Recovery code used',
	'recovery-codes.made': 'Recovery codes made',
	'passkey.added': 'Passkey added',
	'passkey.removed': 'Passkey removed',
	'password.reset-asked': 'New password asked for',
	'password.reset': 'Password set by a link',
	'password.changed': 'Password changed',
	'email.confirmed': 'E-mail address confirmed',
	'email.change-asked': 'Change of e-mail address asked for',
	'email.changed': 'E-mail address changed',
	'email.restored': 'E-mail address changed back',
	'name.changed': 'Name changed',
	'session.ended': 'Session ended',
	'sessions.ended': 'All sessions ended',
	'identity.linked': 'Account elsewhere linked',
	'identity.removed': 'Account elsewhere unlinked',
	'account.delete-asked': 'Deletion asked for',
	'account.kept': 'Deletion called off',
	'account.deleted': 'Account deleted',
	'account.downloaded': 'Data downloaded',
	'role.changed': 'Role changed',
	'sanction.issued': 'Sanction laid',
	'sanction.lifted': 'Sanction lifted',
	'moderation.done': 'Moderated',
	'setting.changed': 'Setting changed',
	'token.made': 'Token for a program made',
	'token.revoked': 'Token for a program revoked',
	'export.made': 'Export made',
	'import.made': 'Import made',
	'backup.made': 'Backup made',
	'backup.restored': 'Backup restored',
	'request.forged': 'Form from another site refused',
	'request.denied': 'Refused what is not for them'
};

/** The choices of the form that narrows the events. */
export const EVENT_OPTIONS = [
	{ value: '', label: 'Everything' },
	...Object.entries(EVENT_WORDS).map(([value, label]) => ({ value, label }))
];
