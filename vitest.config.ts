import { svelte } from '@sveltejs/vite-plugin-svelte';
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
					include: ['tests/domain/**/*.test.ts', 'tests/contract/**/*.test.ts'],
					globalSetup: ['tests/domain/support/prepare.ts'],
					setupFiles: ['tests/domain/support/setup.ts']
				}
			}
		]
	}
});
