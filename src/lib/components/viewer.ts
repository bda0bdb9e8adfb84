import type { Barred, Role } from '#lib/server/actor.ts';

/** Who is signed in, as every page's frame shows it. */
export interface Viewer {
	name: string;
	/** The address of the picture that they chose; null for the drawn one. */
	picture: string | null;
	/** `/people/NAME` */
	url: string;
	isStaff: boolean;
	isEditor: boolean;
	isAdmin: boolean;
	/** How much they were told and have not read, `99+` for more; '' for nothing. */
	unread: string;
	/** Staff whose role waits for a second factor. */
	waiting: { role: Role; hasFactor: boolean } | null;
	/** Set while they may not take part. */
	barred: Barred | null;
	/** There is a warning that they have to acknowledge before they post again. */
	warned: boolean;
	/** They have to confirm their e-mail address before they post. */
	unconfirmed: boolean;
	/** When their account will be deleted, unless they keep it. */
	leavesAt: Date | null;
}
