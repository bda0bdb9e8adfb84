import { and, inArray, notInArray } from 'drizzle-orm';
import { actorOf, accountColumns } from '../../accounts/rows.ts';
import { atLeast, isLimited, within, type Actor, type Role } from '../../actor.ts';
import { isAbove } from '../../comments/rules.ts';
import type { Read } from '../../database/database.ts';
import { accounts } from '../../database/schema.ts';
import { mayActOn } from '../sanctions/target.ts';

// A newsroom's whole staff.
const STAFF_MOST = 1000;

/** What an appeal is about, as far as it says who may decide. */
export interface Matter {
	/** Who objects. */
	appellant: { id: string; role: Role };
	/** The article of the comment; null for a sanction. */
	article: { categoryId: string | null; isDraft: boolean } | null;
	/** Who restricted; null when the software did. */
	restrictedBy: string | null;
}

/** Whether the actor has the right to decide, whoever restricted. */
export function mayDecide(actor: Actor, { appellant, article }: Matter): boolean {
	if (appellant.id === actor.accountId) return false;
	if (article === null) return !isLimited(actor) && mayActOn(actor, appellant);
	if (article.isDraft && !atLeast(actor, 'editor')) return false;
	const here = within(actor, article.categoryId);
	return atLeast(here, 'moderator') && !isAbove(here, appellant.role);
}

/** Whether somebody other than who restricted has the right to decide, and may take part. */
export async function isThereAnother(db: Read, matter: Matter): Promise<boolean> {
	const { appellant, restrictedBy } = matter;
	const rows = await db
		.select(accountColumns)
		.from(accounts)
		.where(
			and(
				inArray(accounts.role, ['moderator', 'editor', 'admin']),
				notInArray(accounts.id, [appellant.id, ...(restrictedBy === null ? [] : [restrictedBy])])
			)
		)
		.limit(STAFF_MOST);
	return rows.some((account) => mayDecide(actorOf(account, null), matter));
}
