import { closingWords } from '#lib/components/wording.ts';
import { discussionDefaults } from '#lib/server/articles/discussion-defaults.ts';
import { signUpGuard, type GuardMode } from '#lib/server/accounts/signing-up/sign-up-guard.ts';
import { signUpRules, type SignUpRules } from '#lib/server/accounts/signing-up/sign-up-rules.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import { changesOf } from '#lib/server/moderation/screen/changes.ts';
import * as rules from '#lib/server/moderation/screen/rules.ts';
import { securityContact } from '#lib/server/security/contact.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { siteName } from '#lib/server/site/name.ts';

/** A value that was set, in words. */
export interface SettingLine {
	words: string;
	/** Null for the operator's command line. */
	by: string | null;
	at: Date;
}

/** What the guard's modes are called. */
export const GUARD_WORDS: Readonly<Record<GuardMode, string>> = {
	off: 'Never',
	automatic: 'When very many sign up at once',
	always: 'Always'
};

function confirmationWords({ confirmFirst }: SignUpRules): string {
	return confirmFirst ? 'To be confirmed first' : 'Need not be confirmed';
}

const SHOWN = 10;

async function linesOf<T>(
	db: Database,
	actor: Actor,
	setting: settings.Setting<T>,
	words: (value: T) => string
): Promise<SettingLine[]> {
	const history = await settings.history(db, actor, setting);
	return history.slice(0, SHOWN).map(({ value, by, at }) => ({ words: words(value), by, at }));
}

/** Who set what for the whole site, and when, newest first. @throws {Refusal} 401 or 403 below administrator */
export async function histories(db: Database, actor: Actor) {
	const screening = changesOf(await rules.history(db, actor)).slice(0, SHOWN);
	return {
		name: await linesOf(db, actor, siteName, ({ name }) => name),
		guard: await linesOf(db, actor, signUpGuard, ({ mode }) => GUARD_WORDS[mode]),
		confirmation: await linesOf(db, actor, signUpRules, confirmationWords),
		contact: await linesOf(db, actor, securityContact, ({ contact }) => contact || 'Nobody'),
		discussions: await linesOf(db, actor, discussionDefaults, closingWords),
		screening: screening.map(({ by, at, what }) => ({ by, at, words: `${what.join('. ')}.` }))
	};
}
