import { sveltekit } from '@sveltejs/kit/vite';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';
import { attributes } from './src/build/attributes.ts';
import { clientless } from './src/build/clientless.ts';
import { enhancement } from './src/build/enhancement.ts';
import { joined } from './src/build/joined.ts';
import { unmarked } from './src/build/markers.ts';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
	dependencies: Record<string, string>;
};

export default defineConfig({
	plugins: [sveltekit(), enhancement(), unmarked(), clientless(), joined(), attributes()],
	build: { target: 'es2023' },
	// What is needed only to build is built in: the server runs with its dependencies alone.
	ssr: { noExternal: true, external: Object.keys(dependencies) }
});
