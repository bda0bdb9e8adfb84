import { atLeast, ROLES, type Actor, type Role } from './actor.ts';

/** Something that people may do from a role on; who may do it as a guest needs no account. */
export interface Permission {
	/** In a word, for tests: each shows that the rules say the same. */
	key: string;
	/** What may be done, as it stands after "may". */
	words: string;
	from: Role | 'guest';
}

/** Who may do what. The rules themselves stand with each act; a test tries every line on every role. */
export const PERMISSIONS: readonly Permission[] = [
	{ key: 'read', words: 'Read articles and discussions', from: 'guest' },
	{ key: 'problem', words: 'Report a problem with an article', from: 'guest' },
	{ key: 'notice', words: 'Give notice of illegal content', from: 'guest' },
	{ key: 'post', words: 'Post, reply and quote', from: 'reader' },
	{ key: 'vote', words: 'Recommend comments', from: 'reader' },
	{ key: 'report', words: 'Report comments', from: 'reader' },
	{ key: 'follow', words: 'Follow discussions', from: 'reader' },
	{ key: 'queue', words: 'See the queue of what waits', from: 'moderator' },
	{ key: 'decide', words: 'Approve, reject, remove and restore comments', from: 'moderator' },
	{ key: 'commenting', words: 'Close and open discussions', from: 'moderator' },
	{ key: 'sanction', words: 'Warn, suspend and ban readers', from: 'moderator' },
	{ key: 'people', words: 'Look people up, without their addresses', from: 'moderator' },
	{ key: 'words-read', words: 'See by which rules comments are screened', from: 'moderator' },
	{ key: 'words', words: 'Change the rules by which comments are screened', from: 'editor' },
	{ key: 'articles', words: 'Write, edit and publish articles', from: 'editor' },
	{ key: 'bylines', words: 'Keep the bylines', from: 'editor' },
	{ key: 'discussions', words: 'Set when discussions close by themselves', from: 'editor' },
	{ key: 'accounts', words: 'See all accounts with their e-mail addresses', from: 'admin' },
	{ key: 'roles', words: 'Give roles, limit moderators to categories', from: 'admin' },
	{ key: 'settings', words: 'Change the settings of the site', from: 'admin' },
	{ key: 'security', words: 'See and export what bears on security', from: 'admin' }
];

/** Everybody that the table tells apart, from least to most. */
export const COLUMNS = ['guest', ...ROLES] as const;

/** Whether an actor of this role may do it, as the table says. */
export function may(role: Actor['role'], { from }: Permission): boolean {
	return from === 'guest' || atLeast({ role }, from);
}

/** The table: who may do each thing, by column. */
export interface PermissionTable {
	columns: readonly (Role | 'guest')[];
	rows: { words: string; may: boolean[] }[];
}

/** Who may do what, as a table to be shown. */
export function permissionTable(): PermissionTable {
	const rows = PERMISSIONS.map((permission) => ({
		words: permission.words,
		may: COLUMNS.map((role) => may(role, permission))
	}));
	return { columns: COLUMNS, rows };
}
