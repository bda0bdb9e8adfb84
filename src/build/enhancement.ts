import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { build } from 'vite';
import type { Plugin, Rolldown } from 'vite';

const ENTRY = 'src/lib/browser/main.ts';
const SOURCES = 'src/lib/{browser,format}/**/*.ts';

function hashOfSources(): string {
	const hash = createHash('sha256');
	for (const file of globSync(SOURCES).sort()) hash.update(readFileSync(file));
	return hash.digest('hex').slice(0, 12);
}

async function bundle(): Promise<string> {
	const { output } = (await build({
		configFile: false,
		logLevel: 'warn',
		build: {
			write: false,
			target: 'es2023',
			modulePreload: false,
			rolldownOptions: { input: ENTRY }
		}
	})) as Rolldown.RolldownOutput;
	return output[0].code;
}

/**
 * Builds the browser's one script beside SvelteKit's own output and tells the server its address as
 * `__SCRIPT__`. No page ships a SvelteKit client (`csr = false`), so SvelteKit includes no script and
 * makes no client build at all: the script is an asset of the server build, which it publishes.
 */
export function enhancement(): Plugin {
	let serving = false;
	const fileName = `_app/immutable/assets/afterword-${hashOfSources()}.js`;
	return {
		name: 'afterword-enhancement',
		config(_config, { command }) {
			serving = command === 'serve';
			const address = serving ? `/${ENTRY}` : `/${fileName}`;
			return { define: { __SCRIPT__: JSON.stringify(address) } };
		},
		async buildStart() {
			if (serving || this.environment.name !== 'ssr') return;
			this.emitFile({ type: 'asset', fileName, source: await bundle() });
		}
	};
}
