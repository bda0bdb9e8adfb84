import { SORTS } from '../../lib/server/comments/view.ts';
import { PASSAGE_KEY } from '../../lib/server/text/passages.ts';

/** A route whose page is the same for every guest, and is kept. */
export interface PublicRoute {
	/** As SvelteKit names it. */
	id: string;
	path: RegExp;
	/** The query parameters that its page depends on, and what they look like; others are left out. */
	query: Readonly<Record<string, RegExp>>;
	/** Parameters that belong to a moment of somebody's own: with them, nothing is kept. */
	own?: readonly string[];
	/** Whether its page follows the order of comments that the browser remembers. */
	isSorted?: true;
	/** Whether one page has many addresses, such as a name in capitals. */
	hasManyNames?: true;
}

const NAME = String.raw`[^/?#;\\]{1,400}`;
const ID = '[0-9a-z]{16}';
// Cursors are base64url; longer ones are refused anyway.
const CURSOR = /^[\w-]{1,268}$/;

function path(pattern: string): RegExp {
	return new RegExp(`^${pattern}$`);
}

const LIST = { query: { cursor: CURSOR } };

/**
 * The public routes, each with its query. What each shows must be in its tags, at revisions that rise
 * in the transaction of every visible change (`tests/e2e/security/kept-pages.js.spec.ts`).
 */
export const ROUTES: readonly PublicRoute[] = [
	{ id: '/', path: path('/'), ...LIST },
	{ id: '/categories/[slug]', path: path(`/categories/${NAME}`), ...LIST },
	{ id: '/bylines/[slug]', path: path(`/bylines/${NAME}`), ...LIST },
	{ id: '/people/[name]', path: path(`/people/${NAME}`), ...LIST, hasManyNames: true },
	{
		id: '/articles/[slug]',
		path: path(`/articles/${NAME}`),
		query: {
			sort: path(SORTS.join('|')),
			once: /^1?$/,
			cursor: CURSOR,
			c: path(ID),
			passage: path(PASSAGE_KEY)
		},
		own: ['reply', 'quote'],
		isSorted: true
	},
	{
		id: '/articles/[slug]/versions/[version]',
		path: path(`/articles/${NAME}/versions/[1-9][0-9]{0,8}`),
		query: {}
	},
	{ id: '/c/[id]', path: path(`/c/${ID}`), query: { after: /^\d{1,9}$/ } },
	{ id: '/c/[id]/history', path: path(`/c/${ID}/history`), query: {} },
	{ id: '/c/[id]/quoted', path: path(`/c/${ID}/quoted`), ...LIST },
	{ id: '/quotes/[id]', path: path(`/quotes/${ID}`), query: {} },
	{ id: '/help', path: path('/help'), query: {} },
	{ id: '/help/limits', path: path('/help/limits'), query: {} },
	{ id: '/help/roles', path: path('/help/roles'), query: {} },
	{ id: '/help/[guide]', path: path(`/help/${NAME}`), query: {} },
	{ id: '/feed.xml', path: path(String.raw`/feed\.xml`), query: {} },
	{
		id: '/categories/[slug]/feed.xml',
		path: path(String.raw`/categories/${NAME}/feed\.xml`),
		query: {}
	},
	{
		id: '/articles/[slug]/feed.xml',
		path: path(String.raw`/articles/${NAME}/feed\.xml`),
		query: {}
	},
	{
		id: '/people/[name]/feed.xml',
		path: path(String.raw`/people/${NAME}/feed\.xml`),
		query: {},
		hasManyNames: true
	},
	{ id: '/sitemap.xml', path: path(String.raw`/sitemap\.xml`), query: {} },
	{
		id: '/sitemaps/[name].xml',
		path: path(String.raw`/sitemaps/(?:sections|\d{4}-\d\d)\.xml`),
		query: {}
	},
	{ id: '/robots.txt', path: path(String.raw`/robots\.txt`), query: {} }
];
