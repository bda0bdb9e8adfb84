import { query } from './database.ts';
import type { Answer } from './http.ts';
import { VIEWERS } from './world.ts';
import type { Viewer, World } from './world.ts';

/** What each viewer is answered. */
export type Statuses = Record<Viewer, number>;

/** An address, and who may read it. */
export interface Reading {
	path: string;
	statuses: Statuses;
}

/** Who moderates another category sees here what a reader sees, unless another status is given. */
function statuses(
	...list: [number, number, number, number, number, number, elsewhere?: number]
): Statuses {
	const all = [...list.slice(0, 6), list[6] ?? list[1]];
	return Object.fromEntries(VIEWERS.map((viewer, index) => [viewer, all[index]])) as Statuses;
}

// guest, bob, alice, moderator, editor, admin, and if not like bob, who moderates another category
const EVERYONE = statuses(200, 200, 200, 200, 200, 200);
const NOBODY = statuses(404, 404, 404, 404, 404, 404);
const STAFF = statuses(404, 404, 404, 200, 200, 200);
/** Pages of the desk itself, whatever they show to whom. */
const DESK = statuses(404, 404, 404, 200, 200, 200, 200);
const EDITORS = statuses(404, 404, 404, 404, 200, 200);
const ADMIN = statuses(404, 404, 404, 404, 404, 200);
const AUTHOR = statuses(404, 404, 200, 404, 404, 404);
const AUTHOR_AND_STAFF = statuses(404, 404, 200, 200, 200, 200);
const MEMBERS = statuses(303, 200, 200, 200, 200, 200);
const GUESTS = statuses(200, 303, 303, 303, 303, 303);
const MISSING = '0000000000000000';
const THIS_YEAR = new Date().getUTCFullYear();
const THIS_MONTH = new Date().toISOString().slice(0, 7);

function everyone(...paths: string[]): Reading[] {
	return paths.map((path) => ({ path, statuses: EVERYONE }));
}

function only(who: Statuses, ...paths: string[]): Reading[] {
	return paths.map((path) => ({ path, statuses: who }));
}

/** The comments by who may know of them. */
function comments({ remarks }: World, before: string, after = ''): Reading[] {
	const of = (id: string) => `${before}${id}${after}`;
	return [
		...everyone(...[remarks.published, remarks.edited, remarks.quoting, remarks.closed].map(of)),
		// These keep a place without words.
		...everyone(of(remarks.removed), of(remarks.deleted)),
		...only(AUTHOR_AND_STAFF, of(remarks.pending), of(remarks.rejected)),
		...only(STAFF, of(remarks.hidden)),
		...only(EDITORS, of(remarks.draft)),
		...only(NOBODY, of(MISSING))
	];
}

function articles({ stories }: World, before: string, after = ''): Reading[] {
	const { draft, ...others } = stories;
	const of = (slug: string) => `${before}${slug}${after}`;
	return [
		...everyone(...Object.values(others).map(of)),
		...only(EDITORS, of(draft)),
		...only(NOBODY, of('nothing-of-this-name'))
	];
}

/** Feeds of comments, which are the same for everybody. */
function feeds({ stories }: World): Reading[] {
	const of = (slug: string) => `/articles/${slug}/feed.xml`;
	const { draft, ...others } = stories;
	return [
		...everyone(...Object.values(others).map(of)),
		...only(NOBODY, of(draft), of('nothing-of-this-name'))
	];
}

/** Where open pages listen: not for who asks for no stream, and nothing at all where there is no article. */
function listening(world: World): Reading[] {
	return articles(world, '/articles/', '/live').map(({ path, statuses: seen }) => {
		const entries = Object.entries(seen).map(([who, status]) => [
			who,
			status === 200 ? 406 : status
		]);
		return { path, statuses: Object.fromEntries(entries) as Statuses };
	});
}

/** Addresses on an article's page that name a comment which not everybody may read. */
function asked({ remarks, stories }: World): Reading[] {
	const { removed, deleted, pending, rejected, hidden, draft, quoting } = remarks;
	const passage = encodeURIComponent('the very words');
	return [removed, deleted, pending, rejected, hidden, draft, quoting].flatMap((id) =>
		everyone(
			`/articles/${stories.open}?quote=${id}&c=${id}`,
			`/articles/${stories.open}?reply=${id}&quote=${id}&passage=${passage}`
		)
	);
}

function editing({ remarks }: World): Reading[] {
	const of = (id: string) => `/c/${id}/edit`;
	return [
		...only(statuses(401, 403, 200, 403, 403, 403), of(remarks.published), of(remarks.edited)),
		...only(statuses(401, 404, 200, 403, 403, 403), of(remarks.pending)),
		...only(statuses(401, 404, 403, 403, 403, 403), of(remarks.rejected)),
		...only(statuses(401, 403, 403, 403, 403, 403), of(remarks.removed), of(remarks.deleted)),
		...only(statuses(401, 404, 404, 403, 403, 403), of(remarks.hidden)),
		...only(statuses(401, 404, 404, 404, 403, 403), of(remarks.draft)),
		...only(statuses(401, 404, 404, 404, 404, 404), of(MISSING))
	];
}

/** How discussions are arranged, for programs of their moderators. */
function arrangements({ stories }: World): Reading[] {
	const of = (slug: string) => `/api/v1/articles/${slug}/discussion`;
	const { draft, ...others } = stories;
	return [
		...only(statuses(401, 403, 403, 200, 200, 200), ...Object.values(others).map(of)),
		...only(statuses(401, 403, 403, 404, 200, 200, 404), of(draft)),
		...only(statuses(401, 403, 403, 404, 404, 404, 404), of('nothing-here'))
	];
}

function deleting({ remarks }: World): Reading[] {
	const of = (id: string) => `/c/${id}/delete`;
	const mine = [remarks.published, remarks.edited, remarks.closed, remarks.pending];
	const gone = [remarks.removed, remarks.deleted, remarks.rejected, remarks.hidden, remarks.draft];
	return [...only(AUTHOR, ...mine.map(of)), ...only(NOBODY, ...gone.map(of), of(MISSING))];
}

function deciding({ remarks }: World): Reading[] {
	const of = (id: string) => `/c/${id}/remove`;
	const open = [remarks.published, remarks.edited, remarks.removed, remarks.pending];
	return [
		...only(STAFF, ...[...open, remarks.hidden, remarks.closed].map(of)),
		...only(EDITORS, of(remarks.draft)),
		...only(NOBODY, ...[remarks.deleted, remarks.rejected, MISSING].map(of))
	];
}

function reporting({ remarks }: World): Reading[] {
	const of = (id: string) => `/c/${id}/report`;
	const published = [remarks.published, remarks.edited, remarks.closed];
	return [
		...only(statuses(200, 200, 403, 200, 200, 200), ...published.map(of)),
		...only(statuses(200, 403, 200, 200, 200, 200, 200), of(remarks.quoting)),
		...only(statuses(409, 409, 403, 409, 409, 409), of(remarks.removed), of(remarks.deleted)),
		...only(statuses(404, 404, 403, 409, 409, 409), of(remarks.pending), of(remarks.rejected)),
		...only(STAFF, of(remarks.hidden)),
		...only(EDITORS, of(remarks.draft)),
		...only(NOBODY, of(MISSING))
	];
}

/** Whoever has the address of a notice may read it. */
function receipts({ receipt }: World): Reading[] {
	const [id] = receipt.split('?');
	return [
		...everyone(`/reports/${receipt}`),
		...only(NOBODY, `/reports/${id}`, `/reports/${id}?key=${'A'.repeat(43)}`, `/reports/${MISSING}`)
	];
}

/** Where links of mails lead, with secrets that are none. */
function links(path: string): Reading[] {
	return only(NOBODY, path, `${path}?token=`, `${path}?token=${'A'.repeat(43)}`);
}

function histories({ remarks }: World): Reading[] {
	const of = (id: string) => `/c/${id}/history`;
	return [
		...everyone(of(remarks.published), of(remarks.edited), of(remarks.quoting)),
		...only(STAFF, of(remarks.removed), of(remarks.hidden)),
		...only(AUTHOR_AND_STAFF, of(remarks.pending), of(remarks.rejected)),
		...only(EDITORS, of(remarks.draft)),
		...only(NOBODY, of(remarks.deleted), of(MISSING))
	];
}

function quotable({ remarks }: World): Reading[] {
	const of = (id: string) => `/c/${id}/quote`;
	const nobody = statuses(403, 403, 403, 403, 403, 403);
	const waiting = statuses(404, 404, 403, 403, 403, 403);
	return [
		...everyone(...[remarks.published, remarks.edited, remarks.quoting, remarks.closed].map(of)),
		...only(nobody, of(remarks.removed), of(remarks.deleted)),
		...only(waiting, of(remarks.pending), of(remarks.rejected)),
		...only(STAFF, of(remarks.hidden)),
		...only(EDITORS, of(remarks.draft)),
		...only(NOBODY, of(MISSING))
	];
}

function quotes({ site, remarks }: World): Reading[] {
	const of = (comment: string) =>
		query<{ id: string }>(site, 'select id from quotes where comment_id = ?', comment).map(
			({ id }) => `/quotes/${id}`
		);
	return [
		...everyone(...of(remarks.altering)),
		// All that it quotes is withdrawn.
		...only(NOBODY, ...of(remarks.quoting), `/quotes/${MISSING}`, '/quotes/x')
	];
}

function complaining({ remarks }: World): Reading[] {
	const of = (id: string) => `/c/${id}/problem`;
	const taken = statuses(401, 403, 403, 403, 403, 403);
	const unseen = statuses(401, 403, 403, 200, 200, 200, 404);
	return [
		...only(statuses(401, 403, 403, 200, 200, 200), of(remarks.published), of(remarks.closed)),
		...only(taken, of(remarks.removed), of(remarks.deleted)),
		...only(unseen, of(remarks.pending), of(remarks.hidden)),
		...only(statuses(401, 403, 403, 404, 200, 200, 404), of(remarks.draft)),
		...only(statuses(401, 403, 403, 404, 404, 404, 404), of(MISSING))
	];
}

function problems({ problems: { alices, guests, secret } }: World, before: string): Reading[] {
	const of = (id: string) => `${before}${id}`;
	return [
		...only(AUTHOR, of(alices), `${of(alices)}?key=${secret}`),
		...everyone(`${of(guests)}?key=${secret}`),
		...only(NOBODY, of(guests), `${of(guests)}?key=`, `${of(guests)}?key=${'A'.repeat(43)}`),
		...only(NOBODY, of(MISSING), of('x'))
	];
}

/** Alice's, of a removed comment; for guests all of them are behind the sign-in. */
function stated({ site, remarks }: World): Reading[] {
	const sql = 'select id from statements where comment_id = ?';
	const [{ id }] = query<{ id: string }>(site, sql, remarks.removed);
	return [
		...only(statuses(303, 404, 200, 200, 200, 200), `/statements/${id}`),
		...only(statuses(303, 404, 404, 404, 404, 404), `/statements/${MISSING}`, '/statements/x')
	];
}

const PEOPLE = [
	...['Alice%20Writer', 'Bob%20Other', 'Mona%20Calm', 'Edwin%20Desk', 'Ada%20Overall'],
	'Elsa%20Where'
];

/** Every route that can be read, with addresses of it and who may read them. */
export const READINGS: Readonly<Record<string, (world: World) => Reading[]>> = {
	'/': () => everyone('/', '/?cursor='),
	'/feed.xml': () => everyone('/feed.xml'),
	'/robots.txt': () => everyone('/robots.txt'),
	'/sitemap.xml': () => everyone('/sitemap.xml'),
	'/sitemaps/[name].xml': () => [
		...everyone('/sitemaps/sections.xml', `/sitemaps/${THIS_MONTH}.xml`),
		...only(NOBODY, '/sitemaps/nothing.xml', '/sitemaps/2026-13.xml')
	],
	'/account': () => only(MEMBERS, '/account'),
	'/account/confirm': () => only(MEMBERS, '/account/confirm', '/account/confirm?next=//evil.test'),
	'/account/profile': () => only(MEMBERS, '/account/profile'),
	'/account/data': () => only(MEMBERS, '/account/data'),
	'/account/mail': () => only(MEMBERS, '/account/mail'),
	'/account/problems': () => only(MEMBERS, '/account/problems'),
	'/account/reports': () => only(MEMBERS, '/account/reports'),
	'/account/security': () => only(MEMBERS, '/account/security'),
	'/account/security/authenticator': () => only(MEMBERS, '/account/security/authenticator'),
	'/account/security/passkeys': () => only(MEMBERS, '/account/security/passkeys'),
	'/account/security/recovery-codes': () => only(MEMBERS, '/account/security/recovery-codes'),
	'/account/security/sessions': () => only(MEMBERS, '/account/security/sessions'),
	'/account/statements': () => only(MEMBERS, '/account/statements'),
	'/account/warning': () => only(MEMBERS, '/account/warning'),
	'/[x+2e]well-known/security.txt': () => only(NOBODY, '/.well-known/security.txt'),
	'/admin/health': () => only(ADMIN, '/admin/health'),
	'/admin/roles': () => only(ADMIN, '/admin/roles'),
	'/admin/security': () => only(ADMIN, '/admin/security', '/admin/security?name=Alice%20Writer'),
	'/admin/security/events.csv': () => only(ADMIN, '/admin/security/events.csv'),
	'/admin/settings': () => only(ADMIN, '/admin/settings'),
	'/admin': () => only(ADMIN, '/admin', '/admin?name=alice', '/admin?name=%25'),
	'/api/v1/articles': () => everyone('/api/v1/articles', '/api/v1/articles?limit=100'),
	'/api/v1/articles/[slug]': (world) => articles(world, '/api/v1/articles/'),
	'/api/v1/articles/[slug]/comments': (world) => [
		...articles(world, '/api/v1/articles/', '/comments'),
		...articles(world, '/api/v1/articles/', '/comments?sort=newest'),
		...articles(world, '/api/v1/articles/', '/comments?sort=best&limit=100'),
		...articles(world, '/api/v1/articles/', '/comments?passage=0123456789ab')
	],
	'/api/v1/articles/[slug]/discussion': arrangements,
	'/api/v1/comments/[id]': (world) => comments(world, '/api/v1/comments/'),
	'/api/v1/comments/[id]/quoted': (world) => comments(world, '/api/v1/comments/', '/quoted'),
	'/api/v1/moderation/problems': () =>
		only(statuses(401, 403, 403, 200, 200, 200, 200), '/api/v1/moderation/problems'),
	'/api/v1/problems': () => only(statuses(401, 200, 200, 200, 200, 200), '/api/v1/problems'),
	'/api/v1/problems/[id]': (world) => problems(world, '/api/v1/problems/'),
	'/api/v1/moderation/queue': () =>
		only(
			statuses(401, 403, 403, 200, 200, 200, 200),
			'/api/v1/moderation/queue',
			'/api/v1/moderation/queue?tab=unreviewed'
		),
	'/api/v1/moderation/reports': () =>
		only(statuses(401, 403, 403, 200, 200, 200, 200), '/api/v1/moderation/reports'),
	'/api/v1/notifications': () =>
		only(statuses(401, 200, 200, 200, 200, 200), '/api/v1/notifications'),
	'/api/v1/openapi.json': () => everyone('/api/v1/openapi.json'),
	'/api/v1/statements': () => only(statuses(401, 200, 200, 200, 200, 200), '/api/v1/statements'),
	'/articles/[slug]': (world) => [
		...articles(world, '/articles/'),
		...articles(world, '/articles/', '?sort=newest'),
		...articles(world, '/articles/', '?sort=best'),
		...articles(world, '/articles/', '?passage=0123456789ab'),
		...articles(world, '/articles/', '?quote=article'),
		...asked(world)
	],
	// Who may listen is told that this is for browsers; what they hear has tests of its own.
	'/articles/[slug]/live': listening,
	'/articles/[slug]/people': (world) => articles(world, '/articles/', '/people'),
	'/articles/[slug]/problem': (world) => [
		...articles(world, '/articles/', '/problem'),
		...articles(world, '/articles/', '/problem?passage=0123456789ab&words=It%20ran')
	],
	'/articles/[slug]/feed.xml': feeds,
	'/articles/[slug]/quote': (world) => articles(world, '/articles/', '/quote'),
	'/articles/[slug]/versions/[version]': (world) => [
		...articles(world, '/articles/', '/versions/1'),
		...only(
			NOBODY,
			`/articles/${world.stories.open}/versions/2`,
			`/articles/${world.stories.open}/versions/x`
		)
	],
	'/bylines/[slug]': ({ byline }) => [
		...everyone(`/bylines/${byline}`),
		...only(NOBODY, '/bylines/nobody')
	],
	'/categories/[slug]': ({ category }) => [
		...everyone(`/categories/${category}`),
		...only(NOBODY, '/categories/nothing')
	],
	'/categories/[slug]/feed.xml': ({ category }) => [
		...everyone(`/categories/${category}/feed.xml`),
		...only(NOBODY, '/categories/nothing/feed.xml')
	],
	'/c/[id]': (world) => [...comments(world, '/c/'), ...comments(world, '/c/', '?after=0')],
	'/c/[id]/delete': deleting,
	'/c/[id]/edit': editing,
	'/c/[id]/history': histories,
	'/c/[id]/problem': complaining,
	'/c/[id]/quote': quotable,
	'/c/[id]/quoted': (world) => comments(world, '/c/', '/quoted'),
	'/c/[id]/remove': deciding,
	'/c/[id]/report': reporting,
	'/help': () => everyone('/help'),
	'/help/limits': () => everyone('/help/limits'),
	'/help/roles': () => everyone('/help/roles'),
	'/help/[guide]': () => [
		...everyone('/help/operating', '/help/moderating'),
		...only(NOBODY, '/help/nothing')
	],
	'/keep-account': () => only(NOBODY, '/keep-account', `/keep-account?token=${'A'.repeat(43)}`),
	'/moderation': () =>
		only(DESK, '/moderation', '/moderation?tab=reported', '/moderation?tab=unreviewed'),
	'/moderation/live': () => only(DESK, '/moderation/live', '/moderation/live?tab=reported'),
	'/moderation/problems': () => only(DESK, '/moderation/problems'),
	'/moderation/words': () => only(DESK, '/moderation/words', '/moderation/words?done=saved'),
	'/moderation/appeals': () => only(DESK, '/moderation/appeals'),
	'/moderation/people': () =>
		only(
			DESK,
			'/moderation/people',
			'/moderation/people?name=alice',
			'/moderation/people?name=%25'
		),
	'/moderation/people/[name]': ({ remarks }) => [
		...only(DESK, ...PEOPLE.map((name) => `/moderation/people/${name}`)),
		...only(DESK, `/moderation/people/Alice%20Writer?from=${remarks.draft}`),
		...only(NOBODY, '/moderation/people/nobody')
	],
	'/moderation-log': ({ stories }) =>
		everyone(
			...[
				'/moderation-log',
				'/moderation-log?kind=comment.remove',
				'/moderation-log?from=2026-02-30'
			],
			`/moderation-log?article=${stories.open}`,
			`/moderation-log?article=${stories.draft}`
		),
	'/newsroom': () => only(EDITORS, '/newsroom'),
	'/newsroom/bylines': () => only(EDITORS, '/newsroom/bylines'),
	'/newsroom/bylines/[slug]': ({ byline }) => only(EDITORS, `/newsroom/bylines/${byline}`),
	'/newsroom/discussions': () => only(EDITORS, '/newsroom/discussions'),
	'/newsroom/[slug]/discussion': ({ stories }) =>
		only(EDITORS, ...Object.values(stories).map((slug) => `/newsroom/${slug}/discussion`)),
	'/newsroom/new': () => only(EDITORS, '/newsroom/new'),
	'/newsroom/[slug]': ({ stories }) =>
		only(EDITORS, ...Object.values(stories).map((slug) => `/newsroom/${slug}`)),
	'/notifications': () => only(MEMBERS, '/notifications'),
	'/people/[name]': () => [
		...everyone(...PEOPLE.map((name) => `/people/${name}`)),
		...only(NOBODY, '/people/nobody')
	],
	'/people/[name]/feed.xml': () => [
		...everyone(...PEOPLE.map((name) => `/people/${name}/feed.xml`)),
		...only(NOBODY, '/people/nobody/feed.xml')
	],
	'/problems/[id]': (world) => problems(world, '/problems/'),
	'/quotes/[id]': quotes,
	'/reports/[id]': receipts,
	'/statements/[id]': stated,
	'/setup': () => only(NOBODY, '/setup', '/setup?token=', `/setup?token=${'A'.repeat(43)}`),
	// Where no mail can be sent nothing is asked for, and no secret is one.
	'/reset': () => only(NOBODY, '/reset'),
	'/reset/password': () => links('/reset/password'),
	'/restore': () => links('/restore'),
	'/confirm': () => links('/confirm'),
	'/confirm/address': () => links('/confirm/address'),
	'/confirm/change': () => links('/confirm/change'),
	'/sign-in/link': () => only(NOBODY, '/sign-in/link'),
	'/sign-in/link/follow': () => links('/sign-in/link/follow'),
	'/sign-in': () => only(GUESTS, '/sign-in'),
	'/sign-in/passkey': () => only(GUESTS, '/sign-in/passkey'),
	// Nothing waits for its second step.
	'/sign-in/second-step': () =>
		only(statuses(303, 303, 303, 303, 303, 303), '/sign-in/second-step'),
	'/account/identities': () => only(MEMBERS, '/account/identities'),
	// People have no pictures here.
	'/account/picture': () => only(NOBODY, '/account/picture'),
	'/pictures/[id].webp': () => only(NOBODY, `/pictures/${MISSING}.webp`),
	// Nobody waits for a name, and no accounts of others are set up here.
	'/sign-in/new': () => only(NOBODY, '/sign-in/new'),
	'/sign-in/sso': () => only(NOBODY, '/sign-in/sso', '/sign-in/sso?token=x'),
	'/sign-in/with/[key]': () => only(NOBODY, '/sign-in/with/nobody'),
	'/sign-in/with/[key]/back': () => only(NOBODY, '/sign-in/with/nobody/back?code=x&state=y'),
	'/sign-out': () => only(MEMBERS, '/sign-out'),
	'/sign-up': () => only(GUESTS, '/sign-up'),
	'/unsubscribe': () => only(NOBODY, '/unsubscribe', `/unsubscribe?token=${'A'.repeat(43)}`),
	'/transparency': () => everyone('/transparency'),
	'/transparency/[year]': () => [
		...everyone(`/transparency/${THIS_YEAR}`),
		...only(NOBODY, '/transparency/1999', '/transparency/x')
	],
	'/transparency/[year].csv': () => [
		...everyone(`/transparency/${THIS_YEAR}.csv`),
		...only(NOBODY, '/transparency/1999.csv')
	]
};

/** The address of a page's data. */
export function dataPath(path: string): string {
	const [pathname, query] = path.split('?');
	const data = `${pathname.replace(/\/$/, '')}/__data.json`;
	return query === undefined ? data : `${data}?${query}`;
}

/** What an answer with a page's data says that the page would be answered with. */
export function statusOfData({ status, text }: Answer): number {
	if (status !== 200) return status;
	const data = JSON.parse(text) as {
		type: string;
		nodes?: ({ type: string; status?: number } | null)[];
	};
	if (data.type === 'redirect') return 303;
	const failed = data.nodes?.find((node) => node?.type === 'error');
	return failed ? (failed.status ?? 500) : 200;
}
