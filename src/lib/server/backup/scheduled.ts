import { Worker } from 'node:worker_threads';
import { system } from '../actor.ts';
import { config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { log } from '../log.ts';
import * as events from '../security/events.ts';
import { isDue, type Folder } from './folder.ts';
import type { Backup } from './make.ts';

/** The backups that a running server makes. */
export interface Scheduled {
	/** Makes one if one is due, in a thread of its own. */
	makeDue(): Promise<void>;
	/** Breaks off what is under way; the next one that is made removes what that leaves. */
	stop(): Promise<void>;
}

/** What a thread sends; null if another process was first. */
function answerOf(worker: Worker): Promise<Backup | null> {
	return new Promise((resolve, reject) => {
		worker.once('message', resolve);
		worker.once('error', reject);
		worker.once('exit', () => resolve(null));
	});
}

/** Backups by the clock, as they are set; without `BACKUP_DIR` none. */
export function scheduled(db: Database): Scheduled {
	const { backups, databaseUrl: url } = config();
	let worker: Worker | null = null;
	return {
		async makeDue() {
			const { directory, every, keep } = backups;
			if (directory === null || every === 0 || !isDue(directory, every)) return;
			const folder: Folder = { directory, every, keep };
			worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { url, folder } });
			try {
				const made = await answerOf(worker);
				if (made === null) return;
				log('info', 'backup.made', { file: made.file, bytes: made.bytes, ...made.holds });
				const details = { file: made.file, comments: String(made.holds.comments) };
				await events.record(db, system, 'backup.made', { details });
			} finally {
				worker = null;
			}
		},
		async stop() {
			await worker?.terminate();
		}
	};
}
