import { describe, expect, test } from 'vitest';
import { newsArticle, structuredData } from '#lib/format/structured-data.ts';
import type { ArticleView } from '#lib/server/articles/view.ts';
import type { CommentView, DiscussionView } from '#lib/server/comments/view.ts';
import { commentView, quoteView } from '../components/views.ts';

const at = new Date('2026-07-29T12:00:00Z');
const article: ArticleView = {
	id: '01kcmm000000000a',
	slug: 'a-story',
	url: '/articles/a-story',
	title: 'A story',
	standfirst: 'What it is about.',
	categoryId: null,
	category: { slug: 'harbour', name: 'Harbour' },
	byline: { slug: 'mara', name: 'Mara Quill', role: 'Reporter', bioHtml: '' },
	publishedAt: at,
	updatedAt: at,
	commentCount: 3,
	commenting: { state: 'open', note: '', until: null, since: null },
	corrections: [],
	discussion: {
		...{ slowMode: 'off', slowSeconds: 0, messageHtml: '' },
		...{ authorHere: false, staffMaySpeak: false, hasPicks: false }
	},
	notice: '',
	revision: 4,
	version: 1,
	bodyHtml: '<p>Words.</p>',
	readingMinutes: 1,
	source: { name: '', url: '' },
	image: { url: '', alt: '', credit: '' },
	canonicalUrl: '',
	previous: null,
	next: null
};

function page(root: CommentView, ...replies: CommentView[]): DiscussionView {
	const threads = [{ root, replies, moreReplies: 0 }];
	return { threads, sort: 'oldest', previous: null, next: null, waiting: [] };
}

const root = commentView({ id: 'root' });
function reply(id: string, parentId: string, more: Partial<CommentView> = {}): CommentView {
	return commentView({ id, parentId, rootId: 'root', ...more });
}

interface Found {
	'@id': string;
	comment?: Found[];
}

/** The ids of comments, those within each after it. */
function shape(list: Found[] = []): unknown[] {
	return list.flatMap(({ '@id': id, comment }) => (comment ? [id, shape(comment)] : [id]));
}

function data(discussion: DiscussionView, origin = '') {
	const thing = newsArticle(article, discussion, { name: 'The Paper', origin });
	return JSON.parse(JSON.stringify(thing)) as Record<string, unknown> & { comment: Found[] };
}

test('an article says what schema.org asks of one', () => {
	expect(data(page(root), 'https://paper.example')).toMatchObject({
		'@context': 'https://schema.org',
		'@type': 'NewsArticle',
		headline: 'A story',
		description: 'What it is about.',
		url: 'https://paper.example/articles/a-story',
		datePublished: '2026-07-29T12:00:00.000Z',
		author: {
			'@type': 'Person',
			name: 'Mara Quill',
			url: 'https://paper.example/bylines/mara'
		},
		articleSection: 'Harbour',
		publisher: { '@type': 'Organization', name: 'The Paper' },
		commentCount: 3,
		discussionUrl: 'https://paper.example/articles/a-story#comments'
	});
});

test('a comment says who said what, in its own words', () => {
	const html = '<p>Fish &amp; chips, <em>he</em> said &lt;loudly&gt;.</p>';
	const blocks = [{ quote: quoteView() }, { html }];
	const [comment] = data(page({ ...root, blocks, score: 7 })).comment;
	expect(comment).toMatchObject({
		'@type': 'Comment',
		url: '/c/root',
		author: { '@type': 'Person', name: 'Ann Reader', url: '/people/Ann%20Reader' },
		dateCreated: '2026-07-29T13:51:00.000Z',
		text: 'Fish & chips, he said <loudly>.',
		upvoteCount: 7
	});
});

describe('comments stand within each other', () => {
	test('as they answer', () => {
		const discussion = page(root, reply('a', 'root'), reply('b', 'a'), reply('c', 'root'));
		expect(shape(data(discussion).comment)).toEqual(['/c/root', ['/c/a', ['/c/b'], '/c/c']]);
	});

	test('without those that were taken down, whose answers stay', () => {
		const gone = { status: 'removed', blocks: null } as const;
		const discussion = page(root, reply('a', 'root', gone), reply('b', 'a'));
		expect(shape(data(discussion).comment)).toEqual(['/c/root', ['/c/b']]);
		const rootless = page({ ...root, ...gone }, reply('a', 'root'));
		expect(shape(data(rootless).comment)).toEqual(['/c/a']);
	});

	test('also where the one that is answered is not on the page', () => {
		expect(shape(data(page(root, reply('b', 'elsewhere'))).comment)).toEqual(['/c/root', ['/c/b']]);
	});

	test('and never what waits', () => {
		const waiting = reply('a', 'root', { status: 'pending' });
		expect(shape(data(page(root, waiting)).comment)).toEqual(['/c/root']);
	});
});

test('no words of anybody can end the element', () => {
	const nasty = '</script><script>alert(1)</script><!--';
	const thing = newsArticle({ ...article, title: nasty }, page(root), { name: 'P', origin: '' });
	const html = structuredData(thing);
	expect(html.match(/</g)).toHaveLength(2);
	const json = html.replace(/^<[^>]+>/, '').replace(/<\/script>$/, '');
	expect((JSON.parse(json) as { headline: string }).headline).toBe(nasty);
});
