import type { Pieces } from '#lib/http/pieces.ts';
import type { Actor } from '#lib/server/actor.ts';
import type { Database } from '#lib/server/database/database.ts';
import type { Refusal } from '#lib/server/refusal.ts';

declare global {
	/** The address of the browser's script, set by the build. */
	const __SCRIPT__: string;
	/** The address of the script of the moderators' queue. */
	const __DESK_SCRIPT__: string;
	/** The address of the script of pages that ask for a passkey. */
	const __PASSKEYS_SCRIPT__: string;
	/** The address of the script that does the work for signing up. */
	const __SIGN_UP_SCRIPT__: string;

	namespace App {
		interface Error {
			message: string;
			/** The request's id, to be named when the fault is reported. */
			requestId?: string;
		}
		interface Locals {
			/** Set when the database could not give what was asked for. */
			unavailable?: Refusal;
			db: Database;
			actor: Actor;
			siteName: string;
			/** The site's revision, read before anything else of it. */
			siteRevision: number;
			/** The raw session token of the cookie, when it is a live one. */
			sessionToken: string | null;
			requestId: string;
			/** What the page shows and at which revision, for its `Cache-Tag`. */
			tags: Set<string>;
			/** What is put into the finished page. */
			pieces: Pieces;
			/** The finished page; SvelteKit's own answer holds nothing then. */
			page?: string;
		}
	}
}
