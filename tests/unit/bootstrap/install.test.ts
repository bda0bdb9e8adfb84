import { expect, test } from 'vitest';
import { matches } from '../../../src/bootstrap/install.js';
import { isNewEnough } from '../../../src/bootstrap/node.js';

const svelte = { version: '5.0.0', integrity: 'sha512-a' };
const elsewhere = { version: '1.0.0', integrity: 'sha512-b', optional: true, os: ['haiku'] };
const here = { ...elsewhere, os: [process.platform], cpu: process.arch };
const root = { version: '0.1.0' };

const cases: { name: string; installed: Record<string, typeof svelte>; matches: boolean }[] = [
	{ name: 'the same packages', installed: { svelte }, matches: true },
	{ name: 'an optional package too', installed: { svelte, elsewhere }, matches: true },
	{ name: 'nothing', installed: {}, matches: false },
	{ name: 'only the optional package', installed: { elsewhere }, matches: false },
	{
		name: 'another version',
		installed: { svelte: { ...svelte, version: '5.0.1' } },
		matches: false
	},
	{
		name: 'another content',
		installed: { svelte: { ...svelte, integrity: 'sha512-c' } },
		matches: false
	},
	{
		name: 'another version of an optional package',
		installed: { svelte, elsewhere: { ...elsewhere, version: '2.0.0' } },
		matches: false
	},
	{ name: 'a package left over', installed: { svelte, old: svelte }, matches: false }
];

test('an optional package made for this machine may not be missing', () => {
	expect(matches({ svelte, here }, { svelte })).toBe(false);
	expect(matches({ svelte, here }, { svelte, here })).toBe(true);
	expect(matches({ svelte, here: { ...here, cpu: `!${process.arch}` } }, { svelte })).toBe(true);
	expect(matches({ svelte, here: { ...here, cpu: '!pdp11' } }, { svelte })).toBe(false);
});

test.each(cases)('$name installed: matches the lock file is $matches', (one) => {
	expect(matches({ '': root, svelte, elsewhere }, one.installed)).toBe(one.matches);
});

test.each([
	['v20.20.2', false],
	['v24.6.0', false],
	['v24.7.0', true],
	['24.21.0', true],
	['v26.0.0', true]
])('Node %s is new enough: %s', (version, expected) => {
	expect(isNewEnough(version)).toBe(expected);
});
