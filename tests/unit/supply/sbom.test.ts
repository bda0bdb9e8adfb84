import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

interface Bill {
	bomFormat: string;
	components: { name: string; version: string; purl: string }[];
}

test('L5 the bill of materials names every dependency, with its version', () => {
	const said = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: ROOT, encoding: 'utf8' });
	const bill = JSON.parse(said) as Bill;
	expect(bill.bomFormat).toBe('CycloneDX');
	const { dependencies } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
		dependencies: Record<string, string>;
	};
	const named = bill.components.map(({ name, version, purl }) => {
		expect(purl).toMatch(/^pkg:npm\//);
		return `${name}@${version}`;
	});
	for (const [name, version] of Object.entries(dependencies)) {
		expect(named).toContain(`${name}@${version}`);
	}
});
