import { startCluster } from '../../support/postgres.ts';
import { ROUTES } from '../../../src/front-door/page-cache/routes.ts';
import { readable, routes } from './support/routes.ts';
import { expect, test } from '../support/site.ts';
import { acts, examples, fill, look, lookOf, said, startPaper } from './support/kept.ts';
import type { Paper } from './support/kept.ts';

// Three servers, and some thousands of pages.
test.describe.configure({ timeout: 240_000 });

const OWN = 'for one reader';
const MOMENT = 'a form for one moment, with a secret or for its writer';
const NO_REVISION = 'no revision says that it has changed';

/** Every page that a guest might reach and that is not kept, and why. */
const NOT_KEPT: Record<string, string> = {
	'/articles/[slug]/problem': MOMENT,
	'/c/[id]/delete': OWN,
	'/c/[id]/edit': OWN,
	'/c/[id]/problem': OWN,
	'/c/[id]/remove': OWN,
	'/c/[id]/report': MOMENT,
	'/keep-account': MOMENT,
	'/moderation-log': NO_REVISION,
	'/notifications': OWN,
	'/problems/[id]': OWN,
	'/reports/[id]': OWN,
	'/setup': MOMENT,
	'/statements/[id]': OWN,
	'/transparency': NO_REVISION,
	'/transparency/[year]': NO_REVISION,
	'/unsubscribe': MOMENT
};
/** How long the news may take, with some looks to spare. */
const SOON = { timeout: 5000, intervals: [5] };
/** What nobody reads but its owner, staff, or who is about to sign in. */
const CLOSED =
	/^\/(account|admin|moderation|newsroom|sign-in|sign-out|sign-up|confirm|reset|restore)(\/|$)/;

/** After everything that anybody does, what is kept is what is made anew, on either process. */
async function compare(paper: Paper, { isTold = false } = {}): Promise<void> {
	const { keeping, keepingNone } = paper;
	const told = await fill(paper);
	const paths = Object.values(examples(told)).flat();
	const articles = examples(told)['/articles/[slug]'];
	const { alice, bob, moderator } = paper.people;
	for (const site of keeping) {
		for (const path of paths) {
			for (let n = 0; n < 2; n++) await look(site, path);
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
			// Where the database tells what changes, the news may still be on its way to those beside.
			const beside = () => look(keeping[1], path).then(said);
			if (!isTold) expect.soft(second, `${what}: ${path}, beside`).toEqual(anew);
			else if (second.text !== anew.text) await expect.poll(beside, SOON).toEqual(anew);
			now.push(anew.text);
		}
		for (const person of [alice, bob, moderator]) {
			for (const path of articles) {
				const looks = [...keeping, keepingNone].map((site) => lookOf(person, site, path));
				const [first, second, anew] = await Promise.all(looks);
				expect.soft(first, `${what}: ${path}, for ${person.name}`).toEqual(anew);
				expect.soft(second, `${what}: ${path}, for ${person.name} beside`).toEqual(anew);
			}
		}
		// What was refused, or shows nowhere, tries nothing.
		expect.soft(now.join() === before, what).toBe(seen === 'unseen');
		before = now.join();
		changes++;
	}
	expect(changes).toBeGreaterThan(25);
}

test('I6 of every public page it is decided whether it is kept', () => {
	const known = routes().map(({ id }) => id);
	const shown = examples({
		...{ slugs: { first: 'a', other: 'b' }, quote: 'q' },
		ids: { source: 's', reply: 'r', quoting: 'q' }
	});
	for (const { id } of ROUTES) expect(known, id).toContain(id);
	expect(Object.keys(shown)).toEqual(ROUTES.map(({ id }) => id));
	const kept = ROUTES.map(({ id }) => id);
	// Of what is no page, such as feeds, only what is kept.
	const open = readable(routes()).filter(
		({ path, isPage }) => kept.includes(path) || (isPage && !CLOSED.test(path))
	);
	const decided = [...Object.keys(NOT_KEPT), ...kept];
	expect(open.map(({ path }) => path).sort()).toEqual(decided.sort());
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
	await compare(paper, { isTold: true });
	await paper.stop();
	await cluster.stop();
});
