import * as emails from '../accounts/addresses/emails.ts';
import * as names from '../accounts/names/names.ts';
import type { Role } from '../actor.ts';
import { isRefusal } from '../refusal.ts';

/** What an account elsewhere says of its owner, cut to what we take. */
export interface Profile {
	/** The provider's key, or that of single sign-on. */
	provider: string;
	/** Whom the provider means by it. */
	subject: string;
	/** As the provider writes it; may be no name that we allow. */
	name: string;
	/** Only an address that the provider found to be its owner's; '' otherwise. */
	email: string;
	/** For the owner to recognise the account by. */
	label: string;
	/** The address of a picture, or ''. */
	picture: string;
	/** The role that it gives here; null for none. */
	role: Role | null;
}

/** What a provider's claims may hold. */
export type Claims = Readonly<Record<string, unknown>>;

// OpenID Connect Core, 2: a subject is of at most 255 characters.
const LONGEST_SUBJECT = 255;
const LONGEST_LABEL = 120;
const LONGEST_URL = 2000;

function textOf(claims: Claims, ...keys: string[]): string {
	const value = keys.map((key) => claims[key]).find((one) => typeof one === 'string' && one !== '');
	return typeof value === 'string' ? value.toWellFormed().replace(/\p{C}/gu, '') : '';
}

/** Some write the word "true". */
function isVerified(claims: Claims): boolean {
	return claims.email_verified === true || claims.email_verified === 'true';
}

/** What claims say of their owner; null when they do not say who that is. */
export function profileOf(provider: string, claims: Claims): Profile | null {
	const { sub } = claims;
	if (typeof sub !== 'string' || sub === '' || sub.length > LONGEST_SUBJECT) return null;
	if (/[\0\p{Cs}]/u.test(sub)) return null;
	const email = textOf(claims, 'email');
	const name = textOf(claims, 'name', 'preferred_username', 'nickname').trim();
	const picture = textOf(claims, 'picture');
	return {
		provider,
		subject: sub,
		name: name.slice(0, LONGEST_LABEL),
		email: isVerified(claims) && emails.emailKey(email) !== null ? email : '',
		label: (textOf(claims, 'email', 'preferred_username') || name).slice(0, LONGEST_LABEL),
		picture: picture.length <= LONGEST_URL ? picture : '',
		role: null
	};
}

/** A name from elsewhere as one of ours; null when it is none that we allow. */
export function allowedName(text: string): names.Name | null {
	try {
		return names.check(text);
	} catch (thrown) {
		if (isRefusal(thrown)) return null;
		throw thrown;
	}
}
