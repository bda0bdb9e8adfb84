import { invalid, type Refusal } from '../../refusal.ts';
import { isKnown } from './password-ranges.ts';

/** Whose password it is: words that somebody who guesses would begin with. */
export interface PasswordContext {
	site?: string;
	name?: string;
	email?: string | null;
}

/** Characters; NIST SP 800-63B and ASVS 6.2.1. */
export const SHORTEST = 8;
/** Characters; room for any passphrase, and a bound for the work of hashing. */
export const LONGEST = 256;
/** UTF-16 units: a character is one or two, so more cannot be a password of ours. */
export const LONGEST_UNITS = 2 * LONGEST;
// What stays of a password without its owner's name must be worth guessing.
const FEWEST_OWN_LETTERS = 4;
// Shorter words are in too many good passwords.
const SHORTEST_WORD = 3;
const ALWAYS = ['afterword'];

let commonPasswords: Promise<ReadonlySet<string>> | undefined;

async function loadCommon(): Promise<ReadonlySet<string>> {
	const { dictionary } = await import('@zxcvbn-ts/language-common');
	const passwords = dictionary['passwords-common'].filter((one) => one.length >= SHORTEST);
	return new Set(passwords);
}

/** The most used passwords that are long enough to be chosen here, in small letters; loaded once. */
export function common(): Promise<ReadonlySet<string>> {
	return (commonPasswords ??= loadCommon());
}

function fold(text: string): string {
	return text.normalize('NFKC').toLowerCase();
}

function lettersOf(text: string): string {
	return text.replace(/\P{L}/gu, '');
}

/** The words of a context: each whole, in parts, and without digits and signs; longest first. */
function wordsOf({ site = '', name = '', email }: PasswordContext): string[] {
	const whole = [...ALWAYS, site, name, email?.split('@')[0] ?? ''].map(fold);
	const parts = whole.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
	const words = parts.flatMap((part) => [part, part.replaceAll(' ', ''), lettersOf(part)]);
	const long = words.filter((word) => word.length >= SHORTEST_WORD);
	return [...new Set(long)].sort((a, b) => b.length - a.length);
}

/** Whether a password is little more than words of its context with digits and signs around. */
export function isMadeOfContext(password: string, context: PasswordContext): boolean {
	const folded = fold(password);
	const words = wordsOf(context);
	return [folded, lettersOf(folded)].some((text) => {
		const rest = words.reduce((left, word) => left.replaceAll(word, ''), text);
		return rest !== text && lettersOf(rest).length < FEWEST_OWN_LETTERS;
	});
}

/** Only the length, for where no more is worth looking at. @throws {Refusal} 422, field `password`. */
export function checkLength(password: string): void {
	const refuse = (code: string, words: string) => invalid(code, words, 'password');
	const length = password.length > LONGEST_UNITS ? Infinity : [...password].length;
	if (length < SHORTEST) {
		throw refuse('password-short', `Please choose a password of at least ${SHORTEST} characters.`);
	}
	if (length > LONGEST) {
		throw refuse('password-long', `Please choose a password of at most ${LONGEST} characters.`);
	}
}

function tooCommon(): Refusal {
	return invalid(
		'password-common',
		'Too many people use this password, or it was stolen elsewhere, so it is among the first to be guessed. Please choose another.',
		'password'
	);
}

/**
 * Checks a password for an account: 8 to 256 characters of any kind, not one of the most used, not
 * made of the site's or the owner's name, not known to the service that is set up for that (ASVS 6.2).
 * @throws {Refusal} 422, field `password`.
 */
export async function check(password: string, context: PasswordContext): Promise<void> {
	checkLength(password);
	if ((await common()).has(fold(password))) throw tooCommon();
	if (isMadeOfContext(password, context)) {
		throw invalid(
			'password-context',
			'This password is too close to your name, your address or the name of this site. Please choose another.',
			'password'
		);
	}
	if (await isKnown(password)) throw tooCommon();
}
