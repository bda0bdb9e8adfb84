import * as named from './named.ts';
import type { Allowance, Limit } from './named.ts';

/** A limit as people are told of it. */
export interface DescribedLimit {
	name: string;
	/** What is counted. */
	what: string;
	reason: string;
	allowances: readonly Allowance[];
}

function described({ name, allowances }: Limit, what: string, reason: string): DescribedLimit {
	return { name, what, reason, allowances };
}

/** Every limit on what people do, in the order in which they meet them. */
export const LIMITS: readonly DescribedLimit[] = [
	described(named.signUp, 'Making accounts', 'A school class may, a script may not.'),
	described(named.work, 'Tasks of work for making an account', 'Each page takes one.'),
	described(named.signIn, 'Failing to sign in', 'Against trying many accounts.'),
	described(
		named.signInAccount,
		'Failing to sign in to one account',
		'Counted for each network, so that nobody can lock its owner out from elsewhere.'
	),
	described(
		named.signInEverywhere,
		'Failing to sign in to one account, from everywhere',
		'Browsers that signed in to it before pass this by.'
	),
	described(named.secondFactor, 'Wrong codes of a second step', 'A code is short.'),
	described(named.passkey, 'Questions to passkeys', 'Each is kept for some minutes.'),
	described(named.signInElsewhere, 'Signing in with another account', 'Each asks its provider.'),
	described(named.signInLink, 'Asking for a link to sign in', 'Each sends a mail.'),
	described(named.reset, 'Asking for a new password', 'Each sends a mail.'),
	described(named.mailTo, 'Mails to one address', 'Nobody fills another’s letter box.'),
	described(named.resend, 'Having the confirming mail sent again', 'Each sends a mail.'),
	described(named.followLink, 'Following links of mails', 'Who guesses at links is slowed.'),
	described(named.changeEmail, 'Changing the e-mail address', 'Each sends two mails.'),
	described(named.rename, 'Trying new names', 'Most of them somebody has.'),
	described(named.picture, 'Changing the picture', 'Each is made anew.'),
	described(named.ownData, 'Downloading one’s data', 'All of it is read.'),
	described(named.leave, 'Asking to delete one’s account', 'Each sends a mail.'),
	described(named.post, 'Posting comments', 'A lively evening passes, a flood does not.'),
	described(named.edit, 'Editing comments', 'Several corrections in a row.'),
	described(named.vote, 'Recommending', 'Down a long page without a pause.'),
	described(named.preview, 'Previews, also of quotes', 'They cost the server what posting does.'),
	described(named.report, 'Reporting comments', 'A bad thread to its end, but no campaign.'),
	described(named.notice, 'Notices without an account', 'A household has a few.'),
	described(named.problem, 'Problems with articles', 'A careful reader of one issue.'),
	described(named.appeal, 'Objecting to decisions', 'One for each decision there is.'),
	described(named.arrange, 'Following, muting, marking as read', 'Faster than anybody clicks.'),
	described(named.search, 'Searching for people (staff)', 'Every account is looked at.'),
	described(named.rehearse, 'Trying rules of screening (staff)', 'A month of comments is read.'),
	described(named.download, 'Downloads', 'Each reads thousands of rows.')
];

function pace(seconds: number): string {
	if (seconds < 1) return `${Math.round(1 / seconds)} a second`;
	if (seconds === 1) return 'one a second';
	if (seconds < 60) return `one every ${seconds} seconds`;
	return seconds === 60 ? 'one a minute' : `one every ${seconds / 60} minutes`;
}

/** How fast somebody counted so may do it, in words; '' where they are not counted so. */
export function rateOf({ allowances }: DescribedLimit, by: Allowance['by']): string {
	const counted = allowances.filter((allowance) => allowance.by === by);
	return counted.map(({ burst, seconds }) => `${burst} at once, then ${pace(seconds)}`).join('; ');
}
