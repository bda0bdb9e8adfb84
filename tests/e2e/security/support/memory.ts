import { readFileSync } from 'node:fs';
import type { Site } from '../../support/site.ts';

/** The memory (bytes) that a site's server has for itself now; 0 where the system does not say. */
export function memoryOf(site: Pick<Site, 'process'>): number {
	try {
		const status = readFileSync(`/proc/${site.process.pid}/status`, 'utf8');
		return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
	} catch {
		return 0;
	}
}
