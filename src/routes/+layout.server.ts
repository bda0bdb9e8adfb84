import type { Viewer } from '#lib/components/viewer.ts';
import { atMost } from '#lib/format/counts.ts';
import { pictureUrl } from '#lib/format/people.ts';
import { serverOnly } from '#lib/http/server-only.ts';
import { mustConfirm } from '#lib/server/accounts/signing-up/sign-up-rules.ts';
import * as secondFactors from '#lib/server/accounts/factors/second-factors.ts';
import { atLeast, isStaff, type Actor } from '#lib/server/actor.ts';
import { now } from '#lib/server/clock.ts';
import { personUrl } from '#lib/server/comments/present.ts';
import { config } from '#lib/server/config.ts';
import type { Database } from '#lib/server/database/database.ts';
import { MOST_COUNTED } from '#lib/server/notifications/kinds.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import type { LayoutServerLoad } from './$types';

async function viewerOf(db: Database, actor: Actor): Promise<Viewer | null> {
	if (actor.accountId === null) return null;
	return {
		name: actor.name,
		picture: actor.pictureId ? pictureUrl(actor.pictureId) : null,
		url: personUrl(actor.name),
		isStaff: isStaff(actor),
		isEditor: atLeast(actor, 'editor'),
		isAdmin: atLeast(actor, 'admin'),
		unread: await unreadOf(db, actor),
		waiting: await waitingOf(db, actor),
		barred: actor.barred,
		warned: actor.warned === true,
		unconfirmed: await mustConfirm(db.read, actor),
		leavesAt: actor.leavesAt ?? null
	};
}

async function waitingOf(db: Database, actor: Actor): Promise<Viewer['waiting']> {
	const { accountId, waitingRole: role } = actor;
	if (accountId === null || role === undefined) return null;
	return { role, hasFactor: await secondFactors.has(db.read, accountId) };
}

/** Nothing is said of nothing. */
async function unreadOf(db: Database, actor: Actor): Promise<string> {
	const unread = await notifications.unread(db, actor);
	return unread === 0 ? '' : atMost(unread, MOST_COUNTED);
}

export const load: LayoutServerLoad = async ({ locals: { db, actor, siteName }, url }) =>
	serverOnly({
		siteName,
		/** Of whole addresses; '' where it is not settled. */
		origin: config().origin ?? '',
		script: __SCRIPT__,
		path: url.pathname,
		viewer: await viewerOf(db, actor),
		// What guests see is kept and read later, so it tells no ages.
		reading: { now: now(), relative: actor.accountId !== null }
	});
