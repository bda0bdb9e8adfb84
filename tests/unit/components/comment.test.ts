import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import Comment from '#lib/components/Comment.svelte';
import type { Reading } from '#lib/components/reading.ts';
import type { CommentView, QuoteView } from '#lib/server/comments/view.ts';
import { commentView, quoteView, READ_ONLY, READING } from './views.ts';

function withMarks(
	changes: Partial<CommentView> = {},
	more: Partial<Reading> = {},
	addressed = false
) {
	const props = { view: commentView(changes), reading: { ...READING, ...more }, addressed };
	return render(Comment, { props }).body.replace(/<!--.*?-->/g, '');
}

/** A comment without what is said to programs alone. */
function html(changes: Partial<CommentView> = {}, addressed = false): string {
	return withMarks(changes, {}, addressed).replace(/ item\w+="[^"]*"/g, '');
}

function quoted(changes: Partial<QuoteView>): string {
	return html({ blocks: [{ quote: quoteView(changes) }] });
}

describe('a comment', () => {
	test('has the hooks that tests and user styles hold on to', () => {
		const body = html();
		expect(body).toContain('id="c-01kcmm0000000001"');
		expect(body).toContain('data-comment-id="01kcmm0000000001"');
		expect(body).toContain('data-status="published"');
		expect(body).toMatch(/<div class="comment-body prose">\s*<p>Some words.<\/p>\s*<\/div>/);
	});

	test('tells its age with the full time', () => {
		expect(html()).toContain(
			'<time datetime="2026-07-29T13:51:00.000Z" title="29 July 2026 at 13:51 UTC">14 min</time>'
		);
	});

	test('escapes names, and links only people who have a page', () => {
		const author = { name: '<b>"Ann"', url: null, role: 'guest' as const };
		const body = html({ author });
		expect(body).toContain('<span class="author"><bdi>&lt;b>"Ann"</bdi></span>');
		expect(body).toContain('data-initials="&lt;"');
	});

	test('is what schema.org calls one, of its article where that is around it', () => {
		const alone = withMarks({ score: 0 });
		expect(alone).toContain('itemscope="" itemtype="https://schema.org/Comment"');
		expect(alone).not.toMatch(/itemprop="(?:comment|parentItem|dateModified|upvoteCount)"/);
		for (const name of ['author', 'name', 'dateCreated', 'url', 'text']) {
			expect(alone, name).toContain(`itemprop="${name}"`);
		}
		const editedAt = new Date('2026-07-29T13:55:00Z');
		const parentId = '01kcmm0000000002';
		const within = withMarks({ score: 1204, editedAt, parentId }, { inArticle: true });
		for (const part of [
			'itemprop="comment"',
			'<meta itemprop="dateModified" content="2026-07-29T13:55:00.000Z"/>',
			'<link itemprop="parentItem" href="/c/01kcmm0000000002"/>',
			'<meta itemprop="upvoteCount" content="1204"/>'
		]) {
			expect(within, part).toContain(part);
		}
	});

	test.each(['pending', 'rejected', 'removed', 'deleted'] as const)(
		'that is %s is none of its article’s to programs',
		(status) => {
			expect(withMarks({ status }, { inArticle: true })).not.toContain('itemprop="comment"');
		}
	);

	test.each([
		['removed', 'This comment was removed by a moderator.'],
		['deleted', 'This comment was deleted by its author.']
	] as const)('that was %s leaves a tombstone and no words', (status, words) => {
		const body = html({ status, blocks: null, author: null, score: 3 });
		expect(body).toContain(`<p class="tombstone">${words}</p>`);
		expect(body).not.toContain('comment-body');
		expect(body).not.toContain('recommendation');
	});

	test('that readers reported is folded, but for its author', () => {
		const folded = html({ folded: true });
		expect(folded).toContain('data-folded');
		expect(folded).toMatch(/<details class="veiled"><summary>Folded because readers reported it/);
		const own = html({ folded: true, mine: true });
		expect(own).toContain('Folded: readers reported it; a moderator will look.');
		expect(own).not.toContain('<details');
	});

	test('says to those who may see it that it waits', () => {
		const body = html({ status: 'pending', mine: true });
		expect(body).toContain('Waiting for a moderator');
		expect(body).toContain('>You<');
	});

	test('leads to its earlier versions when it was edited', () => {
		expect(html()).not.toContain('/history');
		expect(html({ editedAt: new Date('2026-07-29T14:00:00Z') })).toContain(
			'href="/c/01kcmm0000000001/history"'
		);
	});

	test('is indented to a limit, and names whom it answers beyond it', () => {
		const replyingTo = { id: '01kcmm0000000009', name: 'Bob' };
		expect(html({ depth: 2, replyingTo })).not.toContain('replying to');
		expect(html({ depth: 5, replyingTo })).toMatch(/class="comment indent-5"/);
		const deep = html({ depth: 9, replyingTo });
		expect(deep).toMatch(/class="comment indent-5 deep"/);
		expect(deep).toMatch(/href="\/c\/01kcmm0000000009"[^>]*>\s*replying to <bdi>Bob<\/bdi>/);
	});
});

describe('the acts on a comment', () => {
	test('are none for somebody who may only read', () => {
		expect(html()).not.toMatch(/<button|Reply|Quote|<details/);
		expect(html({ score: 1 })).toContain('1 recommendation<');
	});

	test.each([
		['reply', 'href="/articles/a-story?reply=01kcmm0000000001#composer"'],
		['quote', 'href="/articles/a-story?quote=01kcmm0000000001#composer"'],
		['recommend', 'formaction="/c/01kcmm0000000001?/recommend"'],
		['edit', 'href="/c/01kcmm0000000001/edit"'],
		['delete', 'href="/c/01kcmm0000000001/delete"'],
		['remove', 'href="/c/01kcmm0000000001/remove"'],
		['restore', '>Restore<'],
		['decide', 'formaction="/c/01kcmm0000000001?/approve"']
	] as const)('are shown as rights say: %s', (right, markup) => {
		expect(html({ can: { ...READ_ONLY, [right]: true } })).toContain(markup);
		expect(html()).not.toContain(markup);
	});

	test('let a recommendation be taken back', () => {
		const body = html({ can: { ...READ_ONLY, recommend: true }, recommended: true, score: 1234 });
		expect(body).toContain('formaction="/c/01kcmm0000000001?/withdraw" aria-pressed="true"');
		expect(body).toContain('1,234');
	});
});

describe('being quoted', () => {
	test('is said with the number, as far as anybody counts', () => {
		expect(html()).not.toContain('Quoted by');
		const link = (count: string) => `<a href="/c/01kcmm0000000001/quoted">Quoted by ${count}</a>`;
		expect(html({ quotedBy: 3 })).toContain(link('3'));
		expect(html({ quotedBy: 100 })).toContain(link('99+'));
	});
});

describe('a quote', () => {
	test('that is exact names who said it, links it and says so', () => {
		const body = quoted({});
		expect(body).toContain('<blockquote class="quote" data-match="exact">');
		expect(body).toContain('<a href="/c/01kcmm0000000002">Bob said,</a>');
		expect(body).toContain('word for word');
		expect(body).toContain('<p>Their words.</p>');
	});

	test('with other words says that', () => {
		const body = quoted({ match: 'altered' });
		expect(body).toContain('href="/quotes/01kcmm00000000q1">not the exact words</a>');
		expect(body).not.toContain('word for word');
	});

	test('that was found nowhere has a name and no link', () => {
		const body = quoted({ match: 'unresolved', sourceUrl: null, sourceId: null });
		expect(body).toContain('<a>Bob said,</a>');
		expect(body).not.toMatch(/word for word|not the exact/);
	});

	test('of nobody is only set apart', () => {
		const body = quoted({ match: 'unresolved', saidBy: null, sourceUrl: null, sourceId: null });
		expect(body).not.toContain('class="said"');
		expect(body).toContain('Their words.');
	});

	test('of the article says where it is from', () => {
		const body = quoted({ saidBy: null, sourceId: null, sourceUrl: '/articles/a-story' });
		expect(body).toContain('<a href="/articles/a-story">From the article</a>');
	});

	test('of a source edited since says so, and leads to the version', () => {
		const words = 'quoted from an earlier version</a>';
		expect(quoted({ earlierVersion: true })).toContain(`<a>${words}`);
		const versionUrl = '/c/01kcmm0000000002/history#revision-1';
		expect(quoted({ earlierVersion: true, versionUrl })).toContain(
			`<a href="${versionUrl}">${words}`
		);
	});

	test('whose source was taken down gives no words and no name', () => {
		const body = quoted({ withdrawn: true });
		expect(body).toContain('This passage was withdrawn with the comment it came from.');
		expect(body).not.toMatch(/Bob|Their words/);
	});

	describe('inside quotes', () => {
		const third = (changes: Partial<QuoteView>) =>
			quoted({
				blocks: [
					{
						quote: quoteView({
							saidBy: 'Cleo',
							blocks: [
								{
									quote: quoteView({
										saidBy: 'Dan',
										sourceId: '01kcmm0000000003',
										sourceUrl: '/c/01kcmm0000000003',
										...changes
									})
								},
								{ html: '<p>Cleo’s words.</p>' }
							]
						})
					},
					{ html: '<p>Bob’s words.</p>' }
				]
			});

		test('is shown to the second level, and leads on from there', () => {
			const body = third({ blocks: [{ html: '<p>Dan’s words.</p>' }] });
			expect(body).toMatch(/Bob said,[^]*Cleo said,[^]*Cleo’s words\.[^]*Bob’s words\./);
			expect(body).toContain('<a href="/c/01kcmm0000000003">Dan said, …</a>');
			expect(body).not.toContain('Dan’s words.');
			expect(body.match(/<blockquote/g)).toHaveLength(2);
		});

		test('leads to its own page where it has no comment to lead to', () => {
			const none = { sourceId: null, sourceUrl: null, url: '/quotes/01kcmm00000000q3' };
			expect(third(none)).toContain('<a href="/quotes/01kcmm00000000q3">Dan said, …</a>');
			expect(third({ ...none, url: null })).toContain('<a>Dan said, …</a>');
		});

		test('is withdrawn without a name', () => {
			const body = third({ withdrawn: true });
			expect(body).toContain('This passage was withdrawn.');
			expect(body).not.toContain('Dan');
		});
	});
});
