import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { build } from 'vite';
import type { Plugin, Rolldown } from 'vite';

/**
 * What pages load, by the name under which the server knows its address: `desk` is the moderators' queue's,
 * `passkeys` that of the pages that ask for one, `sign-up` does the work that is asked for there under attack.
 */
const SCRIPTS = {
	__SCRIPT__: { entry: 'src/lib/browser/main.ts', name: 'afterword' },
	__DESK_SCRIPT__: { entry: 'src/lib/browser/desk/main.ts', name: 'desk' },
	__PASSKEYS_SCRIPT__: { entry: 'src/lib/browser/passkeys/main.ts', name: 'passkeys' },
	__SIGN_UP_SCRIPT__: { entry: 'src/lib/browser/sign-up/main.ts', name: 'sign-up' }
};
const SOURCES = 'src/lib/{browser,format}/**/*.ts';

function hashOfSources(): string {
	const hash = createHash('sha256');
	for (const file of globSync(SOURCES).sort()) hash.update(readFileSync(file));
	return hash.digest('hex').slice(0, 12);
}

async function bundle(entry: string): Promise<string> {
	const { output } = (await build({
		configFile: false,
		logLevel: 'warn',
		build: {
			write: false,
			target: 'es2023',
			modulePreload: false,
			rolldownOptions: { input: entry }
		}
	})) as Rolldown.RolldownOutput;
	return output[0].code;
}

/**
 * Builds the browser's scripts beside SvelteKit's own output and tells the server their addresses as
 * `__SCRIPT__` and the like. No page ships a SvelteKit client (`csr = false`), so SvelteKit
 * includes no script and makes no client build at all: each script is an asset of the server build,
 * which it publishes.
 */
export function enhancement(): Plugin {
	let serving = false;
	const hash = hashOfSources();
	const scripts = Object.entries(SCRIPTS).map(([constant, { entry, name }]) => {
		return { constant, entry, fileName: `_app/immutable/assets/${name}-${hash}.js` };
	});
	return {
		name: 'afterword-enhancement',
		config(_config, { command }) {
			serving = command === 'serve';
			const addresses = scripts.map(({ constant, entry, fileName }) => {
				return [constant, JSON.stringify(serving ? `/${entry}` : `/${fileName}`)];
			});
			return { define: Object.fromEntries(addresses) as Record<string, string> };
		},
		async buildStart() {
			if (serving || this.environment.name !== 'ssr') return;
			for (const { entry, fileName } of scripts) {
				this.emitFile({ type: 'asset', fileName, source: await bundle(entry) });
			}
		}
	};
}
