import type { BrowserContext, Page } from '@playwright/test';
import { xssPayloads } from '../../fixtures/xss.ts';
import { newFaults } from './support/faults.ts';
import type { Faults } from './support/faults.ts';
import type { Client } from './support/people.ts';
import { client, newPassword } from './support/people.ts';
import { expect, say, test, write } from './support/world.ts';
import type { World } from './support/world.ts';

test.describe.configure({ timeout: 240_000 });

/** Elements that a comment may have, and the attributes of each. */
const ALLOWED: Record<string, string[]> = {
	...{ A: ['href', 'rel', 'title'], BLOCKQUOTE: ['class', 'data-match'], OL: ['start'] },
	...{ LI: ['value'], P: ['class'], SPAN: ['class', 'title', 'aria-hidden'] },
	...{ BDI: [], BR: [], CODE: [], EM: [], HR: [], PRE: [], S: [], STRONG: [], UL: [] }
};
/** Classes that the page itself gives within a comment, never the text. */
const CLASSES = ['quote', 'said', 'match-exact', 'match-altered', 'visually-hidden'];

/** What a page did that no page may. */
interface Witness {
	faults: Faults;
	/** Checks the page that is open. */
	inspect(what: string): Promise<void>;
}

/** Watches a page for anything that runs or leaves the site. */
async function watch(page: Page, origin: string): Promise<Witness> {
	const faults = newFaults();
	page.on('dialog', (dialog) => {
		faults.found.push(`dialog on ${page.url()}: ${dialog.message()}`);
		void dialog.dismiss();
	});
	page.on('popup', (popup) => faults.found.push(`popup ${popup.url()}`));
	page.on('request', (request) => {
		const url = request.url();
		if (!url.startsWith(`${origin}/`)) faults.found.push(`request to ${url} on ${page.url()}`);
	});
	page.on('framenavigated', (frame) => {
		if (frame !== page.mainFrame()) faults.found.push(`frame ${frame.url()}`);
	});
	await page.addInitScript(() => {
		const found: string[] = [];
		Object.assign(window, { __found: found });
		document.addEventListener('securitypolicyviolation', (event) => {
			found.push(`violation of ${event.violatedDirective}: ${event.blockedURI}`);
		});
		for (const name of ['alert', 'confirm', 'prompt', 'print', 'msgbox']) {
			Object.assign(window, { [name]: () => found.push(`${name} was called`) });
		}
	});
	return {
		faults,
		async inspect(what) {
			const rules = { allowed: ALLOWED, classes: CLASSES };
			const found = await page.evaluate(findForbidden, rules);
			faults.found.push(...found.map((fault) => `${what}: ${fault}`));
		}
	};
}

/** Runs in the page: everything in comments that is not of the allowlists, by the browser's own reading. */
function findForbidden({
	allowed,
	classes
}: {
	allowed: Record<string, string[]>;
	classes: string[];
}): string[] {
	const found = [...(window as unknown as { __found: string[] }).__found];
	const says = (element: Element, why: string) => {
		const comment = element.closest('[data-comment-id]')?.getAttribute('data-comment-id');
		found.push(`${why} in ${comment ?? 'the preview'}: ${element.outerHTML.slice(0, 200)}`);
	};
	for (const element of document.querySelectorAll('.comment-body *')) {
		const attributes = allowed[element.tagName];
		if (!attributes) {
			says(element, `element ${element.tagName}`);
			continue;
		}
		for (const { name } of element.attributes) {
			if (!attributes.includes(name)) says(element, `attribute ${name}`);
		}
		for (const name of element.classList) {
			if (!classes.includes(name)) says(element, `class ${name}`);
		}
		if (!(element instanceof HTMLAnchorElement)) continue;
		const { href, protocol, origin, username, rel, target } = element;
		if (!element.hasAttribute('href')) continue;
		if (!['http:', 'https:', 'mailto:'].includes(protocol)) says(element, `address ${href}`);
		if (username !== '') says(element, 'user name');
		if (target !== '') says(element, 'target');
		const isForeign = protocol !== 'mailto:' && origin !== location.origin;
		const words = rel.split(' ').sort().join(' ');
		if (isForeign && words !== 'nofollow noopener ugc') says(element, `rel ${rel}`);
		if (isForeign && !/^https?:\/\//i.test(element.getAttribute('href') ?? '')) {
			says(element, 'hidden host');
		}
	}
	const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
	for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push(`id ${id} twice`);
	return found;
}

/** Has the browser never see a policy, as behind a proxy that strips it. */
async function stripPolicy(context: BrowserContext): Promise<void> {
	await context.route('**/*', async (route) => {
		if (route.request().resourceType() !== 'document') return route.continue();
		const response = await route.fetch();
		const headers = { ...response.headers() };
		delete headers['content-security-policy'];
		await route.fulfill({ response, headers });
	});
}

/** Posts every payload; those that are refused are refused in words. @returns how many stand there */
async function postAll(world: World, slug: string): Promise<number> {
	const writers = [world.people.alice, world.people.bob];
	const payloads = xssPayloads.filter((payload) => payload.trim() !== '');
	let posted = 0;
	const post = async (who: Client, body: string) => {
		const { status, text } = await who.api('POST', `/articles/${slug}/comments`, { body });
		if (status === 201) posted++;
		else if (status !== 422) throw new Error(`${status} for ${JSON.stringify(body)}: ${text}`);
	};
	for (let at = 0; at < payloads.length; at += 16) {
		const some = payloads.slice(at, at + 16);
		await Promise.all(some.map((body, index) => post(writers[index % 2], body)));
	}
	return posted;
}

/** Opens every page of a discussion. @returns how many comments it showed */
async function openAll(page: Page, witness: Witness, path: string): Promise<number> {
	let seen = 0;
	for (let next: string | null = path; next !== null;) {
		await page.goto(next);
		await witness.inspect(next);
		seen += await page.locator('.discussion .comment[data-status=published]').count();
		const more: string | null = await page.evaluate(() => {
			const link = document.querySelector(
				'.discussion a[href*="cursor="]:is([rel=next], .pager-next)'
			);
			return link?.getAttribute('href') ?? null;
		});
		next = more?.split('#')[0] ?? null;
	}
	return seen;
}

test.describe('X1 no comment runs, loads or changes anything', () => {
	let slug = '';
	let posted = 0;

	test('X1 every payload is posted', async ({ world }) => {
		slug = await write(world.people.editor, 'The hostile story');
		posted = await postAll(world, slug);
		expect(posted).toBeGreaterThan(800);
	});

	for (const policy of ['with its policy', 'without its policy']) {
		test(`X1 X3 X4 a page ${policy}`, async ({ world, page, context }) => {
			test.skip(posted === 0, 'nothing was posted');
			if (policy.startsWith('without')) await stripPolicy(context);
			const witness = await watch(page, world.site.url);
			const seen = await openAll(page, witness, `/articles/${slug}`);
			expect(witness.faults.found).toEqual([]);
			expect(seen).toBe(posted);
		});
	}

	test('X1 the witness sees what runs', async ({ world, page, context }) => {
		await stripPolicy(context);
		const witness = await watch(page, world.site.url);
		await page.goto(`/articles/${slug}`);
		await page.evaluate(() => {
			const body = document.querySelector('.comment-body');
			body?.insertAdjacentHTML(
				'beforeend',
				'<img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a><a href="https://evil.test/">y</a>'
			);
		});
		await expect
			.poll(async () => {
				await witness.inspect('test');
				return witness.faults.found.join('\n');
			})
			.toMatch(/alert was called[\s\S]*element IMG[\s\S]*address javascript[\s\S]*rel /);
	});
});

test.describe('X2 nor does anything else that somebody writes', () => {
	const SOME = [
		'<script>alert(1)</script>',
		'"><img src=x onerror=alert(1)>',
		"'><svg onload=alert(1)>",
		'</title><script>alert(1)</script>',
		'</textarea><script>alert(1)</script>',
		'javascript:alert(1)',
		'{{constructor.constructor("alert(1)")()}}',
		'" autofocus onfocus="alert(1)',
		'--><script>alert(1)</script>',
		'</script><script>alert(1)</script>'
	];
	// Several in one field: each is met as well, and a page costs as much as any other.
	const TOGETHER = [SOME.slice(0, 5).join(' '), SOME.slice(5).join(' ')];

	/** Puts a payload wherever a form takes words. @returns the pages that show it */
	async function plant(world: World, payload: string, index: number): Promise<string[]> {
		const { editor, moderator, alice } = world.people;
		const byline = { name: `By ${payload}`, role: payload, bio: payload, account: '' };
		await editor.post('/newsroom/bylines', byline);
		const bylines = (await editor.get('/newsroom/bylines')).text;
		const slug = [...bylines.matchAll(/\/newsroom\/bylines\/(by-[\w-]+)/g)].at(-1)?.[1] ?? '';
		const article = await write(editor, `Title ${payload}`, {
			...{ standfirst: payload, body: `Body ${payload}`, category: `In ${payload}`.slice(0, 60) },
			...{ byline: slug, slug: `planted-${index}` },
			...{ source: { name: payload }, image: { alt: payload, credit: payload } }
		});
		const comment = await say(alice, article, `> ${payload} said,\n> ${payload}\n\n${payload}`);
		await moderator.api('POST', `/comments/${comment}/remove`, { reason: payload });
		await moderator.post(`/articles/${article}?/commenting`, {
			...{ state: 'disabled', reason: payload, until: '' }
		});
		const at = encodeURIComponent(payload);
		return [
			...[`/articles/${article}`, `/newsroom/${article}`, `/newsroom/bylines/${slug}`],
			...[`/c/${comment}`, `/sign-in?next=${at}`, `/articles/${article}?sort=${at}`],
			...[`/people/${at}`, `/${at}`, `/c/${at}`, `/moderation-log?kind=${at}`, `/admin?name=${at}`],
			`/moderation?done=${at}&cursor=${at}`
		];
	}

	for (const policy of ['with its policy', 'without its policy']) {
		test(`X2 in titles, names, reasons and addresses, ${policy}`, async ({ world, browser }) => {
			const { admin, editor } = world.people;
			const context = await browser.newContext({ baseURL: world.site.url });
			await context.addCookies([{ name: 'session', value: admin.token, url: world.site.url }]);
			if (policy.startsWith('without')) await stripPolicy(context);
			const page = await context.newPage();
			const witness = await watch(page, world.site.url);
			const lists = ['/', '/moderation-log', '/newsroom', '/newsroom/bylines'];
			const offset = policy.startsWith('without') ? TOGETHER.length : 0;
			for (const [index, payload] of TOGETHER.entries()) {
				const paths = await plant(world, payload, offset + index);
				for (const path of paths) {
					await page.goto(path);
					await witness.inspect(path);
				}
			}
			for (const path of lists) {
				await page.goto(path);
				await witness.inspect(path);
			}
			expect(witness.faults.found).toEqual([]);
			expect((await editor.get('/newsroom')).text).toContain('&lt;script>alert(1)');
			await context.close();
		});
	}

	test('X2 in a form that comes back', async ({ world, page, context }) => {
		await context.addCookies([
			{ name: 'session', value: world.people.bob.token, url: world.site.url }
		]);
		const witness = await watch(page, world.site.url);
		const slug = await write(world.people.editor, 'The previewed story');
		for (const payload of [...TOGETHER, ...xssPayloads.slice(-12)]) {
			// Long discussions have been had on the other pages by now.
			await page.goto(`/articles/${slug}`);
			await page.locator('.composer textarea').fill(payload);
			await page.locator('.composer button', { hasText: 'Preview' }).click();
			await expect(page.locator('.composer :is(.preview, .problem)').first()).toBeVisible();
			await witness.inspect(payload);
		}
		expect(witness.faults.found).toEqual([]);
		const guest = client(world.site.url);
		for (const payload of SOME) {
			const fields = { name: payload, email: payload, password: newPassword(), next: payload };
			for (const path of ['/sign-up', '/sign-in']) {
				const { text } = await guest.post(path, fields);
				expect(text).not.toMatch(/<script>alert|<img src=x|<svg onload|" autofocus/);
			}
		}
	});
});

test.describe('X4 a link says where it leads', () => {
	test('X4 hosts that look like others are shown as they are', async ({ world, page }) => {
		const bodies: [string, string][] = [
			['[https://bank.example/](https://evil.test/)', 'evil.test'],
			['[bank.example](https://evil.test/)', 'evil.test'],
			['[www.bank.example/login](https://bank.example.evil.test/)', 'bank.example.evil.test'],
			['https://аpple.com/', 'xn--'],
			['[apple](https://аррӏе.com/)', 'xn--'],
			['[me@bank.example](mailto:you@evil.test)', 'you@evil.test']
		];
		for (const [body, shown] of bodies) {
			const id = await say(world.people.bob, world.stories.open, body);
			await page.goto(`/c/${id}`);
			await expect(page.locator(`#c-${id} .comment-body`)).toContainText(shown);
		}
	});
});
