import * as challenges from '../accounts/links/challenges.ts';
import * as knownDevices from '../accounts/sessions/known-devices.ts';
import * as links from '../accounts/links/links.ts';
import * as deletion from '../accounts/leaving/deletion.ts';
import * as sessions from '../accounts/sessions/sessions.ts';
import * as closing from '../articles/closing.ts';
import * as commenting from '../articles/commenting.ts';
import { scheduled } from '../backup/scheduled.ts';
import { config } from '../config.ts';
import type { Database } from '../database/database.ts';
import * as limits from '../limits/limits.ts';
import * as mailing from '../notifications/mail/mailing.ts';
import { stackOf } from '../faults.ts';
import { log } from '../log.ts';
import * as deliveries from '../mail/deliveries.ts';
import { mailer } from '../mail/mailer.ts';
import { transport } from '../mail/transport.ts';
import { meter } from '../monitoring/meter.ts';
import { traced } from '../monitoring/tracing.ts';
import * as unusedPictures from '../pictures/unused.ts';
import { sweeper } from '../security/sweep.ts';

const SECOND = 1000;
// A state that was set for a time gives way at reading to the second; this writes it down.
const COMMENTING_EVERY = 5 * SECOND;
// Hours are told in minutes, and days in which nobody writes need no second.
const CLOSING_EVERY = 30 * SECOND;
// Who has waited for a day does not mind half a minute.
const DELETING_EVERY = 30 * SECOND;
const CLEANING_EVERY = 3600 * SECOND;
// Nobody notices two seconds in a mail's way, and a look costs one row of an index.
const MAIL_EVERY = 2 * SECOND;
// Mail about answers is told in quarters of an hour.
const TELLING_EVERY = 60 * SECOND;
// Backups are hours apart, and a look reads the names in a directory.
const BACKUP_EVERY = 60 * SECOND;

function repeat(name: string, milliseconds: number, work: () => Promise<unknown>): () => void {
	let running = false;
	const timer = setInterval(() => {
		if (running) return;
		running = true;
		traced(`job ${name}`, {}, async () => work())
			.then(
				() => meter().ran(name, true),
				(error: unknown) => {
					meter().ran(name, false);
					log('error', 'job.failed', { job: name, stack: stackOf(error) });
				}
			)
			.finally(() => (running = false));
	}, milliseconds);
	timer.unref();
	return () => clearInterval(timer);
}

function startMail(db: Database): () => Promise<void> {
	const settings = config().mail;
	if (settings === null) {
		const words = 'Mail waits for a day until MAIL_URL and MAIL_FROM are set.';
		log('warn', 'mail.not-configured', { words });
		return () => Promise.resolve();
	}
	const sending = mailer(db, transport(settings));
	const stop = repeat('mail', MAIL_EVERY, () => sending.deliver());
	return () => {
		stop();
		return sending.stop();
	};
}

/** Starts what happens by the clock; returns how to stop it, which waits for mail that is under way. */
export function start(db: Database): () => Promise<void> {
	const stopMail = startMail(db);
	const backups = scheduled(db);
	const stops = [
		repeat('commenting', COMMENTING_EVERY, () => commenting.revertDue(db)),
		repeat('closing', CLOSING_EVERY, () => closing.closeDue(db)),
		repeat('deletion', DELETING_EVERY, () => deletion.deleteDue(db)),
		repeat('sessions', CLEANING_EVERY, () => sessions.deleteExpired(db)),
		repeat('challenges', CLEANING_EVERY, () => challenges.sweep(db)),
		repeat('devices', CLEANING_EVERY, () => knownDevices.sweep(db)),
		repeat('links', CLEANING_EVERY, () => links.sweep(db)),
		repeat('limits', CLEANING_EVERY, () => limits.sweep(db)),
		repeat('mails', CLEANING_EVERY, () => deliveries.sweep(db)),
		repeat('pictures', CLEANING_EVERY, () => unusedPictures.sweep(db)),
		repeat('security-events', CLEANING_EVERY, sweeper(db)),
		repeat('telling', TELLING_EVERY, () => mailing.mailDue(db)),
		repeat('backup', BACKUP_EVERY, () => backups.makeDue())
	];
	return async () => {
		stops.forEach((stop) => stop());
		await backups.stop();
		await stopMail();
	};
}
