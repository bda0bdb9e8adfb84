import { expect, test } from 'vitest';
import { identityOf, newsArticle, structuredData } from '#lib/format/structured-data.ts';
import type { ArticleView } from '#lib/server/articles/view.ts';

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
	moment: '4',
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

const SITE = { siteName: 'The Paper', origin: '' };

test('an article says what schema.org asks of one', () => {
	const thing = newsArticle(article, { ...SITE, origin: 'https://paper.example' });
	expect(JSON.parse(JSON.stringify(thing))).toMatchObject({
		'@context': 'https://schema.org',
		'@type': 'NewsArticle',
		'@id': 'https://paper.example/articles/a-story',
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

test('an article that stands elsewhere too is one and the same', () => {
	const canonicalUrl = 'https://paper.example/2026/a-story';
	const elsewhere = { ...article, canonicalUrl };
	expect(identityOf(elsewhere, 'https://talk.paper.example')).toBe(canonicalUrl);
	expect(newsArticle(elsewhere, SITE)).toMatchObject({ '@id': canonicalUrl, url: canonicalUrl });
	expect(identityOf(article, 'https://talk.paper.example')).toBe(
		'https://talk.paper.example/articles/a-story'
	);
});

test('no words of anybody can end the element', () => {
	const nasty = '</script><script>alert(1)</script><!--';
	const thing = newsArticle({ ...article, title: nasty }, SITE);
	const html = structuredData(thing);
	expect(html.match(/</g)).toHaveLength(2);
	const json = html.replace(/^<[^>]+>/, '').replace(/<\/script>$/, '');
	expect((JSON.parse(json) as { headline: string }).headline).toBe(nasty);
});
