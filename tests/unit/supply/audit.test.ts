import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** For a registry that is far away (milliseconds). */
const PATIENCE = 60_000;

interface Audit {
	/** Is there only where the registry answered. */
	auditReportVersion?: number;
	message?: string;
	vulnerabilities?: Record<string, { severity: string; range: string }>;
}

/** What the registry knows of our dependencies; why it says nothing, where it does not answer. */
function audit(): Promise<Audit> {
	const retries = ['--fetch-retries=0', `--fetch-timeout=${PATIENCE / 2}`];
	const args = ['audit', '--omit=dev', '--json', ...retries];
	return new Promise((resolve) => {
		// It fails where it finds something, too: what it says decides.
		execFile('npm', args, { cwd: ROOT, timeout: PATIENCE }, (error, stdout) => {
			try {
				resolve(JSON.parse(stdout) as Audit);
			} catch {
				resolve({ message: error?.message ?? stdout });
			}
		});
	});
}

test('L5 no dependency has a hole that is known', { timeout: 2 * PATIENCE }, async (context) => {
	const { auditReportVersion, message = '', vulnerabilities = {} } = await audit();
	if (auditReportVersion === undefined) context.skip(`The registry does not answer: ${message}`);
	const known = Object.entries(vulnerabilities);
	expect(known.map(([name, { severity, range }]) => `${name} ${range}: ${severity}`)).toEqual([]);
});
