import type { Role } from '#lib/server/actor.ts';

/** A role in words. */
export interface RoleWords {
	name: string;
}

/** The roles in words, from least to most. */
export const ROLE_WORDS: Readonly<Record<Role, RoleWords>> = {
	reader: { name: 'Reader' },
	moderator: { name: 'Moderator' },
	editor: { name: 'Editor' },
	admin: { name: 'Administrator' }
};
