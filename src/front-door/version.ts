import { readFileSync } from 'node:fs';

const FILE = new URL('../../package.json', import.meta.url);

/** The version that runs here. */
export function version(): string {
	return (JSON.parse(readFileSync(FILE, 'utf8')) as { version: string }).version;
}
