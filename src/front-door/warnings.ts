import { log } from '../lib/server/log.ts';

/** Has Node's own warnings come as a line of the log each, like everything else. */
export function logWarnings(): void {
	process.removeAllListeners('warning');
	process.on('warning', ({ name, message }) => log('warn', 'node.warning', { name, message }));
}
