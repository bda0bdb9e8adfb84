/** `npm run sbom`: what the server is made of, as CycloneDX from the lock file, on standard output. */
import { readFileSync } from 'node:fs';

interface Locked {
	version: string;
	license?: string;
	dev?: boolean;
	devOptional?: boolean;
	integrity?: string;
}

interface Lock {
	name: string;
	version: string;
	packages: Record<string, Locked>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;

/** `sha512-BASE64` as CycloneDX writes it. */
function hashOf(integrity: string) {
	const [algorithm, value] = integrity.split('-', 2);
	const content = Buffer.from(value, 'base64').toString('hex');
	return { alg: algorithm.replace(/^sha/, 'SHA-'), content };
}

function component([path, { version, license, integrity }]: [string, Locked]) {
	const name = path.replace(/^.*node_modules\//, '');
	const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
	return {
		// A package may be there twice, each within another.
		...{ type: 'library', 'bom-ref': `${purl}#${path}`, name, version, purl },
		...(license && { licenses: [{ expression: license }] }),
		...(integrity && { hashes: [hashOf(integrity)] })
	};
}

const components = Object.entries(lock.packages)
	.filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
	.map(component);
const metadata = {
	component: { type: 'application', name: lock.name, version: lock.version }
};
const bill = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata, components };
process.stdout.write(`${JSON.stringify(bill, null, '\t')}\n`);
