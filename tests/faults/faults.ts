import { backedUp, restored } from './items/backups.ts';
import { busy, together } from './items/busy.ts';
import { jumping } from './items/clocks.ts';
import { copied, deployed, killed } from './items/killed.ts';
import { cut, rotten } from './items/damage.ts';
import { failedOver, failedOverBehind, failedOverHanging } from './items/failover.ts';
import { hanging } from './items/mail.ts';
import { restarted, slow } from './items/postgres.ts';
import { broken } from './items/requests.ts';
import { full, unwritable } from './items/storage.ts';
import { updated } from './items/updates.ts';
import type { Fault } from './support/fault.ts';

/** Every fault, in the order in which they are brought about. */
export const FAULTS: readonly Fault[] = [
	...[killed, copied, deployed, full, unwritable, busy, together, broken, jumping],
	...[
		restarted,
		failedOver,
		failedOverBehind,
		failedOverHanging,
		slow,
		backedUp,
		restored,
		updated,
		hanging,
		rotten,
		cut
	]
];
