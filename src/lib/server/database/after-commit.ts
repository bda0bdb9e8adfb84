import { log } from '../log.ts';
import type { AfterCommit } from './database.ts';

/** What a transaction wants done once it is committed. */
export interface Callbacks {
	register: AfterCommit;
	/** Runs each; what fails is logged, because what was committed stays committed. */
	run(): void;
}

/** No callbacks yet. */
export function callbacks(): Callbacks {
	const registered: (() => void)[] = [];
	return {
		register: (callback) => registered.push(callback),
		run() {
			for (const callback of registered) {
				try {
					callback();
				} catch (error) {
					log('error', 'after-commit.failed', { message: String(error) });
				}
			}
		}
	};
}
