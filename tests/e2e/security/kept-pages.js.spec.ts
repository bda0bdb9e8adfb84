import { startCluster } from '../../support/postgres.ts';
import { ROUTES } from '../../../src/front-door/page-cache/routes.ts';
import { routes } from './support/routes.ts';
import { expect, test } from '../support/site.ts';
import { acts, examples, fill, look, said, startPaper } from './support/kept.ts';
import type { Paper } from './support/kept.ts';

// Three servers, and some thousands of pages.
test.describe.configure({ timeout: 240_000 });

/** After everything that anybody does, what is kept is what is made anew, on either process. */
async function compare(paper: Paper): Promise<void> {
	const { keeping, keepingNone } = paper;
	const told = await fill(paper);
	const paths = Object.values(examples(told)).flat();
	for (const site of keeping) {
		for (const path of paths) {
			await look(site, path);
			const again = await look(site, path);
			expect(again.status, path).toBe(200);
			expect(again.headers['cache-status'], path).toBe('afterword; hit');
		}
	}
	let changes = 0;
	let before = '';
	for (const [what, act, seen] of acts(paper, told)) {
		await act();
		const now: string[] = [];
		for (const path of paths) {
			const answers = await Promise.all([...keeping, keepingNone].map((site) => look(site, path)));
			const [first, second, anew] = answers.map(said);
			expect.soft(first, `${what}: ${path}`).toEqual(anew);
			expect.soft(second, `${what}: ${path}, beside`).toEqual(anew);
			now.push(anew.text);
		}
		// What was refused, or shows nowhere, tries nothing.
		expect.soft(now.join() === before, what).toBe(seen === 'unseen');
		before = now.join();
		changes++;
	}
	expect(changes).toBeGreaterThan(25);
}

test('I6 every route that is kept exists, and has an example', () => {
	const known = routes().map(({ id }) => id);
	const shown = examples({
		...{ slugs: { first: 'a', other: 'b' }, quote: 'q' },
		ids: { source: 's', reply: 'r', quoting: 'q' }
	});
	for (const { id } of ROUTES) expect(known, id).toContain(id);
	expect(Object.keys(shown)).toEqual(ROUTES.map(({ id }) => id));
});

test('I6 whatever happens shows at once on every kept page, on two processes', async () => {
	const paper = await startPaper();
	await compare(paper);
	await paper.stop();
});

test('I6 … on PostgreSQL too', async () => {
	const cluster = await startCluster();
	await cluster.create('kept');
	const paper = await startPaper(cluster.url('kept'));
	await compare(paper);
	await paper.stop();
	await cluster.stop();
});
