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
 * Failed sign-ins for one account from one network: five are free, then the delay grows from half a
 * minute to ten. It never counts an account over all networks, so nobody can lock an owner out
 * from elsewhere.
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
