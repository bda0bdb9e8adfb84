import type { Site } from '../../support/server.ts';
import { startSite } from '../../support/server.ts';
import { form, send } from './support/http.ts';
import { expect, test } from './support/world.ts';

test.describe.configure({ timeout: 120_000 });

const FORM = 'application/x-www-form-urlencoded';
const HEADERS = ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'CF-Connecting-IP', 'True-Client-IP'];

/** An attempt to sign in with a wrong password, by somebody who says to come from elsewhere. */
async function attempt(site: Site, headers: Record<string, string>): Promise<number> {
	const { status } = await send(site.url, '/sign-in', {
		method: 'POST',
		headers: { Origin: site.url, 'Content-Type': FORM, Accept: 'text/html', ...headers },
		body: form({ name: 'Nobody Here', password: 'a wrong password' })
	});
	return status;
}

async function withSite(env: NodeJS.ProcessEnv, work: (site: Site) => Promise<void>) {
	const site = await startSite({ env });
	try {
		await work(site);
	} finally {
		await site.stop();
	}
}

/** How many attempts pass before one is refused for being too many. */
async function attemptsUntilLimited(site: Site, headersOf: (n: number) => Record<string, string>) {
	for (let n = 0; n < 20; n++) if ((await attempt(site, headersOf(n))) === 429) return n;
	return Infinity;
}

test.describe('I4 nobody chooses where they come from', () => {
	test('I4 without a trusted proxy no header counts', async () => {
		await withSite({}, async (site) => {
			const made = (n: number) =>
				Object.fromEntries(HEADERS.map((name) => [name, `203.0.113.${n + 1}`]));
			expect(await attemptsUntilLimited(site, made)).toBeLessThan(10);
		});
	});

	test('I4 behind a proxy what it added counts, and nothing before that', async () => {
		await withSite({ PROXY_DEPTH: '1' }, async (site) => {
			const forwarded = (text: string) => ({ 'X-Forwarded-For': text });
			const invented = (n: number) => forwarded(`10.0.0.${n}, 198.51.100.7`);
			expect(await attemptsUntilLimited(site, invented)).toBeLessThan(10);
			expect(await attempt(site, forwarded('198.51.100.8'))).toBe(401);
		});
	});

	test('I4 one household is one network', async () => {
		await withSite({ PROXY_DEPTH: '1' }, async (site) => {
			const within = (n: number) => ({ 'X-Forwarded-For': `2001:db8:1:2::${n + 1}` });
			expect(await attemptsUntilLimited(site, within)).toBeLessThan(10);
			expect(await attempt(site, { 'X-Forwarded-For': '2001:db8:1:3::1' })).toBe(401);
		});
	});

	test('I4 garbage is the address of the connection', async () => {
		await withSite({ PROXY_DEPTH: '2' }, async (site) => {
			const odd = [
				'',
				'unknown',
				'999.9.9.9',
				'<script>',
				',,,',
				'1.2.3.4',
				`${'1, '.repeat(500)}1`
			];
			for (const text of odd) {
				expect([401, 429, 431]).toContain(await attempt(site, { 'X-Forwarded-For': text }));
			}
			expect([401, 429]).toContain(await attempt(site, {}));
		});
	});
});
