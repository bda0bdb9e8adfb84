import * as v from 'valibot';
import { config } from '../config.ts';
import type { Read } from '../database/database.ts';
import * as settings from '../settings/settings.ts';
import { readContact } from './contact-address.ts';

const WORDS = 'A contact is an e-mail address, or the address of a page that begins with https://.';

/** Whom somebody tells who finds a hole in the site; '' for nobody. */
export const securityContact: settings.Setting<{ contact: string }> = {
	key: 'security-contact',
	schema: v.object({
		contact: v.pipe(
			v.string(),
			v.trim(),
			v.check((contact) => contact === '' || readContact(contact) !== null, WORDS)
		)
	}),
	initial: { contact: '' },
	role: 'admin'
};

/** The contact as a URI: the newsroom's setting, or else the operator's SECURITY_CONTACT; null for none. */
export async function contactOf(read: Read): Promise<string | null> {
	const { contact } = (await settings.cached(read, securityContact)).value;
	return contact === '' ? config().securityContact : readContact(contact);
}
