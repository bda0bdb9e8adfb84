import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';

/** How a thing is: as it should be, worth a look, or to be mended now. */
export type State = 'ok' | 'warning' | 'wrong';

/** What a check found, in plain words, without any secret in them. */
export interface Finding {
	state: State;
	words: string;
	/** What to do about it; '' where nothing needs to be done. */
	mend: string;
}

/** What a request to the page itself shows of what stands in front of the site. */
export interface RequestSeen {
	/** The `Host` header. */
	host: string;
	/** The `X-Forwarded-For` header. */
	forwardedFor: string | null;
	/** The `X-Forwarded-Proto` header. */
	forwardedProto: string | null;
}

/** What the checks look at. */
export interface Patient {
	config: Config;
	db: Database;
	/** Only on the page. */
	request?: RequestSeen;
	/** The whole database is read, however long that takes. */
	full?: boolean;
	/** Other people wait for this process: nothing may keep it busy for long. */
	isServing?: boolean;
}

/** One of the things that are looked at. */
export interface Check {
	/** In a word, for programs. */
	key: string;
	name: string;
	look(patient: Patient): Finding[] | Promise<Finding[]>;
}

/** All is well. */
export function ok(words: string): Finding {
	return { state: 'ok', words, mend: '' };
}

/** Worth a look. */
export function warning(words: string, mend: string): Finding {
	return { state: 'warning', words, mend };
}

/** To be mended now. */
export function wrong(words: string, mend: string): Finding {
	return { state: 'wrong', words, mend };
}

/** What was found wrong, or that all is well. */
export function unless(found: (Finding | null | false)[], words: string): Finding[] {
	const faults = found.filter((finding) => finding !== null && finding !== false);
	return faults.length > 0 ? faults : [ok(words)];
}
