import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import { html } from '#lib/api/html.ts';
import Comment from '#lib/components/Comment.svelte';
import type { BlockView, CommentView, QuoteView } from '#lib/server/comments/view.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

function quote(rest: Partial<QuoteView>): QuoteView {
	return {
		id: '0000000000000000',
		match: 'unresolved',
		saidBy: null,
		sourceUrl: null,
		sourceId: null,
		earlierVersion: false,
		versionUrl: null,
		url: null,
		withdrawn: false,
		blocks: [{ html: '<p>The words.</p>' }],
		...rest
	};
}

function view(blocks: BlockView[]): CommentView {
	const no = { reply: false, quote: false, recommend: false, edit: false, delete: false };
	return {
		id: '0000000000000001',
		url: '/c/0000000000000001',
		article: { id: '0000000000000002', slug: 'pier', title: 'The pier', revision: 1 },
		rootId: '0000000000000001',
		parentId: null,
		depth: 0,
		replySeq: null,
		replyingTo: null,
		author: { name: 'Rhona', url: null, role: 'guest' },
		status: 'published',
		held: null,
		ground: null,
		blocks,
		revision: 1,
		quotedBy: 0,
		score: 0,
		createdAt: NOW,
		editedAt: null,
		mine: false,
		byAuthor: false,
		picked: false,
		recommended: false,
		muted: false,
		folded: false,
		followed: false,
		can: {
			...{ ...no, remove: false, restore: false, decide: false },
			...{ report: false, notify: false, follow: false, mute: false, pick: false }
		}
	};
}

/** What a page shows of a body, without the marks beside an attribution and links that lead nowhere. */
function onPage(blocks: BlockView[]): string {
	const reading = { now: NOW, relative: false };
	const { body } = render(Comment, { props: { view: view(blocks), reading } });
	const [, inside] = /<div class="comment-body prose"[^>]*>([\s\S]*?)<\/div>/.exec(body)!;
	return inside
		.replace(/<!--[\s\S]*?-->/g, '')
		.replace(/<span[^>]*>[^<]*<\/span>|<a class="match-altered"[^>]*>[^<]*<\/a>/g, '')
		.replace(/<a>([^<]*)<\/a>/g, '$1')
		.replace(/\s+(?=<)|(?<=>)\s+/g, '');
}

const words: BlockView = { html: '<p>My words &amp; yours.</p>' };
const cases: [string, BlockView[]][] = [
	['plain words', [words]],
	['a quote of nobody', [{ quote: quote({}) }, words]],
	['a quote of a name without a source', [{ quote: quote({ saidBy: 'glen' }) }]],
	[
		'a quote of a comment',
		[
			{
				quote: quote({
					match: 'altered',
					saidBy: 'Ada',
					sourceUrl: '/c/0000000000000003',
					sourceId: '3'
				})
			}
		]
	],
	['a quote of the article', [{ quote: quote({ match: 'altered', sourceUrl: '/articles/pier' }) }]],
	[
		'a quote that was withdrawn',
		[words, { quote: quote({ match: 'exact', withdrawn: true, blocks: [] }) }]
	],
	[
		'a quote within a quote',
		[{ quote: quote({ blocks: [{ quote: quote({ saidBy: 'Bo' }) }, words] }) }]
	],
	['a name that looks like markup', [{ quote: quote({ saidBy: '<i&Ada' }) }]]
];

test.each(cases)('shows %s as the page does', (_what, blocks) => {
	expect(html(blocks)).toBe(onPage(blocks));
});

test('leaves no way out of a name or an address', () => {
	const name = `"'><script>alert(1)</script>`;
	const made = html([{ quote: quote({ saidBy: name, sourceUrl: `/c/"onclick="x` }) }]);
	expect(made).not.toContain('<script');
	expect(made).not.toContain('"onclick="');
});
