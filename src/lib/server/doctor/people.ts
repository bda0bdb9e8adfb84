import { and, count, isNotNull, ne, notInArray } from 'drizzle-orm';
import * as setup from '../accounts/signing-up/setup.ts';
import { accounts, authenticators, passkeys } from '../database/schema.ts';
import { contactOf } from '../security/contact.ts';
import { ok, unless, warning, type Check } from './finding.ts';

/** Whether the accounts that can do harm are well guarded. */
export const staff: Check = {
	key: 'staff',
	name: 'Accounts of staff',
	async look({ db }) {
		if (await setup.isNeeded(db.read)) {
			const words = 'The site has no administrator yet.';
			return [warning(words, 'Open the link that the server printed when it started.')];
		}
		const keys = db.read.select({ id: passkeys.accountId }).from(passkeys);
		const apps = db.read
			.select({ id: authenticators.accountId })
			.from(authenticators)
			.where(isNotNull(authenticators.confirmedAt));
		const [{ bare }] = await db.read
			.select({ bare: count() })
			.from(accounts)
			.where(
				and(
					ne(accounts.role, 'reader'),
					notInArray(accounts.id, keys),
					notInArray(accounts.id, apps)
				)
			);
		const people = bare === 1 ? '1 account of staff has' : `${bare} accounts of staff have`;
		const fault =
			bare > 0 &&
			warning(
				`${people} no second factor: a password that leaked elsewhere opens them.`,
				'Ask them to add a passkey or an authenticator under Account, Signing in.'
			);
		return unless([fault], 'Everybody on the staff has a second factor.');
	}
};

/** Whether somebody who finds a hole knows whom to tell. */
export const securityContact: Check = {
	key: 'security-contact',
	name: 'Security contact',
	async look({ db }) {
		const contact = await contactOf(db.read);
		if (contact !== null) return [ok('/.well-known/security.txt says whom to tell of a hole.')];
		return [
			warning(
				'Somebody who finds a hole cannot tell you in private.',
				'Set a contact under Administration, Settings, or SECURITY_CONTACT.'
			)
		];
	}
};
