import type { PersonView } from '#lib/server/comments/view.ts';
import type { Shape } from './schemas.ts';

/** Somebody as the API answers them. @param origin what its addresses begin with */
export function asPerson(origin: string, { name, url, role }: PersonView): Shape<'Person'> {
	return { name, url: url && origin + url, role };
}
