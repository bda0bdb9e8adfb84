import { forbidden, signInFirst } from './refusal.ts';

/** The roles, from least to most: each may do what those before it may. */
export const ROLES = ['reader', 'moderator', 'editor', 'admin'] as const;
/** What an account may do. */
export type Role = (typeof ROLES)[number];

/** Who acts: an account or a guest, made once for each request (or command) and asked by every rule. */
export interface Actor {
	/** Null for a guest, and for the system itself. */
	accountId: string | null;
	/** The shown name; "Guest" for a guest. */
	name: string;
	role: Role | 'guest' | 'system';
	/** The id of its picture; null or absent for the one that is drawn. */
	pictureId?: string | null;
	/** The network address that the request came from; null for commands and jobs. */
	address: string | null;
	/** Set while the account may not take part. */
	barred: Barred | null;
	/** There is a warning that it has to acknowledge before it posts again. */
	warned?: boolean;
	/** It has an e-mail address that nobody confirmed. */
	unconfirmed?: boolean;
	/** When its account will be deleted, unless it changes its mind; null or absent for never. */
	leavesAt?: Date | null;
	/** Of a moderator: the ids of the categories that it is limited to; null or absent for all. */
	moderates?: readonly string[] | null;
	/** The role that waits for a second factor: until then the actor is a reader. */
	waitingRole?: Role;
	/** The session that the request came in; absent for programs, commands and jobs. */
	session?: ActorSession;
	/** The id of the request, for the logs. */
	requestId?: string;
}

/** What rules ask about a session. */
export interface ActorSession {
	/** What its owner's list of sessions calls it; no credential. */
	handle: string;
	/** When its reader last proved who they are. */
	authenticatedAt: Date | null;
	/** When they gave a second factor. */
	secondFactorAt: Date | null;
}

/** Why and until when an account may not take part; `until` null means for good. */
export interface Barred {
	kind: 'suspended' | 'banned';
	until: Date | null;
}

/** An actor that has an account. */
export type Member = Actor & { accountId: string; role: Role };

/** Someone without an account. */
export function guest(address: string | null = null): Actor {
	return { accountId: null, name: 'Guest', role: 'guest', address, barred: null };
}

/** The software itself: commands of the operator and timed changes. */
export const system: Actor = {
	accountId: null,
	name: 'Afterword',
	role: 'system',
	address: null,
	barred: null
};

type Ranked = Pick<Actor, 'role'> & Partial<Pick<Actor, 'barred'>>;

/** Whether the actor has at least this role: the system has every role, staff who are barred are readers. */
export function atLeast(actor: Ranked, role: Role): boolean {
	if (actor.role === 'system') return true;
	if (actor.role === 'guest') return false;
	const rank = actor.barred ? 'reader' : actor.role;
	return ROLES.indexOf(rank) >= ROLES.indexOf(role);
}

/** Whether the actor is on the newsroom's staff. */
export function isStaff(actor: Ranked): boolean {
	return atLeast(actor, 'moderator');
}

/** Whether the actor moderates some categories only. */
export function isLimited({ role, moderates }: Pick<Actor, 'role' | 'moderates'>): boolean {
	return role === 'moderator' && Boolean(moderates);
}

/**
 * The actor as it stands on articles of a category (null for none): a moderator who is limited to
 * others is a reader there.
 */
export function within<Someone extends Actor>(actor: Someone, categoryId: string | null): Someone {
	if (!isLimited(actor)) return actor;
	const isHere = categoryId !== null && actor.moderates!.includes(categoryId);
	return isHere ? actor : { ...actor, role: 'reader' };
}

/** Narrows to an actor with an account. @throws {Refusal} 401 for a guest. */
export function requireAccount(actor: Actor): asserts actor is Member {
	if (actor.accountId === null) throw signInFirst();
}

/** @throws {Refusal} 401 for a guest, 403 for a role below `role`. */
export function requireRole(actor: Actor, role: Role): void {
	if (actor.role !== 'system') requireAccount(actor);
	if (!atLeast(actor, role)) throw forbidden(`This is for ${role}s.`);
}
