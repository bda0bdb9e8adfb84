import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { enhancement } from './src/build/enhancement.ts';
import { unmarked } from './src/build/markers.ts';

export default defineConfig({
	plugins: [sveltekit(), enhancement(), unmarked()],
	build: { target: 'es2023' }
});
