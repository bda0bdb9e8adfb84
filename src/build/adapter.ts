import { writeFileSync } from 'node:fs';
import type { Adapter } from '@sveltejs/kit';

const OUT = 'build';

/**
 * Puts what SvelteKit built where the front door finds it: the files of the browser with their compressed
 * copies, and the server, which the front door asks itself (`front-door/application`).
 */
export function adapter(): Adapter {
	return {
		name: 'front-door',
		async adapt(builder) {
			builder.rimraf(OUT);
			builder.writeClient(`${OUT}/client`);
			await builder.compress(`${OUT}/client`);
			builder.writeServer(`${OUT}/server`);
			const manifest = builder.generateManifest({ relativePath: './' });
			writeFileSync(`${OUT}/server/manifest.js`, `export const manifest = ${manifest};\n`);
		}
	};
}
