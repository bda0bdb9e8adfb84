import { describe, expect, test } from 'vitest';
import { demo } from '../../src/demo/content.ts';
import type { DemoArticle, DemoComment } from '../../src/demo/types.ts';

type Quote = { name: string; source: string | null; words: string };

const LINKED = /^\[(.+) said,\]\(\/c\/([a-z0-9-]+)\)$/;
const BARE = /^(.+) said,$/;

const comments = demo.articles.flatMap((article) => article.comments);
const people = new Map(demo.people.map((person) => [person.key, person]));
const byKey = new Map(comments.map((comment) => [comment.key, comment]));

const collapse = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** The runs of `>` lines of a Markdown text, without their marks. */
function blockquotes(body: string): string[][] {
	const runs: string[][] = [];
	let open = false;
	for (const line of body.split('\n')) {
		const quoted = line.startsWith('>');
		if (quoted && !open) runs.push([]);
		if (quoted) runs.at(-1)!.push(line.replace(/^> ?/, ''));
		open = quoted;
	}
	return runs;
}

function quotesOf(comment: DemoComment): Quote[] {
	return blockquotes(comment.body).map(([first = '', ...rest]) => {
		const linked = LINKED.exec(first);
		const bare = BARE.exec(first);
		if (!linked && !bare) throw new Error(`${comment.key}: a quote without a name`);
		const name = linked ? linked[1]! : bare![1]!;
		return { name, source: linked ? linked[2]! : null, words: collapse(rest.join(' ')) };
	});
}

/** What the comment's author wrote, without what it quotes. */
function ownWords(comment: DemoComment): string {
	const lines = comment.body.split('\n').filter((line) => !line.startsWith('>'));
	return collapse(lines.join(' '));
}

function depth(comment: DemoComment): number {
	return comment.replyTo ? 1 + depth(byKey.get(comment.replyTo)!) : 0;
}

const inState = (status: DemoComment['status']) =>
	comments.filter((comment) => (comment.status ?? 'published') === status);

function unique(values: string[]) {
	expect(values.toSorted()).toEqual([...new Set(values)].toSorted());
}

describe('the newsroom', () => {
	test('gives every key, slug and name once', () => {
		unique(demo.people.map((person) => person.key));
		unique(demo.people.map((person) => person.name.toLowerCase()));
		unique(demo.categories.map((category) => category.slug));
		unique(demo.bylines.map((byline) => byline.slug));
		unique(demo.articles.map((article) => article.slug));
		unique(comments.map((comment) => comment.key));
	});

	test('has people of every role', () => {
		const roles = Object.groupBy(demo.people, (person) => person.role);
		expect(roles.reader!.length).toBeGreaterThanOrEqual(18);
		expect([roles.moderator, roles.editor, roles.admin].map((some) => some?.length)).toEqual([
			1, 1, 1
		]);
	});

	test('has five authors with biographies, under their own names', () => {
		expect(demo.bylines).toHaveLength(5);
		for (const byline of demo.bylines) {
			expect(byline.bio).not.toBe('');
			if (byline.person) expect(people.get(byline.person)?.name).toBe(byline.name);
		}
	});

	test('uses every author and category', () => {
		const used = (field: 'byline' | 'category') =>
			[...new Set(demo.articles.map((article) => article[field]))].toSorted();
		expect(used('byline')).toEqual(demo.bylines.map(({ slug }) => slug).toSorted());
		expect(used('category')).toEqual(demo.categories.map(({ slug }) => slug).toSorted());
	});

	test('shows every comment state, the closed ones with a reason', () => {
		const states = demo.articles.map((article) => article.commenting).toSorted();
		expect(states).toEqual([
			'disabled',
			'hidden',
			'open',
			'open',
			'open',
			'open',
			'open',
			'premoderated'
		]);
		for (const article of demo.articles) {
			expect(Boolean(article.commentingReason)).toBe(article.commenting !== 'open');
		}
	});

	test('lists its articles newest first', () => {
		const ages = demo.articles.map((article) => article.hoursAgo);
		expect(ages).toEqual(ages.toSorted((a, b) => a - b));
	});

	test('has as many comments as a busy week', () => {
		expect(comments.length).toBeGreaterThanOrEqual(140);
		expect(comments.length).toBeLessThanOrEqual(180);
		expect(
			Math.max(...demo.articles.map((article) => article.comments.length))
		).toBeGreaterThanOrEqual(60);
		expect(Math.max(...comments.map(depth))).toBeGreaterThanOrEqual(7);
	});

	test('shows every state of a comment', () => {
		expect(inState('pending')).toHaveLength(3);
		expect(inState('removed')).toHaveLength(2);
		expect(inState('deleted')).toHaveLength(1);
		expect(comments.filter((comment) => comment.editedMinutesAfter).length).toBeGreaterThanOrEqual(
			3
		);
		expect(inState('deleted').every((gone) => comments.some((c) => c.replyTo === gone.key))).toBe(
			true
		);
	});
});

describe('what concerns people', () => {
	test('is followed by people, where they are', () => {
		for (const { person, article: slug, minutesAfter } of demo.follows) {
			expect(people.has(person), person).toBe(true);
			const article = demo.articles.find((one) => one.slug === slug);
			expect(minutesAfter).toBeLessThan(article!.hoursAgo * 60);
		}
	});

	test('is reported by somebody else after it was written, while it is shown', () => {
		for (const { comment: key, by, reason, minutesAfter } of demo.reports) {
			const comment = byKey.get(key)!;
			expect(people.has(by), by).toBe(true);
			expect(by).not.toBe(comment.by);
			expect(comment.status ?? 'published').toBe('published');
			expect(minutesAfter).toBeGreaterThan(comment.minutesAfter);
			const quoted = quotesOf(comment).map(({ source }) => byKey.get(source ?? '')?.by);
			if (reason === 'misquotes-me') expect(quoted).toContain(by);
		}
	});
});

describe.each(demo.articles)('$slug', (article: DemoArticle) => {
	const minutesSince = article.hoursAgo * 60;

	test('has a body of five to nine paragraphs and more', () => {
		const blocks = article.body.split('\n\n');
		const paragraphs = blocks.filter((block) => !/^(#|>|-|\d+\. )/.test(block));
		expect(paragraphs.length).toBeGreaterThanOrEqual(5);
		expect(paragraphs.length).toBeLessThanOrEqual(9);
	});

	test('holds its comments in the order of their writing, none in the future', () => {
		const minutes = article.comments.map((comment) => comment.minutesAfter);
		expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
		expect(Math.max(...minutes)).toBeLessThan(minutesSince);
	});

	test('has its own known people write and recommend', () => {
		for (const comment of article.comments) {
			expect(comment.key).toMatch(/^[a-z0-9-]+$/);
			expect(people.has(comment.by), comment.by).toBe(true);
			unique(comment.recommendedBy ?? []);
			for (const key of comment.recommendedBy ?? []) {
				expect(people.has(key), key).toBe(true);
				expect(key, comment.key).not.toBe(comment.by);
			}
		}
	});

	test('has replies only to earlier comments of its own', () => {
		const seen = new Set<string>();
		for (const { key, replyTo } of article.comments) {
			if (replyTo) expect(seen.has(replyTo), `${key} to ${replyTo}`).toBe(true);
			seen.add(key);
		}
	});

	test('gives a reason for what was removed, and the earlier text of what was edited', () => {
		for (const comment of article.comments) {
			expect(Boolean(comment.reason), comment.key).toBe(comment.status === 'removed');
			expect(comment.earlierBody === undefined).toBe(comment.editedMinutesAfter === undefined);
			if (comment.editedMinutesAfter === undefined) continue;
			expect(comment.editedMinutesAfter).toBeGreaterThan(comment.minutesAfter);
			expect(comment.editedMinutesAfter).toBeLessThan(minutesSince);
			expect(comment.earlierBody).not.toBe(comment.body);
		}
	});

	test('has words of its own in every comment', () => {
		for (const comment of article.comments) expect(ownWords(comment), comment.key).not.toBe('');
	});

	test('quotes earlier, readable comments of its own, in their own words unless marked', () => {
		const order = article.comments.map((comment) => comment.key);
		for (const [place, comment] of article.comments.entries()) {
			const misquoted = new Set<string>();
			for (const { name, source, words } of quotesOf(comment)) {
				expect(words, comment.key).not.toBe('');
				if (!source) continue;
				expect(order.slice(0, place), comment.key).toContain(source);
				const quoted = byKey.get(source)!;
				expect(quoted.status ?? 'published', comment.key).toBe('published');
				expect(name, comment.key).toBe(people.get(quoted.by)!.name);
				if (!ownWords(quoted).includes(words)) misquoted.add(source);
			}
			expect([...misquoted], comment.key).toEqual(comment.misquotes ?? []);
		}
	});
});

test('has about thirty quotes, two of them altered, one of somebody unknown', () => {
	const quotes = comments.flatMap(quotesOf);
	const altered = comments.flatMap((comment) => comment.misquotes ?? []);
	const unknown = quotes.filter((quote) => quote.source === null);
	expect(altered).toHaveLength(2);
	expect(unknown).toHaveLength(1);
	expect(demo.people.map((person) => person.name)).not.toContain(unknown[0]!.name);
	expect(quotes.length - altered.length - unknown.length).toBeGreaterThanOrEqual(28);
	expect(quotes.length).toBeLessThanOrEqual(40);
});
