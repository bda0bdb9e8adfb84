import { defineConfig, devices } from '@playwright/test';

const asRoot = process.getuid?.() === 0;

/**
 * `NAME.spec.ts` runs in both projects, `NAME.js.spec.ts` only where the page may run scripts,
 * `NAME.nojs.spec.ts` only where it may not.
 */
export default defineConfig({
	testDir: 'tests/e2e',
	workers: 2,
	fullyParallel: false,
	// A machine that does much else at once is slow, not wrong; a second try is reported as such.
	timeout: 90_000,
	expect: { timeout: 20_000 },
	retries: process.env.CI ? 1 : 0,
	reporter: 'list',
	use: {
		...devices['Desktop Chrome'],
		trace: 'on-first-retry',
		screenshot: 'only-on-failure',
		launchOptions: {
			executablePath: process.env.CHROMIUM_PATH,
			args: [
				...(asRoot ? ['--no-sandbox'] : []),
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	},
	projects: [
		{ name: 'chromium', testIgnore: /\.nojs\.spec\.ts$/ },
		{ name: 'no-javascript', testIgnore: /\.js\.spec\.ts$/, use: { javaScriptEnabled: false } }
	]
});
