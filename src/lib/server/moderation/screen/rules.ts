import * as v from 'valibot';
import type { Actor } from '../../actor.ts';
import type { Database } from '../../database/database.ts';
import { whileUnchanged } from '../../database/while-unchanged.ts';
import * as settings from '../../settings/settings.ts';
import { compile, MOST_STARS, type Matcher } from './words/matcher.ts';
import { wordsOfEntry } from './words/symbols.ts';

/** Entries of one list; a newsroom's own list has dozens. */
export const MOST_ENTRIES = 500;
/** Characters of an entry: a phrase, no sentence. */
export const ENTRY_LENGTH = 60;
/** How many of somebody's last comments are looked at; no number that is compared with them is above it. */
export const LAST_LOOKED_AT = 50;

function hasLetters(entry: string): boolean {
	return entry
		.split(/\s+/)
		.every((piece) => wordsOfEntry(piece.replaceAll('*', ' ')).flat().length > 0);
}

const Entry = v.pipe(
	v.string(),
	v.maxLength(ENTRY_LENGTH, `A word or phrase has at most ${ENTRY_LENGTH} characters.`),
	v.check(hasLetters, ({ input }) => `“${input}” has no letters to look for.`),
	v.check(
		(entry) => entry.split('*').length <= MOST_STARS + 1,
		({ input }) => `“${input}” has more than ${MOST_STARS} stars.`
	)
);
const Entries = v.pipe(
	v.array(Entry),
	v.maxLength(MOST_ENTRIES, `A list has at most ${MOST_ENTRIES} words and phrases.`)
);
const Domain = v.pipe(
	v.string(),
	v.maxLength(253, 'This domain is too long to be one.'),
	v.regex(
		/^(?=.*\.)[a-z0-9-]+(?:\.[a-z0-9-]+)*$/,
		({ input }) => `“${input}” is no domain; one is written like example.com.`
	)
);
const Domains = v.pipe(
	v.array(Domain),
	v.maxLength(MOST_ENTRIES, `There may be at most ${MOST_ENTRIES} domains.`)
);

function whole(name: string, most: number) {
	const words = `${name} is a whole number from 0 to ${most}.`;
	return v.pipe(v.number(words), v.integer(words), v.minValue(0, words), v.maxValue(most, words));
}

const Rules = v.object({
	/** Words and phrases with which nothing is published. */
	banned: Entries,
	/** Words and phrases that a moderator looks at first. */
	suspect: Entries,
	/** Domains that may not be linked to, with those under them. */
	domains: Domains,
	/** Characters from which a comment is held; 0 never. */
	longest: whole('The length', 10_000),
	/** Somebody is new until so many comments are published; 0 nobody. */
	newUntil: whole('The number of first comments', LAST_LOOKED_AT),
	/** Whether the comments of who is new wait for a moderator. */
	holdNew: v.boolean(),
	/** Links that a comment of who is new may have. */
	newLinks: whole('The number of links', 50),
	/** Comments that one account may post in `floodMinutes`; 0 any number. */
	floodComments: whole('The number of comments', LAST_LOOKED_AT),
	/** Accounts of the last day that may write on one article in `floodMinutes`; 0 any number. */
	floodNewcomers: whole('The number of new accounts', LAST_LOOKED_AT),
	floodMinutes: whole('The number of minutes', 24 * 60),
	/** Whether everything waits for a moderator, on every article. */
	premoderated: v.boolean(),
	/** Whether the outside checks are asked that the operator has set up. */
	outside: v.boolean()
});

/** What screening goes by, as the newsroom sets it. */
export type Rules = v.InferOutput<typeof Rules>;

/** The setting of it. */
export const screening: settings.Setting<Rules> = {
	key: 'screening',
	schema: Rules,
	initial: {
		banned: [],
		suspect: [],
		domains: [],
		longest: 0,
		newUntil: 3,
		holdNew: false,
		newLinks: 2,
		floodComments: 30,
		floodNewcomers: 20,
		floodMinutes: 5,
		premoderated: false,
		outside: true
	},
	role: 'editor'
};

/** The lists of words, ready to be looked for. */
export interface Lists {
	banned: Matcher;
	suspect: Matcher;
}

const compiled = new WeakMap<Rules, Lists>();

/** The lists of rules, made ready once. */
export function listsOf(rules: Rules): Lists {
	let lists = compiled.get(rules);
	if (!lists) {
		lists = { banned: compile(rules.banned), suspect: compile(rules.suspect) };
		compiled.set(rules, lists);
	}
	return lists;
}

/** What holds now. */
export const current = whileUnchanged(
	async (db): Promise<Rules> => (await settings.cached(db.read, screening)).value
);

/** Who changed the rules and when, newest first. @throws {Refusal} 401 or 403 below moderator */
export function history(db: Database, actor: Actor): Promise<settings.SettingChange<Rules>[]> {
	return settings.history(db, actor, { ...screening, role: 'moderator' });
}
