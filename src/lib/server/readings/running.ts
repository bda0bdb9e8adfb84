import { config } from '../config.ts';
import { shared } from '../process.ts';
import { revisions } from '../site/running.ts';
import { Readings } from './readings.ts';

// Beside the finished pages, which more readers ask for.
const SHARE = 4;

/** The running server's readings, the same for everything in the process. */
export async function readings(): Promise<Readings> {
	const truth = await revisions();
	return shared('readings', () => new Readings(truth, config().pageCacheBytes / SHARE));
}
