import * as emails from '../accounts/addresses/emails.ts';
import { invalid } from '../refusal.ts';
import { normaliseLine, normaliseText } from '../text/normalise.ts';
import { PROBLEM_KINDS, type ProblemKind } from './kinds.ts';
import { PASSAGE_LENGTH, WORDS_LENGTH } from './lengths.ts';

/** What somebody says is wrong with an article. */
export interface SaidWrong {
	/** One of `PROBLEM_KINDS`; anything else is refused. */
	kind: string;
	/** What is wrong. */
	words: string;
	/** The words of the article that it is about; '' for the article as a whole. */
	passage?: string;
	/** Where somebody without an account is answered; '' for nowhere. */
	email?: string;
}

/** What was said, as it is stored. */
export interface AcceptedProblem {
	kind: ProblemKind;
	words: string;
	passage: string;
	guestEmail: string | null;
}

/** A text of several lines, if it is no longer than that. @throws {Refusal} 422 naming the field */
export function readText(text: string, field: string, most: number): string {
	const accepted = normaliseText(text).trim();
	if (accepted.length <= most) return accepted;
	throw invalid(
		'too-long',
		`This has more than ${most.toLocaleString('en-GB')} characters.`,
		field
	);
}

/** What was said, checked and put right. @throws {Refusal} 422 naming the field */
export function accept(input: SaidWrong): AcceptedProblem {
	const kind = PROBLEM_KINDS.find((known) => known === input.kind);
	if (!kind) throw invalid('no-kind', 'Choose what is wrong.', 'kind');
	const passage = normaliseLine(input.passage ?? '');
	const words = readText(input.words, 'words', WORDS_LENGTH);
	if (words === '') throw invalid('no-words', 'Say what is wrong, in a few words.', 'words');
	const email = (input.email ?? '').trim();
	return {
		...{ kind, words },
		passage: readText(passage, 'passage', PASSAGE_LENGTH),
		guestEmail: email === '' ? null : emails.check(email).email
	};
}
