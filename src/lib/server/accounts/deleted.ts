/** What everybody who deleted their account is called from then on; nobody else may be. */
export const DELETED_NAME = 'Deleted account';

/** What takes the place of a deleted account's name where names are unique; no name has a colon. */
export function deletedKey(id: string): string {
	return `deleted:${id}`;
}
