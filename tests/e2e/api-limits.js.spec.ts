import { discussion, guest, member, MEMBERS_TIMEOUT, newArticle, shaped } from './support/api.ts';
import { expect, test } from './support/site.ts';
import * as limits from '../../src/lib/server/limits/named.ts';

const BURST = Math.min(...limits.post.allowances.map(({ burst }) => burst));

test('who posts too fast is told when to try again', async ({ site }) => {
	test.setTimeout(MEMBERS_TIMEOUT);
	const [editor, author] = [await member(site, 'editor'), await member(site, 'reader')];
	const slug = await newArticle(editor);
	const path = `/articles/${slug}/comments`;
	// More than anybody may post at once, also while some of it comes back.
	const answers = await Promise.all(
		Array.from({ length: BURST + 15 }, (_, number) =>
			author.call('POST', path, { json: { body: `Comment ${number}.` } })
		)
	);
	const refused = answers.filter(({ status }) => status === 429);
	const made = answers.filter(({ status }) => status === 201);
	expect(refused.length).toBeGreaterThan(0);
	expect(made.length + refused.length).toBe(answers.length);
	for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
	// So many comments of one person look like a flood: some of them wait for a moderator.
	const shown = made.filter((answer) => shaped('Comment', answer).status === 'published');
	expect(await discussion(guest(site), slug)).toHaveLength(shown.length);
});
