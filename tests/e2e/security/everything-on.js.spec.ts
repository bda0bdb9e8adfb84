import sharp from 'sharp';
import { startOpenId } from '../../support/openid.ts';
import { startSite } from '../../support/server.ts';
import { createAccount, expect, signIn, test, unique } from '../support/site.ts';
import { visit } from './support/visit.ts';

/** Starts of two servers and some thirty pages on a loaded machine (milliseconds). */
const PATIENCE = 240_000;

const FOR_ALL = [
	...['/', '/sign-in', '/sign-up', '/reset', '/sign-in/link', '/sign-in/passkey', '/help/security'],
	...['/sign-in?next=/help', '/sign-in/sso?token=none', '/sign-in/with/letters/back?code=none']
];
const FOR_MEMBERS = [
	...['/account', '/account/profile', '/account/picture', '/account/mail', '/account/data'],
	...['/account/security', '/account/security/passkeys', '/account/security/authenticator'],
	...['/account/security/sessions', '/account/security/recovery-codes', '/account/identities'],
	...[
		'/notifications',
		'/admin',
		'/admin/health',
		'/admin/settings',
		'/admin/security',
		'/newsroom'
	]
];

test('X6 L7 no page breaks the policy or leaves a site on which everything is set up', async ({
	browser
}) => {
	test.setTimeout(PATIENCE);
	const openid = await startOpenId();
	const port = String(20_000 + Math.floor(Math.random() * 20_000));
	const gazette = 'http://127.0.0.1:9/gazette';
	const site = await startSite({
		env: {
			...{ PORT: port, ORIGIN: `http://localhost:${port}`, PICTURES: 'on' },
			...{ MAIL_URL: 'log:', MAIL_FROM: 'talk@example.org' },
			...{ OIDC_PROVIDERS: JSON.stringify([openid.entry]), SSO_NAME: 'The Gazette' },
			...{
				SSO_URL: gazette,
				SSO_ISSUER: gazette,
				SSO_SECRET: 'thirty-two characters and a few more'
			}
		}
	});
	const url = `http://localhost:${port}`;
	try {
		const person = await createAccount(site, unique('Picture Perfect'), 'admin');
		const page = await browser.newPage({ baseURL: url });
		await signIn(page, person);
		const buffer = await sharp({
			create: { width: 300, height: 300, channels: 3, background: 'teal' }
		})
			.png()
			.toBuffer();
		await page.goto('/account/picture');
		const file = { name: 'me.png', mimeType: 'image/png', buffer };
		await page.getByLabel('A picture').setInputFiles(file);
		await page.getByRole('button', { name: 'Use this picture' }).click();
		await expect(page.locator('.masthead img')).toHaveJSProperty('naturalWidth', 256);
		const cookies = await page.context().cookies(url);
		const token = cookies.find(({ name }) => name === 'session')!.value;
		await page.context().close();

		const own = `/people/${encodeURIComponent(person.name)}`;
		for (const [who, paths] of [
			['', [...FOR_ALL, own]],
			[token, [...FOR_MEMBERS, own]]
		] as const) {
			const { violations, foreign } = await visit(browser, url, who, paths);
			expect(violations).toEqual([]);
			expect(foreign).toEqual([]);
		}
	} finally {
		await site.stop();
		await openid.stop();
	}
});
