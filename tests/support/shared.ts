import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where real pages may lie beside a checkout; they belong to others, so they are not in it. */
const SEEDS = new URL('../../../shared/seeds/', import.meta.url);

/**
 * The path of a real page's file, or undefined where it is not at hand: tests that need it are
 * then skipped, `test.skipIf(!seed('NAME'))`.
 */
export function seed(name: string): string | undefined {
	const path = fileURLToPath(new URL(name, SEEDS));
	return existsSync(path) ? path : undefined;
}
