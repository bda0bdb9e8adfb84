import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { enhancement } from './src/build/enhancement.ts';

export default defineConfig({
	plugins: [sveltekit(), enhancement()],
	build: { target: 'es2023' }
});
