import { svelte } from '@sveltejs/vite-plugin-svelte';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** The suite asks for PostgreSQL by TEST_DATABASE=postgres; otherwise it runs on SQLite. */
export default defineConfig({
	plugins: [svelte()],
	test: {
		// Long enough for a password hash on a loaded machine; nothing is measured by it.
		testTimeout: 60_000,
		hookTimeout: 120_000,
		// On a loaded machine a time limit may be met by chance; a second try is reported as such.
		retry: process.env.CI ? 1 : 0,
		// Two cores are busy with two, also while one of them waits for a PostgreSQL.
		maxWorkers: Math.max(2, availableParallelism()),
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					include: ['tests/unit/**/*.test.ts'],
					env: { DATABASE_URL: 'file:no-database-in-unit-tests.db' }
				}
			},
			{
				extends: true,
				test: {
					name: 'domain',
					// Loading everything anew for each file took most of the time; `support/settings.ts` clears up.
					isolate: false,
					// Some run commands, as processes of their own, on a machine that is busy.
					testTimeout: 180_000,
					hookTimeout: 180_000,
					include: ['tests/domain/**/*.test.ts', 'tests/contract/**/*.test.ts'],
					globalSetup: ['tests/domain/support/prepare.ts'],
					setupFiles: ['tests/domain/support/setup.ts']
				}
			}
		]
	}
});
