import * as crypto from 'node:crypto';
import { ok, unless, warning, wrong, type Check } from './finding.ts';

// What the lock file pins and every test runs on.
const TRIED_MAJOR = 24;

/** Whether this Node has what the software needs. */
export const node: Check = {
	key: 'node',
	name: 'Node',
	look() {
		const { node: version } = process.versions;
		if (typeof crypto.argon2 !== 'function') {
			const words = `This is Node ${version}, which cannot hash passwords as we do.`;
			return [wrong(words, 'Install Node 24.7 or newer, or run "npm ci" and use npm run.')];
		}
		const isTried = Number.parseInt(version) === TRIED_MAJOR;
		const faults = isTried
			? []
			: [warning(`Nobody has tried Node ${version}.`, `Use Node ${TRIED_MAJOR}.`)];
		return unless(faults, `Node ${version} runs it.`);
	}
};

/** Whether the process may do more than it needs. */
export const user: Check = {
	key: 'user',
	name: 'User',
	look() {
		if (process.getuid?.() !== 0) return [ok('This does not run as root.')];
		return [
			warning(
				'This runs as root: a fault in it would own the machine.',
				'Make a user for it (useradd --system afterword), give it the data directory, and run the service as that user.'
			)
		];
	}
};

/** Whether everybody may do everything as fast as they like. */
export const rateLimits: Check = {
	key: 'rate-limits',
	name: 'Rate limits',
	look({ config }) {
		if (config.rateLimits) return [ok('Rate limits are on.')];
		return [
			wrong(
				'Rate limits are off: passwords can be tried without end, and discussions flooded.',
				'Take RATE_LIMITS=off out of the settings.'
			)
		];
	}
};
