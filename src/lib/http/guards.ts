import { atLeast, type Role } from '#lib/server/actor.ts';
import { error, type RequestEvent } from '@sveltejs/kit';

/** The route groups that are not for everyone, and the least role for each. */
export const GUARDED: Readonly<Record<string, Role>> = {
	'(moderation)': 'moderator',
	'(newsroom)': 'editor',
	'(admin)': 'admin'
};

/** Whether the request is for a part of the site that its sender may not see. */
export function isDenied(event: Pick<RequestEvent, 'route' | 'locals'>): boolean {
	const group = event.route.id?.split('/')[1] ?? '';
	const role = GUARDED[group];
	return role !== undefined && !atLeast(event.locals.actor, role);
}

/** The load of a guarded group's layout: answers like what does not exist. @throws 404 */
export function guard(event: Pick<RequestEvent, 'route' | 'locals'>): void {
	if (isDenied(event)) error(404, 'There is no such page.');
}
