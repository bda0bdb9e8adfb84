import * as emails from '../accounts/addresses/emails.ts';
import { invalid } from '../refusal.ts';
import { normaliseLine, normaliseText } from '../text/normalise.ts';
import { readLaw } from './reason.ts';

/*
 * What EU law asks of a notice of illegal content (Regulation (EU) 2022/2065, Article 16(2)): why it is
 * illegal, where it stands, who says so (but for offences of Directive 2011/93/EU) and in good faith.
 */

const NAME_LENGTH = 100;
// Room to say what a moderator has to look for.
const NOTE_LENGTH = 1000;
const CHILD_ABUSE = 'Directive 2011/93/EU, Articles 3 to 7';

/** What somebody says of illegal content. */
export interface Said {
	/** Why it is illegal. */
	note?: string;
	/** Which law, as far as they know. */
	law?: string;
	/** They believe in good faith that this is right and complete. */
	goodFaith?: boolean;
}

/** Who says it, without an account. */
export interface Unsigned {
	name?: string;
	email?: string;
	/** It shows or offers the sexual abuse of children, of which nobody need give a name. */
	childAbuse?: boolean;
}

/** What a reader adds to a report, tidied. @throws {Refusal} 422 when it is too long */
export function readNote(text: string): string {
	const note = normaliseText(text).trim();
	if (note.length <= NOTE_LENGTH) return note;
	throw invalid('note-too-long', `A note has at most ${NOTE_LENGTH} characters.`, 'note');
}

/** What was said of illegal content, tidied. @throws {Refusal} 422 naming the field */
export function readSaid(said: Said): { note: string; law: string } {
	const note = readNote(said.note ?? '');
	if (note === '') throw invalid('no-words', 'Say why it is illegal, in a few words.', 'note');
	const law = readLaw(said.law ?? '');
	if (said.goodFaith) return { note, law };
	throw invalid(
		'good-faith',
		'Please confirm that this is right as far as you know.',
		'good-faith'
	);
}

/**
 * What somebody without an account said, and who they are: nobody need say that who reports the sexual
 * abuse of children.
 * @throws {Refusal} 422 naming the field
 */
export function readUnsigned(input: Said & Unsigned) {
	const { note, law } = readSaid(input);
	const name = normaliseLine(input.name ?? '');
	const email = (input.email ?? '').trim();
	const isNeeded = !input.childAbuse;
	if (isNeeded && name === '') throw invalid('no-name', 'Please give your name.', 'name');
	if (name.length > NAME_LENGTH) {
		throw invalid('name-too-long', `A name has at most ${NAME_LENGTH} characters.`, 'name');
	}
	const isGiven = isNeeded || email !== '';
	return {
		...{ note, law: law || (input.childAbuse ? CHILD_ABUSE : '') },
		guestName: name || null,
		guestEmail: isGiven ? emails.check(email).email : null
	};
}
