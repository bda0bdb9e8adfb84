import { adapter } from './src/build/adapter.ts';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter(),
		// Whole addresses, so that a page is the same bytes wherever it is kept.
		paths: { relative: false },
		// The origin is checked in hooks.server.ts, for every changing method and content type.
		csrf: { trustedOrigins: ['*'] }
	}
};
