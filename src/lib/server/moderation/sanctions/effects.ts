import type { accounts } from '../../database/schema.ts';
import type { ActionKind } from '../kinds.ts';
import type { SanctionKind } from '../restrictions.ts';

/** What an account's row says of its sanctions. */
export type Standing = Pick<
	typeof accounts.$inferSelect,
	'warningId' | 'approvalRequiredAt' | 'suspendedUntil' | 'bannedAt'
>;

/** A sanction as it is laid. */
interface Laid {
	id: string;
	createdAt: Date;
	until: Date | null;
}

/** What a kind of sanction does to an account. */
interface Effect {
	/** How the log calls it. */
	act: Extract<ActionKind, `account.${string}`>;
	/** What the account's row says while it holds. */
	on(sanction: Laid): Partial<Standing>;
	/** What it says when it does not. */
	off: Partial<Standing>;
	holds(standing: Standing, at: Date): boolean;
	/** The words for "This person … already." */
	already: string;
}

/** What each kind of sanction does. */
export const EFFECTS: Readonly<Record<SanctionKind, Effect>> = {
	warning: {
		act: 'account.warn',
		on: ({ id }) => ({ warningId: id }),
		off: { warningId: null },
		holds: ({ warningId }) => warningId !== null,
		already: 'has a warning to read'
	},
	approval: {
		act: 'account.approval',
		on: ({ createdAt }) => ({ approvalRequiredAt: createdAt }),
		off: { approvalRequiredAt: null },
		holds: ({ approvalRequiredAt }) => approvalRequiredAt !== null,
		already: 'needs approval'
	},
	suspension: {
		act: 'account.suspend',
		on: ({ until }) => ({ suspendedUntil: until }),
		off: { suspendedUntil: null },
		holds: ({ suspendedUntil }, at) => suspendedUntil !== null && suspendedUntil > at,
		already: 'is suspended'
	},
	ban: {
		act: 'account.ban',
		on: ({ createdAt }) => ({ bannedAt: createdAt }),
		off: { bannedAt: null },
		holds: ({ bannedAt }) => bannedAt !== null,
		already: 'is banned'
	}
};
