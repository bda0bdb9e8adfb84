import type { Browser } from '@playwright/test';

/** Opens pages with a session, or as a guest with ''. @returns what broke the policy, and what left the site */
export async function visit(
	browser: Browser,
	url: string,
	token: string,
	paths: readonly string[]
): Promise<{ violations: string[]; foreign: string[] }> {
	const context = await browser.newContext({ baseURL: url });
	if (token) await context.addCookies([{ name: 'session', value: token, url }]);
	const page = await context.newPage();
	const violations: string[] = [];
	const foreign: string[] = [];
	await page.exposeFunction('report', (violation: string) => {
		violations.push(`${page.url()}: ${violation}`);
	});
	await page.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', (event) => {
			const { report } = window as unknown as { report: (violation: string) => void };
			report(`${event.violatedDirective} ${event.blockedURI}`);
		});
	});
	page.on('console', (message) => {
		// A page that says 404 is a failed resource to the browser.
		if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) {
			violations.push(`${page.url()}: ${message.text()}`);
		}
	});
	page.on('pageerror', (error) => violations.push(`${page.url()}: ${error.message}`));
	context.on('request', (request) => {
		if (!request.url().startsWith(`${url}/`)) foreign.push(`${page.url()}: ${request.url()}`);
	});
	for (const path of paths) await page.goto(path, { waitUntil: 'load' });
	await context.close();
	return { violations, foreign };
}
