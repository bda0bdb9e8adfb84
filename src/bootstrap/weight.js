import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const KB = 1000;

/** What a page may ask of a reader's line and telephone, as Brotli sends it (kB). */
export const MOST = {
	js: 45,
	css: 12,
	/** Everything that a first-time reader of an article with 200 comments downloads. */
	firstVisit: 90
};

const ASSETS = '_app/immutable/assets';
/** What every page loads, an article's among them; see src/build/enhancement.ts and src/app.html. */
const ON_EVERY_PAGE = /^(?:afterword-[^/]+|theme)\.js$/;

/** @typedef {{ name: string, kB: number }} Weighed */

/**
 * Says which of a build's pages would weigh too much. A page loads what every page loads, one script
 * of its own at most, and no more styles than there are.
 * @param {string} client The directory of what the build publishes, with its compressed files.
 * @returns {string[]} Sentences that name the files, their weight and the budget; none when all is well.
 */
export function tooHeavy(client) {
	const assets = path.join(client, ASSETS);
	const scripts = [...weigh(client, '.js'), ...weigh(assets, '.js')];
	const common = scripts.filter(({ name }) => ON_EVERY_PAGE.test(name));
	const own = scripts.filter((script) => !common.includes(script));
	const pages = [common, ...own.map((script) => [...common, script])];
	return [
		...pages.flatMap((page) => complaint('scripts', page, MOST.js)),
		...complaint('styles', weigh(assets, '.css'), MOST.css)
	];
}

/**
 * @param {string} directory
 * @param {string} ending
 * @returns {Weighed[]} Its files of a kind, as they are sent.
 */
function weigh(directory, ending) {
	return readdirSync(directory)
		.filter((name) => name.endsWith(ending))
		.map((name) => ({ name, kB: statSync(path.join(directory, `${name}.br`)).size / KB }));
}

/**
 * @param {string} what
 * @param {Weighed[]} files
 * @param {number} most
 */
function complaint(what, files, most) {
	const sum = files.reduce((total, { kB }) => total + kB, 0);
	if (sum <= most) return [];
	const parts = files.map(({ name, kB }) => `${name} ${kB.toFixed(1)} kB`).join(', ');
	return [
		`The ${what} of a page weigh ${sum.toFixed(1)} kB with Brotli, of at most ${most} kB: ${parts}.`
	];
}
