import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const ENTRY = 'src/lib/browser/main.ts';
const SOURCES = 'src/lib/{browser,format}/**/*.ts';

function hashOfSources(): string {
	const hash = createHash('sha256');
	for (const file of globSync(SOURCES).sort()) hash.update(readFileSync(file));
	return hash.digest('hex').slice(0, 12);
}

/**
 * Builds the browser's one script beside SvelteKit's own output and tells the server its address as
 * `__SCRIPT__`. Pages ship no SvelteKit client (`csr = false`), so SvelteKit itself includes no script.
 */
export function enhancement(): Plugin {
	let serving = false;
	const fileName = `_app/immutable/afterword-${hashOfSources()}.js`;
	return {
		name: 'afterword-enhancement',
		config(_config, { command }) {
			serving = command === 'serve';
			const address = serving ? `/${ENTRY}` : `/${fileName}`;
			return { define: { __SCRIPT__: JSON.stringify(address) } };
		},
		buildStart() {
			if (serving || this.environment.name !== 'client') return;
			this.emitFile({ type: 'chunk', id: ENTRY, fileName });
		}
	};
}
