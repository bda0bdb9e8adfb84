import type { Role } from '#lib/server/actor.ts';

/** A role in words. */
export interface RoleWords {
	name: string;
	/** What it may do beside what the roles before it may. */
	may: string;
}

/** The roles in words, from least to most. */
export const ROLE_WORDS: Readonly<Record<Role, RoleWords>> = {
	reader: {
		name: 'Reader',
		may: 'Post, reply, quote and recommend; edit for a while and delete what they wrote.'
	},
	moderator: {
		name: 'Moderator',
		may: 'Remove and restore comments, approve or reject what waits, set an article’s comment state.'
	},
	editor: { name: 'Editor', may: 'Write, edit and publish articles; keep the bylines.' },
	admin: { name: 'Administrator', may: 'Give roles to accounts.' }
};
