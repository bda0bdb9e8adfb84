import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
	version?: string;
	integrity?: string;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
	packages: Record<string, Locked>;
};

/** Whether `name` is found from `folder` as Node looks for it: there, then further up. */
function isLocked(folder: string, name: string): boolean {
	if (`${folder && `${folder}/`}node_modules/${name}` in lock.packages) return true;
	if (folder === '') return false;
	return isLocked(folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/'))), name);
}

// npm leaves out optional packages that it could not find, and then refuses its own lock file.
test('the lock file names every package that a fresh installation asks for', () => {
	const missing = Object.entries(lock.packages).flatMap(([folder, entry]) =>
		Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
			.filter((name) => !isLocked(folder, name))
			.map((name) => `${folder} needs ${name}`)
	);
	expect(missing).toEqual([]);
});

test('the lock file pins every package by the hash of its content', () => {
	const loose = Object.entries(lock.packages).filter(
		([folder, { integrity }]) => folder !== '' && !integrity?.startsWith('sha512-')
	);
	expect(loose.map(([folder]) => folder)).toEqual([]);
});
