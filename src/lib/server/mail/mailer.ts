import { now } from '../clock.ts';
import type { Database } from '../database/database.ts';
import * as site from '../site/site.ts';
import { anyDue, claim, markFailed, markSent } from './deliveries.ts';
import type { Transport } from './transport.ts';

/** Sends what is in the outbox. Any number of them, over processes, send each mail once. */
export interface Mailer {
	/** Tries everything that is due; resolves when nothing is, or when the mail server turns out to be away. */
	deliver(): Promise<void>;
	/** Begins no more, and resolves when what is under way has ended, if need be by being cut off. */
	stop(): Promise<void>;
}

// Providers count connections; more would not make a small server quicker.
const AT_ONCE = 4;
const PATIENCE_MS = 5_000;
// A server that is away is not asked again for each of a thousand mails.
const REST_MS = 60_000;

/** A mailer that gives what is due in a database to a mail server. */
export function mailer(db: Database, transport: Transport): Mailer {
	const cutOff = new AbortController();
	let stopping = false;
	let restUntil = new Date(0);
	let underWay: Promise<unknown> = Promise.resolve();

	async function deliverOneByOne(): Promise<void> {
		while (!stopping) {
			const mail = await claim(db);
			if (!mail) return;
			const { name } = await site.current(db);
			const fault = await transport.send(mail, name, cutOff.signal);
			if (fault === null) await markSent(db, mail);
			else await markFailed(db, mail, fault);
			if (fault?.isOfServer) {
				restUntil = new Date(now().getTime() + REST_MS);
				return;
			}
		}
	}

	return {
		async deliver() {
			if (stopping || now() < restUntil || !(await anyDue(db.read))) return;
			const workers = Array.from({ length: AT_ONCE }, deliverOneByOne);
			underWay = Promise.allSettled(workers);
			await underWay;
			// Whatever else went wrong is for the caller to log.
			await Promise.all(workers);
		},
		async stop() {
			stopping = true;
			const timer = setTimeout(() => cutOff.abort(), PATIENCE_MS);
			await underWay;
			clearTimeout(timer);
		}
	};
}
