import { startSite } from '../../support/server.ts';
import type { Site } from '../../support/server.ts';
import { change } from './support/database.ts';
import type { Answer } from './support/http.ts';
import { client, employ, setUp, signUp } from './support/people.ts';
import type { Client } from './support/people.ts';
import { expect, say, test, write } from './support/world.ts';

/** The start of a server, and some accounts (milliseconds). */
const PATIENCE = 120_000;
/** Longer than any allowance lasts (milliseconds). */
const LONG = 12 * 60 * 60 * 1000;
const WORDS = 'Words that took a while to find';

/** An act under a limit, once as it should be and once too often. */
interface Act {
	limit: string;
	/** What the page that says so still holds; '' where nothing was written. */
	kept: string;
	act(): Promise<Answer>;
}

/** Uses up all that the site counted of a limit so far, as acts without number would. */
function exhaust(site: Site, limit: string): void {
	const sql = 'update rate_limits set whole_at = whole_at + ? where key like ?';
	expect(change(site, sql, LONG, `${limit}:%`), limit).toBeGreaterThan(0);
}

async function acts(site: Site, alice: Client, moderator: Client, slug: string): Promise<Act[]> {
	const guest = client(site.url);
	const mine = await say(alice, slug, 'The first words.');
	const theirs = await say(moderator, slug, 'Other words.');
	const note = { reason: 'abuse', note: WORDS };
	let revision = 0;
	const edited = () => ({ body: `${WORDS} ${++revision}`, revision: String(revision) });
	return [
		{
			limit: 'post',
			kept: WORDS,
			act: () => alice.post(`/articles/${slug}?/post`, { body: WORDS })
		},
		{ limit: 'edit', kept: WORDS, act: () => alice.post(`/c/${mine}/edit?/save`, edited()) },
		{ limit: 'report', kept: WORDS, act: () => alice.post(`/c/${theirs}/report`, note) },
		{
			...{ limit: 'preview', kept: WORDS },
			act: () => alice.post(`/articles/${slug}?/preview`, { body: WORDS })
		},
		{ limit: 'search', kept: '', act: () => moderator.get('/moderation/people?name=alice') },
		{
			...{ limit: 'sign-in', kept: alice.name },
			act: () => guest.post('/sign-in', { name: alice.name, password: 'a wrong password' })
		}
	];
}

test('I14 who is too fast is told when to try again, and loses no word', async () => {
	test.setTimeout(PATIENCE);
	const site = await startSite();
	try {
		const admin = await setUp(site.url, site.output(), 'Ann Limited');
		const moderator = await employ(site.url, admin, 'Mo Limited', 'moderator');
		const alice = await signUp(site.url, 'Al Limited');
		const slug = await write(admin, 'The quick story');
		for (const { limit, kept, act } of await acts(site, alice, moderator, slug)) {
			expect([200, 303, 401], limit).toContain((await act()).status);
			exhaust(site, limit);
			const { status, headers, text } = await act();
			expect(status, limit).toBe(429);
			expect(Number(headers['retry-after']), limit).toBeGreaterThan(0);
			expect(text, limit).toContain('Please try again in ');
			expect(text, limit).toContain(kept);
		}
		// Nobody is sent away who is here already.
		expect((await alice.get('/account')).status).toBe(200);
	} finally {
		await site.stop();
	}
});
