import { and, desc, eq, isNull } from 'drizzle-orm';
import * as previousNames from '../../accounts/names/previous-names.ts';
import type { PreviousName } from '../../accounts/names/previous-names.ts';
import { pictureUrl } from '../../../format/people.ts';
import type { Actor, Role } from '../../actor.ts';
import { now } from '../../clock.ts';
import { pageOf, personUrl } from '../../comments/present.ts';
import type { Database, Read } from '../../database/database.ts';
import { accounts, sanctions } from '../../database/schema.ts';
import type { Ground } from '../grounds.ts';
import { SANCTION_KINDS, type SanctionKind } from '../restrictions.ts';
import { EFFECTS } from '../sanctions/effects.ts';
import { find, kindsFor, mayActOn, type Target } from '../sanctions/target.ts';

/** Something that holds for a person now. */
export interface StandingView {
	kind: SanctionKind;
	/** Null where no more is known than that it holds: it came with an import. */
	laid: { ground: Ground; reason: string; by: string | null; at: Date } | null;
	until: Date | null;
}

/** Who a person is to the moderators. */
export interface PersonRecord {
	id: string;
	name: string;
	/** `/people/NAME` */
	url: string;
	role: Role;
	createdAt: Date;
	/** What they were called before, the last first. */
	previousNames: PreviousName[];
	/** The address of the picture that they chose; null for the drawn one. */
	picture: string | null;
	/** What holds for them now. */
	standing: StandingView[];
	/** Their own reports: those that a moderator agreed with, and those that none did. */
	reports: { upheld: number; dismissed: number };
	/** What the actor may lay on them; nothing on oneself and on staff at one's rank or above. */
	may: readonly SanctionKind[];
	/** Whether the actor may read and write notes about them. */
	mayNote: boolean;
}

/** The address of a person's record. */
export function recordUrl(name: string): string {
	return `/moderation${personUrl(name)}`;
}

/** As `recordUrl`; null for a deleted account, which has none. */
export function recordPageOf(name: string): string | null {
	return pageOf(name) && recordUrl(name);
}

// Of each kind one holds; warnings that were lifted and such are not among these.
const STANDING_MOST = 20;

async function standingOf(db: Read, target: Target): Promise<StandingView[]> {
	const holding = SANCTION_KINDS.filter((kind) => EFFECTS[kind].holds(target, now()));
	if (holding.length === 0) return [];
	const rows = await db
		.select({
			kind: sanctions.kind,
			ground: sanctions.ground,
			reason: sanctions.reason,
			by: accounts.name,
			at: sanctions.createdAt
		})
		.from(sanctions)
		.leftJoin(accounts, eq(accounts.id, sanctions.actorId))
		.where(
			and(
				eq(sanctions.accountId, target.id),
				isNull(sanctions.endedAt),
				isNull(sanctions.acknowledgedAt)
			)
		)
		.orderBy(desc(sanctions.id))
		.limit(STANDING_MOST);
	return holding.map((kind) => {
		const { kind: _, ...laid } = rows.find((row) => row.kind === kind) ?? { kind };
		const until = kind === 'suspension' ? target.suspendedUntil : null;
		return { kind, laid: 'ground' in laid ? laid : null, until };
	});
}

/** A person's record, without its lists. @throws {Refusal} 401, 403 below moderator, 404 */
export async function read(db: Database, actor: Actor, name: string): Promise<PersonRecord> {
	const target = await find(db.read, actor, name);
	const [row] = await db.read
		.select({
			createdAt: accounts.createdAt,
			pictureId: accounts.pictureId,
			upheld: accounts.reportsUpheld,
			dismissed: accounts.reportsDismissed
		})
		.from(accounts)
		.where(eq(accounts.id, target.id));
	const { createdAt, pictureId, ...reports } = row;
	return {
		...{ id: target.id, name: target.name, url: personUrl(target.name), role: target.role },
		picture: pictureId && pictureUrl(pictureId),
		...{ createdAt, reports, standing: await standingOf(db.read, target) },
		previousNames: await previousNames.of(db.read, target.id),
		may: kindsFor(actor, target),
		mayNote: mayActOn(actor, target)
	};
}
