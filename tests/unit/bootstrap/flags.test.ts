import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { LOADING, serverEnvironment, serverFlags } from '../../../src/bootstrap/flags.js';
import { readConfig, SETTINGS } from '#lib/server/config.ts';

const LARGE = 16_000;

function value(flags: string[], name: string): string | undefined {
	return flags.find((flag) => flag.startsWith(`--${name}=`))?.split('=')[1];
}

/** What a Node of ours prints, started with these flags and nothing in its environment. */
function printed(flags: string[], script: string): string {
	const args = [...flags, '--input-type=module', '--eval', script];
	const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: {} });
	expect(stderr).toBe('');
	return stdout.trim();
}

describe('the memory of the server', () => {
	test('has a bound, and a small one on a small machine', () => {
		const { fallback } = SETTINGS.find(({ name }) => name === 'HEAP_MB')!;
		expect(value(serverFlags({}, LARGE), 'max-old-space-size')).toBe(fallback);
		expect(value(serverFlags({}, 1000), 'max-old-space-size')).toBe('256');
		expect(value(serverFlags({ HEAP_MB: '700' }, 1000), 'max-old-space-size')).toBe('700');
		const script = `import v8 from 'node:v8'; console.log(v8.getHeapStatistics().heap_size_limit / 2 ** 20)`;
		const bound = Number(printed(serverFlags({ HEAP_MB: '200' }), script));
		expect(bound).toBeGreaterThanOrEqual(200);
		expect(bound).toBeLessThan(300);
	});

	test.each([
		['256', 'is spared', '50', '4', 32],
		['512', 'is spared', '50', '4', 32],
		['1024', 'is taken', undefined, '32', 128]
	])('with HEAP_MB=%s %s', (heap, _what, growing, young, alone) => {
		const env = { HEAP_MB: heap };
		expect(value(serverFlags(env), 'heap-growing-percent')).toBe(growing);
		expect(value(serverFlags(env), 'max-semi-space-size')).toBe(young);
		expect(serverEnvironment(env).MALLOC_MMAP_THRESHOLD_).toBe(String(alone * 1024));
	});

	test('leaves finished pages less room where memory is spared, unless somebody says how much', () => {
		const spared = { HEAP_MB: '256' };
		expect(serverEnvironment(spared).PAGE_CACHE_MB).toBe('12');
		expect(serverEnvironment({ ...spared, PAGE_CACHE_MB: '40' }).PAGE_CACHE_MB).toBe('40');
		expect(serverEnvironment({ HEAP_MB: '1024' })).not.toHaveProperty('PAGE_CACHE_MB');
	});

	test.each(['', 'much', '-1', '0', '1e3', '127'])('is the usual one for HEAP_MB=%s', (wrong) => {
		expect(serverFlags({ HEAP_MB: wrong })).toEqual(serverFlags({}));
	});

	test.each(['much', '-1', '0', '1e3', '127', '100001'])(
		'HEAP_MB=%s is what the server complains of',
		(wrong) => {
			expect(() => readConfig({ HEAP_MB: wrong })).toThrow(
				/^The settings are wrong:\n  HEAP_MB must/
			);
			expect(() => readConfig({ HEAP_MB: '128' })).not.toThrow();
		}
	);

	test('is as NODE_OPTIONS say, where they do', () => {
		const env = { NODE_OPTIONS: '--max_semi_space_size=32 --max-old-space-size=4000' };
		const flags = serverFlags(env, 1000);
		expect(value(flags, 'max-semi-space-size')).toBeUndefined();
		expect(value(flags, 'max-old-space-size')).toBeUndefined();
		expect(flags).toContain('--heap-growing-percent=50');
		expect(serverEnvironment({ MALLOC_ARENA_MAX: '8' }).MALLOC_ARENA_MAX).toBe('8');
	});
});

test('what asks the database is loaded as CommonJS, whole and once', () => {
	const script = `
		import { createRequire } from 'node:module';
		import { eq } from 'drizzle-orm';
		import { drizzle } from 'drizzle-orm/better-sqlite3';
		const required = createRequire(${JSON.stringify(import.meta.url)})('drizzle-orm');
		console.log(typeof drizzle, eq === required.eq, import.meta.resolve('pg').startsWith('file:'));`;
	expect(printed(LOADING, script)).toBe('function true true');
});
