import { send } from './support/http.ts';
import { expect, say, test, write } from './support/world.ts';

test.describe.configure({ timeout: 120_000 });

/** What anybody may wait for an answer, whatever they ask (milliseconds). */
const PATIENCE = 1_000;

const ODD_QUERIES = [
	...['page=1000000000', 'page=-1', 'limit=1000000000', 'limit=-1', 'limit=0', 'limit=1e9'],
	...['cursor=zzzzzzzzzzzzzzzz', 'cursor=9007199254740993', `cursor=${'x'.repeat(6_000)}`],
	...['offset=1000000000', 'sort=x', `name=${'%25'.repeat(1_000)}`, `name=${'_'.repeat(2_000)}`],
	`name=${'a%25'.repeat(500)}`
];

test('I20 no page or list grows by being asked for more', async ({ world }) => {
	const { admin } = world.people;
	const paths = [
		...['/', `/articles/${world.stories.open}`, '/people/Alice%20Writer', '/moderation-log'],
		...['/categories/harbour', '/admin', '/moderation', '/moderation/people', '/newsroom'],
		...['/api/v1/articles', `/api/v1/articles/${world.stories.open}/comments`],
		...['/api/v1/moderation/queue', '/api/v1/notifications', '/notifications']
	];
	for (const path of paths) {
		const begun = performance.now();
		const ordinary = await admin.get(path);
		// On a machine that is busy with other things every page takes longer.
		const patience = Math.max(PATIENCE, 20 * (performance.now() - begun));
		for (const query of ODD_QUERIES) {
			const started = performance.now();
			const { status, text } = await admin.get(`${path}?${query}`);
			expect(performance.now() - started, `${path}?${query.slice(0, 40)}`).toBeLessThan(patience);
			expect([200, 303, 400, 404, 422], `${path}?${query.slice(0, 40)}`).toContain(status);
			expect(text.length, path).toBeLessThan(3 * ordinary.text.length + 60_000);
		}
	}
});

test('I20 a list has at most what it says, however much is there', async ({ world }) => {
	const { alice, editor, guest } = world.people;
	const slug = await write(editor, 'A story that many discuss');
	await Promise.all(Array.from({ length: 230 }, (_, n) => say(alice, slug, `Remark ${n}.`)));
	const { status, text } = await guest.api('GET', `/articles/${slug}/comments?limit=200`);
	expect(status).toBe(200);
	const { items, next } = JSON.parse(text) as { items: unknown[]; next: string | null };
	expect(items.length).toBeLessThanOrEqual(200);
	expect(next).not.toBeNull();
});

test('I15 what moderators look for is found in a straight line', async ({
	world,
	page,
	context
}) => {
	const { admin, alice, editor } = world.people;
	const slug = await write(editor, 'A story for patient readers');
	await context.addCookies([{ name: 'session', value: admin.token, url: world.site.url }]);
	const look = async (patterns: string[]) => {
		await page.goto('/moderation/words');
		await page.fill('[name=suspect]', patterns.join('\n'));
		await page
			.locator('form', { has: page.locator('[name=suspect]') })
			.getByRole('button', { name: 'Save' })
			.click();
		await expect(page).toHaveURL(/done=saved/);
	};
	await look(['a*a*a*b', '*a*a*b', 'aa*aa*c', `${'a'.repeat(50)}*b`, 'w*w*a']);
	const texts = [
		...['a'.repeat(9_000), `${'a'.repeat(4_000)}!`, '@'.repeat(9_000)],
		`www.${'a.'.repeat(4_000)}`
	];
	for (const body of texts) {
		const posting = alice.api('POST', `/articles/${slug}/comments`, { body });
		const started = performance.now();
		const { status } = await send(world.site.url, '/sign-in', { headers: { Connection: 'close' } });
		expect(status).toBe(200);
		expect(performance.now() - started, body.slice(0, 10)).toBeLessThan(PATIENCE);
		expect([201, 409, 422]).toContain((await posting).status);
	}
	await look([]);
});
