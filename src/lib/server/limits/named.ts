/** An allowance: `burst` acts at once, then one every `seconds`. */
export interface Allowance {
	/** Whom it counts. */
	by: keyof Subject;
	burst: number;
	seconds: number;
}

/** A limit: all its allowances must have room. */
export interface Limit {
	name: string;
	/** What the reader is told, before the time to wait. */
	words: string;
	/** Whether the newsroom's staff is under it too. */
	staff: boolean;
	allowances: readonly Allowance[];
}

/** Who is counted; what is null or missing is not. */
export interface Subject {
	account?: string | null;
	/** As `network()` gives it. */
	network?: string | null;
}

/** Accounts made from one network: a school class may sign up together, a script may not go on. */
export const signUp: Limit = {
	name: 'sign-up',
	words: 'Many people have signed up from your network just now.',
	staff: true,
	allowances: [{ by: 'network', burst: 50, seconds: 60 }]
};

/** Failed sign-ins from one network, whoever they were for: trying many accounts. */
export const signIn: Limit = {
	name: 'sign-in',
	words: 'There were too many failed attempts to sign in from your network.',
	staff: true,
	allowances: [
		{ by: 'network', burst: 30, seconds: 10 },
		{ by: 'network', burst: 200, seconds: 120 }
	]
};

/**
 * Failed sign-ins for one account from one network, or from one browser that signed in to it before:
 * five are free, then the delay grows from half a minute to ten.
 */
export const signInAccount: Limit = {
	name: 'sign-in-account',
	words: 'There were too many failed attempts to sign in.',
	staff: true,
	allowances: [
		{ by: 'account', burst: 5, seconds: 30 },
		{ by: 'account', burst: 10, seconds: 120 },
		{ by: 'account', burst: 20, seconds: 600 }
	]
};

/**
 * Failed sign-ins for one account over all networks: guessing from many addresses at once. The delay
 * grows to five minutes and never lasts; browsers that signed in to the account before pass it by,
 * so nobody can lock an owner out.
 */
export const signInEverywhere: Limit = {
	name: 'sign-in-everywhere',
	words: 'There were too many failed attempts to sign in to this account.',
	staff: true,
	allowances: [
		{ by: 'account', burst: 15, seconds: 30 },
		{ by: 'account', burst: 30, seconds: 120 },
		{ by: 'account', burst: 60, seconds: 300 }
	]
};

/**
 * Codes for an account's second step, once the first was right: of a million codes three are right at
 * a time. Five are free, then the delay grows to ten minutes; passkeys are not counted.
 */
export const secondFactor: Limit = {
	name: 'second-factor',
	words: 'There were too many wrong codes.',
	staff: true,
	allowances: [
		{ by: 'account', burst: 5, seconds: 30 },
		{ by: 'account', burst: 10, seconds: 120 },
		{ by: 'account', burst: 20, seconds: 600 }
	]
};

/** Questions to passkeys, each of which is kept for some minutes: an office signs in, a script does not fill the table. */
export const passkey: Limit = {
	name: 'passkey',
	words: 'Too many passkeys were asked for from your network.',
	staff: true,
	allowances: [{ by: 'network', burst: 60, seconds: 2 }]
};

/** Beginning to sign in with an account elsewhere, which asks its provider: a classroom passes. */
export const signInElsewhere: Limit = {
	name: 'sign-in-elsewhere',
	words: 'There were very many attempts to sign in from your network.',
	staff: true,
	allowances: [{ by: 'network', burst: 60, seconds: 5 }]
};

/** Pictures: each costs some work to make anew; a few tries until one is liked. */
export const picture: Limit = {
	name: 'picture',
	words: 'You are changing your picture very often.',
	staff: true,
	allowances: [
		{ by: 'account', burst: 10, seconds: 60 },
		{ by: 'network', burst: 40, seconds: 10 }
	]
};

/** Comments: a lively evening of one reader passes, a flood does not; an office shares a network. */
export const post: Limit = {
	name: 'post',
	words: 'You are posting very fast.',
	staff: false,
	allowances: [
		{ by: 'account', burst: 60, seconds: 5 },
		{ by: 'network', burst: 300, seconds: 0.5 }
	]
};

/** Edits: a few corrections of several comments in a row. */
export const edit: Limit = {
	name: 'edit',
	words: 'You are editing very fast.',
	staff: false,
	allowances: [
		{ by: 'account', burst: 20, seconds: 6 },
		{ by: 'network', burst: 100, seconds: 1 }
	]
};

/** Recommendations, given or taken back: down a long page without a pause. */
export const vote: Limit = {
	name: 'vote',
	words: 'You are recommending very fast.',
	staff: false,
	allowances: [
		{ by: 'account', burst: 60, seconds: 1 },
		{ by: 'network', burst: 300, seconds: 0.2 }
	]
};

/** Previews: rendering without the cost of writing, so somebody may try to keep the server at it. */
export const preview: Limit = {
	name: 'preview',
	words: 'You are asking for previews very fast.',
	staff: false,
	allowances: [
		{ by: 'account', burst: 30, seconds: 1 },
		{ by: 'network', burst: 100, seconds: 0.3 }
	]
};

/** What somebody arranges for themselves: following, muting, marking as read. */
export const arrange: Limit = {
	name: 'arrange',
	words: 'You are doing this very fast.',
	staff: false,
	allowances: [
		{ by: 'account', burst: 60, seconds: 1 },
		{ by: 'network', burst: 300, seconds: 0.2 }
	]
};

/** Appeals: one for each restriction there is, and no more words than somebody can write. */
export const appeal: Limit = {
	name: 'appeal',
	words: 'You are objecting very fast.',
	staff: false,
	allowances: [
		{ by: 'account', burst: 10, seconds: 60 },
		{ by: 'network', burst: 50, seconds: 10 }
	]
};

/** Notices of illegal content by people without an account: a household has a few, a script many. */
export const notice: Limit = {
	name: 'notice',
	words: 'Many notices have come from your network just now.',
	staff: true,
	allowances: [{ by: 'network', burst: 5, seconds: 600 }]
};

/** Reports: a bad thread down to its end, but no campaign. */
export const report: Limit = {
	name: 'report',
	words: 'You are reporting very fast.',
	staff: false,
	allowances: [
		{ by: 'account', burst: 20, seconds: 30 },
		{ by: 'network', burst: 100, seconds: 3 }
	]
};

/** Problems with articles: a careful reader of one issue, also without an account; no campaign. */
export const problem: Limit = {
	name: 'problem',
	words: 'You are sending very many of these.',
	staff: false,
	allowances: [
		{ by: 'account', burst: 10, seconds: 60 },
		{ by: 'network', burst: 20, seconds: 60 }
	]
};

/** Asking for one's account to be deleted, which sends a mail each time. */
export const leave: Limit = {
	name: 'leave',
	words: 'You have asked for this very often.',
	staff: true,
	allowances: [{ by: 'account', burst: 3, seconds: 600 }]
};

/** Downloads of all that is known about somebody, which reads it all. */
export const ownData: Limit = {
	name: 'own-data',
	words: 'You have downloaded your data several times just now.',
	staff: true,
	allowances: [{ by: 'account', burst: 3, seconds: 600 }]
};

/** Trying the rules of screening on a month of comments, which reads them all. */
export const rehearse: Limit = {
	name: 'rehearse',
	words: 'You are trying this very often.',
	staff: true,
	allowances: [{ by: 'account', burst: 10, seconds: 10 }]
};

/** Tasks of work for signing up: each page takes one, and one more when it was refused. */
export const work: Limit = {
	name: 'work',
	words: 'Many people are signing up from your network just now.',
	staff: true,
	allowances: [{ by: 'network', burst: 100, seconds: 20 }]
};

/** Searching for people: reads every account, and nobody types faster. */
export const search: Limit = {
	name: 'search',
	words: 'You are searching very fast.',
	staff: true,
	allowances: [
		{ by: 'account', burst: 60, seconds: 1 },
		{ by: 'network', burst: 300, seconds: 0.2 }
	]
};

/** Downloads of what is kept: each reads thousands of rows. */
export const download: Limit = {
	name: 'download',
	words: 'You are downloading very often.',
	staff: true,
	allowances: [
		{ by: 'account', burst: 10, seconds: 60 },
		{ by: 'network', burst: 30, seconds: 20 }
	]
};

/**
 * Security events of a kind that strangers can bring about, kept in the database: by network, an hour
 * of a determined script leaves 120 rows; over the whole site (counted like an account), an attack
 * from everywhere leaves 720 an hour once the first two thousand are there.
 */
export const securityEvent: Limit = {
	name: 'security-event',
	words: 'There are very many of these.',
	staff: true,
	allowances: [
		{ by: 'network', burst: 60, seconds: 60 },
		{ by: 'account', burst: 2000, seconds: 5 }
	]
};

/** Links to a new password, asked for from one network: a forgetful office, no list of addresses. */
export const reset: Limit = {
	name: 'reset',
	words: 'Many links have been asked for from your network just now.',
	staff: true,
	allowances: [{ by: 'network', burst: 20, seconds: 60 }]
};

/** Links to sign in by, as for a new password; where people like them, each uses one a day. */
export const signInLink: Limit = {
	name: 'sign-in-link',
	words: 'Many links have been asked for from your network just now.',
	staff: true,
	allowances: [{ by: 'network', burst: 50, seconds: 60 }]
};

/**
 * Mails to one address (counted like an account) that somebody else can bring about by typing it:
 * enough for who mislays a few, too few to fill a letter box.
 */
export const mailTo: Limit = {
	name: 'mail-to',
	words: 'We have sent several mails there just now.',
	staff: true,
	allowances: [{ by: 'account', burst: 5, seconds: 900 }]
};

/** The confirming mail once more: for who deleted it or waits for a slow mail server. */
export const resend: Limit = {
	name: 'resend',
	words: 'We have sent you several of these just now.',
	staff: true,
	allowances: [{ by: 'account', burst: 3, seconds: 600 }]
};

/** Changes of one's e-mail address: a few slips; each one sends two mails, one of them to anybody. */
export const changeEmail: Limit = {
	name: 'change-email',
	words: 'You have changed your address several times just now.',
	staff: true,
	allowances: [{ by: 'account', burst: 5, seconds: 900 }]
};

/** Links of mails that are followed: many people of one network may; who guesses finds nothing, and pays for it. */
export const followLink: Limit = {
	name: 'follow-link',
	words: 'Many links were followed from your network just now.',
	staff: true,
	allowances: [{ by: 'network', burst: 60, seconds: 10 }]
};

/** Tries of new names, most of which somebody has. */
export const rename: Limit = {
	name: 'rename',
	words: 'You have tried many names just now.',
	staff: true,
	allowances: [{ by: 'account', burst: 20, seconds: 30 }]
};
