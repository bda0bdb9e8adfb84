import { desc, eq } from 'drizzle-orm';
import { requireRole, type Actor } from '../../actor.ts';
import { alias } from '../../database/columns.ts';
import type { Database } from '../../database/database.ts';
import { accounts, sanctions } from '../../database/schema.ts';
import type { Ground } from '../grounds.ts';
import type { SanctionKind } from '../restrictions.ts';
import { recordPageOf } from './record.ts';

const SHOWN = 30;

/** Something that was laid on somebody. */
export interface SanctionView {
	id: string;
	kind: SanctionKind;
	ground: Ground;
	at: Date;
	until: Date | null;
	/** When it was lifted before its time. */
	endedAt: Date | null;
	by: string | null;
	person: { name: string; url: string | null };
}

const subjects = alias(accounts, 'subject');

/** What was laid on people last, newest first. @throws {Refusal} 401, 403 below moderator */
export async function latest(db: Database, actor: Actor): Promise<SanctionView[]> {
	requireRole(actor, 'moderator');
	const rows = await db.read
		.select({
			id: sanctions.id,
			kind: sanctions.kind,
			ground: sanctions.ground,
			at: sanctions.createdAt,
			until: sanctions.until,
			endedAt: sanctions.endedAt,
			by: accounts.name,
			name: subjects.name
		})
		.from(sanctions)
		.innerJoin(subjects, eq(subjects.id, sanctions.accountId))
		.leftJoin(accounts, eq(accounts.id, sanctions.actorId))
		.orderBy(desc(sanctions.id))
		.limit(SHOWN);
	return rows.map(({ name, ...row }) => ({ ...row, person: { name, url: recordPageOf(name) } }));
}
