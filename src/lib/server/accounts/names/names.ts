import { invalid } from '../../refusal.ts';
import { isOneAlphabet } from './alphabets.ts';
import { DELETED_NAME } from '../deleted.ts';
import { latinFor } from './look-alikes.ts';

/** A name that was checked, with what keeps others from having it or one that looks like it. */
export interface Name {
	/** As it is shown: NFKC, single spaces. */
	name: string;
	key: string;
	skeleton: string;
}

/** As people count characters. One letter cannot be told apart; 30 fit a line on a phone. */
export const SHORTEST = 2;
/** Graphemes. */
export const LONGEST = 30;
// Anything longer is refused unread: a grapheme may hold any number of code points.
const LONGEST_UNITS = 200;

const ALLOWED = /^[\p{L}\p{Nd}][\p{L}\p{Mn}\p{Mc}\p{Nd} .\-_']*$/u;
// Invisible letters, such as the Hangul filler, and everything else that shows nothing.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
// No language stacks three marks on a letter, nor two of the general ones that NFKC leaves over.
const STACKED = /\p{M}{3}|[\u0300-\u036f]{2}/u;

/** Names that would speak for the site or that programs take for something else. */
export const RESERVED: readonly string[] = [
	...['admin', 'admins', 'administrator', 'administrators', 'moderator', 'moderators', 'mod'],
	...['mods', 'editor', 'editors', 'staff', 'team', 'root', 'system', 'sysadmin', 'webmaster'],
	...['postmaster', 'support', 'help', 'security', 'official', 'newsroom', 'afterword'],
	...['guest', 'anonymous', 'deleted', 'removed', 'unknown', 'nobody', 'everyone', 'all', 'me'],
	...['you', 'null', 'undefined', 'true', 'false', 'nan', 'none', 'constructor', 'prototype']
];

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A name as it is stored: compatibility forms made plain, typewriter's marks, single spaces. */
function tidy(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/[‘’ʼʻ]/gu, "'")
		.replace(/[‐‒–]/gu, '-')
		.replace(/ +/g, ' ')
		.trim();
}

/** What people and links find an account by: NFKC, case folded, single spaces. */
export function nameKey(name: string): string {
	return tidy(name).toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}

/** The key of a name that somebody typed or followed; null when nobody can have such a name. */
export function lookupKey(text: string): string | null {
	return text.length > LONGEST_UNITS || /\p{C}/u.test(text) ? null : nameKey(text);
}

/**
 * The name as the eye sees it: look-alike letters made one and every separator the same (after the
 * skeletons of UTS 39). Two names with one skeleton could be taken for each other.
 */
export function nameSkeleton(name: string): string {
	return Array.from(tidy(name), latinFor)
		.join('')
		.normalize('NFKC')
		.replaceAll('rn', 'm')
		.replaceAll('vv', 'w')
		.replace(/[ .\-_']+/g, ' ')
		.trim();
}

function bare(name: string): string {
	return nameSkeleton(name.normalize('NFKD').replace(/\p{M}/gu, '')).replaceAll(' ', '');
}

const nobodys = bare(DELETED_NAME);
const reserved = new Set([...RESERVED.map(bare), nobodys]);

/** Whether a name is reserved, or looks like one that is. */
export function isReserved(name: string): boolean {
	return reserved.has(bare(name));
}

/**
 * Checks a name for a new account. `reservedToo` lets the operator have "Editor" and the like, but
 * nobody be called like deleted accounts.
 * @throws {Refusal} 422, field `name`, with what is wrong.
 */
export function check(text: string, { reservedToo = false } = {}): Name {
	const name = text.length > LONGEST_UNITS ? '' : tidy(text);
	const length = text.length > LONGEST_UNITS ? Infinity : [...graphemes.segment(name)].length;
	const refuse = (words: string) => invalid('name', words, 'name');
	if (length > LONGEST) throw refuse(`Please choose a name of at most ${LONGEST} characters.`);
	if (length < SHORTEST) throw refuse(`Please choose a name of at least ${SHORTEST} characters.`);
	if (!ALLOWED.test(name) || INVISIBLE.test(name) || STACKED.test(name)) {
		throw refuse(
			"Please use letters, numbers, spaces and . - _ ' in your name, beginning with a letter or number."
		);
	}
	if (!/\p{L}/u.test(name)) throw refuse('Please use at least one letter in your name.');
	if (!isOneAlphabet(name)) throw refuse('Please use letters of one alphabet in your name.');
	if (reservedToo ? bare(name) === nobodys : isReserved(name)) {
		throw refuse('This name is kept for the newsroom. Please choose another.');
	}
	return { name, key: nameKey(name), skeleton: nameSkeleton(name) };
}
