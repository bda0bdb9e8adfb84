import { desc } from 'drizzle-orm';
import { now } from '../clock.ts';
import { withClient } from '../database/postgres-client.ts';
import { accounts, comments, securityEvents } from '../database/schema.ts';
import { unless, warning, wrong, type Check, type Finding, type Patient } from './finding.ts';

const SECOND_MS = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;
// What a clock that is kept right never differs by.
const APART_MS = 5 * SECOND_MS;
const AHEAD_MS = 60 * SECOND_MS;
const SILENT_DAYS = 180;
const MEND = 'Let the machine keep its clock by NTP: timedatectl set-ntp true';

/** When the newest thing in the database was made. */
async function newest({ db }: Patient): Promise<Date | null> {
	const of = (table: typeof comments | typeof accounts | typeof securityEvents) =>
		db.read.select({ at: table.createdAt }).from(table).orderBy(desc(table.id)).limit(1);
	const rows = await Promise.all([of(comments), of(accounts), of(securityEvents)]);
	const times = rows.flat().map(({ at }) => at.getTime());
	return times.length === 0 ? null : new Date(Math.max(...times));
}

async function databaseFault({ config }: Patient): Promise<Finding | null> {
	if (config.dialect === 'sqlite') return null;
	const before = now().getTime();
	const { rows } = await withClient(config.databaseUrl, (client) =>
		client.query<{ at: Date }>('select clock_timestamp() as at')
	);
	const at = rows[0].at.getTime();
	const isNear = at > before - APART_MS && at < now().getTime() + APART_MS;
	return isNear ? null : wrong('This machine’s clock and the database’s are apart.', MEND);
}

function newestFault(at: Date | null): Finding | null {
	const age = at === null ? 0 : now().getTime() - at.getTime();
	if (age < -AHEAD_MS) {
		const words = `The clock says ${now().toISOString()}, but there is something newer than that in the database.`;
		return wrong(words, MEND);
	}
	if (age < SILENT_DAYS * DAY_MS) return null;
	const words = `The clock says ${now().toISOString()}; the newest thing in the database is ${Math.floor(age / DAY_MS)} days old.`;
	return warning(words, `If that cannot be: ${MEND}`);
}

/** Whether the clock is right, as far as the database can tell. */
export const clock: Check = {
	key: 'clock',
	name: 'Clock',
	async look(patient) {
		const faults = [await databaseFault(patient), newestFault(await newest(patient))];
		return unless(faults, `It is ${now().toISOString().slice(0, 16).replace('T', ' ')} UTC.`);
	}
};
