import type { Mail } from '../../mail/outbox.ts';

/** Whom a mail about an account is for. */
export interface Recipient {
	email: string;
	/** The account's name. */
	name: string;
}

const NOT_YOU = 'If this was not you, you need not do anything: without the link nothing happens.';
/** Its link makes the account that somebody filled in. */
export function welcome({ email, name }: Recipient, url: string): Mail {
	return {
		to: email,
		subject: 'Confirm your e-mail address',
		paragraphs: [
			`Somebody, you we think, wants to make the account ${name} with this address.`,
			{ link: { label: 'Confirm the address and make the account', url } },
			`The link works once, for 24 hours. ${NOT_YOU}`
		]
	};
}

/** In the place of `welcome` for an address that has an account. */
export function alreadyHere({ email, name }: Recipient): Mail {
	return {
		to: email,
		subject: 'You already have an account',
		paragraphs: [
			`Somebody, you we think, wanted to make an account with this address. You have one already: ${name}.`,
			{ link: { label: 'Sign in', url: '/sign-in' } },
			{ link: { label: 'Set a new password, if you do not remember yours', url: '/reset' } },
			'If this was not you, you need not do anything: nothing has changed.'
		]
	};
}

/** Its link confirms the address of an account that there is. */
export function confirmAddress({ email, name }: Recipient, url: string): Mail {
	return {
		to: email,
		subject: 'Confirm your e-mail address',
		paragraphs: [
			`Please confirm that this is the address of the account ${name}.`,
			{ link: { label: 'Confirm the address', url } },
			`The link works once, for 24 hours. ${NOT_YOU}`
		]
	};
}

/** Its link sets a new password. */
export function resetPassword({ email, name }: Recipient, url: string): Mail {
	return {
		to: email,
		subject: 'Set a new password',
		paragraphs: [
			`Somebody, you we think, asked for a new password for the account ${name}.`,
			{ link: { label: 'Set a new password', url } },
			`The link works once, for an hour. ${NOT_YOU}`
		]
	};
}

/** Its link signs in. */
export function signIn({ email, name }: Recipient, url: string): Mail {
	return {
		to: email,
		subject: 'Your link to sign in',
		paragraphs: [
			`Somebody, you we think, asked for a link to sign in as ${name}.`,
			{ link: { label: 'Sign in', url } },
			`The link works once, for 15 minutes. Give it to nobody. ${NOT_YOU}`
		]
	};
}

/** To the new address; its link makes it the account's. */
export function newAddress({ email, name }: Recipient, url: string): Mail {
	return {
		to: email,
		subject: 'Confirm your new e-mail address',
		paragraphs: [
			`The account ${name} is to have this address. It has, once you follow this link; every other browser is signed out then.`,
			{ link: { label: 'Use this address', url } },
			`The link works once, for 24 hours. ${NOT_YOU}`
		]
	};
}

/** In the place of `newAddress` for an address that has an account. */
export function addressInUse({ email, name }: Recipient): Mail {
	return {
		to: email,
		subject: 'This address belongs to your account',
		paragraphs: [
			`Somebody wanted to give this address to another account. It belongs to yours, ${name}, and stays there.`,
			'If this was you, choose another address for the other account, or take this one away from yours first.'
		]
	};
}

/** To the old address; its link takes it back. */
export function addressChanging({ email, name }: Recipient, url: string): Mail {
	return {
		to: email,
		subject: 'Your e-mail address is being changed',
		paragraphs: [
			`Somebody who knows the password of the account ${name} asked to give it another e-mail address.`,
			'If this was you, you need not do anything. If it was not, follow this link: it keeps or takes back this address, signs everybody out, and lets you set a new password.',
			{ link: { label: 'This was not me', url } },
			'The link works once, for 7 days.'
		]
	};
}
