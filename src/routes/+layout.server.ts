import type { Viewer } from '#lib/components/viewer.ts';
import { atLeast, isStaff, type Actor } from '#lib/server/actor.ts';
import { now } from '#lib/server/clock.ts';
import { personUrl } from '#lib/server/comments/present.ts';
import type { LayoutServerLoad } from './$types';

function viewerOf(actor: Actor): Viewer | null {
	if (actor.accountId === null) return null;
	return {
		name: actor.name,
		url: personUrl(actor.name),
		isStaff: isStaff(actor),
		isEditor: atLeast(actor, 'editor'),
		isAdmin: atLeast(actor, 'admin')
	};
}

export const load: LayoutServerLoad = ({ locals: { actor, siteName }, url }) => ({
	siteName,
	script: __SCRIPT__,
	path: url.pathname,
	viewer: viewerOf(actor),
	// What guests see is kept and read later, so it tells no ages.
	reading: { now: now(), relative: actor.accountId !== null }
});
