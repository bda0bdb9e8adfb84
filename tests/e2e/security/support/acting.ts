import { query } from './database.ts';
import { NOTICE } from './world.ts';
import type { Story, Viewer, World } from './world.ts';

/**
 * What those are answered who may not do something; who is not named may do it. Who moderates another
 * category is refused like a reader, unless it is named.
 */
type Refused = Partial<Record<Viewer, number>>;

/** A request that some may not make. */
export interface Acting {
	/** Who is refused is shown the page for it, which who only looks is led away from. */
	showsRefusal?: true;
	/** A parameter's value in the route's address. */
	param?: string;
	/** Fields of the form, or the body of the call. */
	fields?: Record<string, unknown>;
	refused: Refused;
}

const GUEST: Refused = { guest: 401 };
const READERS: Refused = { guest: 401, bob: 403, alice: 403 };
const NOT_EDITORS: Refused = { ...READERS, moderator: 403 };
const NOT_THE_AUTHOR: Refused = { guest: 401, bob: 403, moderator: 403, editor: 403, admin: 403 };
const NOT_STAFF_HERE: Refused = { guest: 404, bob: 404, alice: 404 };
const NOT_EDITORS_HERE: Refused = { ...NOT_STAFF_HERE, moderator: 404 };
const NOT_ADMIN_HERE: Refused = { ...NOT_EDITORS_HERE, editor: 404 };
// On the desk's own pages, who moderates another category is refused the comment, not the page.
const NOT_STAFF_THERE: Refused = { ...NOT_STAFF_HERE, elsewhere: 404 };
const NOBODY_HERE: Refused = { ...NOT_ADMIN_HERE, admin: 404 };
// Readers learn nothing of what they may not see.
const UNSEEN: Refused = { guest: 401, bob: 404 };

const REASON = { reason: 'Because.' };
const SLOW = { slowMode: 'fixed', slowSeconds: '60' };
const CLOSING = { closeAfterDays: '1', closeAfterSilentDays: '1', hours: 'always' };

/** A decision: about a comment of a reader, one that is hidden, and one of an administrator. */
function decision({ remarks }: World): Acting[] {
	const unseen = [remarks.pending, remarks.hidden, remarks.draft];
	return [
		{ param: remarks.published, fields: REASON, refused: READERS },
		...unseen.map((param) => ({ param, fields: REASON, refused: { ...READERS, elsewhere: 404 } })),
		{ param: remarks.draft, fields: REASON, refused: { moderator: 404 } }
	];
}

/** Something for the author alone. */
function own({ remarks }: World, fields: Record<string, unknown>): Acting[] {
	return [
		{ param: remarks.published, fields, refused: NOT_THE_AUTHOR },
		{ param: remarks.closed, fields, refused: NOT_THE_AUTHOR },
		...[remarks.pending, remarks.hidden, remarks.draft].map((param) => ({
			param,
			fields,
			refused: UNSEEN
		})),
		{ param: remarks.draft, fields, refused: { moderator: 404 } }
	];
}

/** Something that a comment's author may not do. */
function vote({ remarks }: World): Acting[] {
	const everyone = { bob: 403, moderator: 403, editor: 403, admin: 403 };
	return [
		{ param: remarks.published, refused: { guest: 401, alice: 403 } },
		{ param: remarks.closed, refused: { ...everyone, guest: 401, alice: 403 } },
		{ param: remarks.pending, refused: UNSEEN },
		{ param: remarks.rejected, refused: UNSEEN },
		{ param: remarks.hidden, refused: { ...UNSEEN, alice: 404, moderator: 403 } },
		{ param: remarks.draft, refused: { ...UNSEEN, alice: 404, moderator: 404 } }
	];
}

/** Something that everybody may do for themselves where they may read. */
function arranging({ remarks }: World): Acting[] {
	return [
		{ param: remarks.published, refused: GUEST },
		{ param: remarks.pending, refused: UNSEEN },
		{ param: remarks.rejected, refused: UNSEEN },
		{ param: remarks.hidden, refused: { ...UNSEEN, alice: 404 } },
		{ param: remarks.draft, refused: { ...UNSEEN, alice: 404, moderator: 404 } }
	];
}

function following({ stories }: World): Acting[] {
	const { draft, ...others } = stories;
	return [
		...Object.values(others).map((param) => ({ param, refused: GUEST })),
		{ param: draft, refused: { ...UNSEEN, alice: 404, moderator: 404 } }
	];
}

function reporting({ remarks }: World): Acting[] {
	const fields = { reason: 'abuse', note: 'Forged.' };
	const gone = { bob: 409, moderator: 409, editor: 409, admin: 409 };
	return [
		{ param: remarks.published, fields, refused: { guest: 401, alice: 403 } },
		{ param: remarks.removed, fields, refused: { ...gone, guest: 401, alice: 403 } },
		{ param: remarks.pending, fields, refused: { ...gone, ...UNSEEN, alice: 403 } },
		{ param: remarks.hidden, fields, refused: { ...UNSEEN, alice: 404 } },
		{ param: remarks.draft, fields, refused: { ...UNSEEN, alice: 404, moderator: 404 } }
	];
}

/** Reporting by a page, on which illegal content can be reported without an account. */
function noticing(world: World): Acting[] {
	const { removed, pending, hidden, draft } = world.remarks;
	const guests = [pending, hidden, draft].map((param) => ({ param, refused: { guest: 404 } }));
	const unseen = [...guests, { param: removed, refused: { guest: 409 } }];
	return [...reporting(world), ...unseen.map((one) => ({ ...one, fields: NOTICE }))];
}

function muting(): Acting[] {
	return [{ param: 'Alice Writer', refused: { guest: 401, alice: 403 } }];
}

function unmuting(): Acting[] {
	return [{ param: 'Alice Writer', refused: GUEST }];
}

/** Writing on an article. */
function writing({ stories }: World, fields: Record<string, unknown>): Acting[] {
	const closed = { bob: 403, alice: 403, moderator: 403, editor: 403, admin: 403 };
	const at = (story: Story, refused: Refused) => ({ param: stories[story], fields, refused });
	return [
		at('open', GUEST),
		at('premoderated', GUEST),
		at('closed', { ...closed, guest: 401 }),
		at('hidden', { ...closed, guest: 401 }),
		at('draft', { ...UNSEEN, alice: 404, moderator: 404 })
	];
}

function commenting({ stories }: World, fields: Record<string, unknown>): Acting[] {
	const { draft, ...others } = stories;
	return [
		...Object.values(others).map((param) => ({ param, fields, refused: READERS })),
		{ param: draft, fields, refused: { ...READERS, moderator: 404, elsewhere: 404 } }
	];
}

/** What only editors arrange of a discussion. */
function arrangement({ stories }: World): Acting[] {
	const fields = { staff_may_speak: true };
	return Object.values(stories).map((param) => ({ param, fields, refused: NOT_EDITORS }));
}

function picking({ remarks }: World): Acting[] {
	return Object.values(remarks).map((param) => ({ param, refused: NOT_EDITORS }));
}

function articleChange({ stories }: World): Acting[] {
	const fields = { title: 'Forged' };
	const { draft, ...others } = stories;
	return [
		...Object.values(others).map((param) => ({ param, fields, refused: READERS })),
		{ param: stories.open, fields, refused: { moderator: 403 } },
		{ param: draft, fields, refused: { ...READERS, moderator: 404, elsewhere: 404 } },
		...commenting({ stories } as World, { commenting: 'open' })
	];
}

function queue({ remarks }: World): Acting[] {
	const fields = { ...REASON, verb: 'reject', id: remarks.pending };
	return [{ fields, refused: NOT_STAFF_THERE }];
}

/** Telling the newsroom what is wrong with an article is for everybody who can see that. */
function complaining({ stories }: World): Acting[] {
	const refused = { guest: 404, bob: 404, alice: 404, moderator: 404 };
	return [{ param: stories.draft, fields: PROBLEM, refused }];
}

function passingOn({ remarks }: World): Acting[] {
	return [
		{ param: remarks.published, fields: PROBLEM, refused: READERS },
		...[remarks.pending, remarks.hidden].map((param) => ({
			...{ param, fields: PROBLEM, refused: { ...READERS, elsewhere: 404 } }
		})),
		{ param: remarks.draft, fields: PROBLEM, refused: { moderator: 404, elsewhere: 404 } }
	];
}

/** A decision of an editor about a problem. */
function desk({ problems }: World): Acting[] {
	return [{ param: problems.alices, fields: ANSWER, refused: NOT_EDITORS }];
}

/** The same on the page, which moderators see, of whatever category. */
function deskPage({ problems }: World): Acting[] {
	const refused = { ...NOT_STAFF_HERE, moderator: 403, elsewhere: 403 };
	return [{ fields: { ...ANSWER, id: problems.alices }, refused }];
}

function correcting({ stories }: World, refused: Refused): Acting[] {
	return Object.values(stories).map((param) => ({ param, fields: NOTE, refused }));
}

const PROBLEM = { kind: 'wrong-fact', words: 'Forged.' };
const ANSWER = { answer: 'Forged.' };
const NOTE = { note: 'Forged.' };
/** Moderators read these rules, editors change them. */
function screening(): Acting[] {
	const fields = { newUntil: '0', newLinks: '0', premoderated: 'on' };
	return [{ fields, refused: { ...NOT_STAFF_HERE, moderator: 403, elsewhere: 403 } }];
}

/** Alice's statement about a comment of hers. */
function statementOf({ site, remarks }: World): string {
	const sql = 'select id from statements where comment_id = ?';
	return query<{ id: string }>(site, sql, remarks.removed)[0].id;
}

// Where links of mails lead: nobody has a secret that is one.
const LINKS = [
	...['/confirm', '/confirm/address', '/confirm/change', '/reset/password', '/restore'],
	'/sign-in/link/follow'
];
const PASSWORD = { password: 'a forged passphrase' };
const ARTICLE = { title: 'Forged', body: 'Forged.', published: 'on' };
const BYLINE = { name: 'Forged', role: '', bio: '', account: '' };
const STATE = { ...REASON, state: 'open' };

/** Every way to change something, with requests of those who may not. */
export const ACTINGS: Readonly<Record<string, (world: World) => Acting[]>> = {
	'POST /account?/password': () => [{ refused: GUEST }],
	// A guest is signed out everywhere already.
	'POST /account?/everywhere': () => [{ refused: { guest: 303 } }],
	'POST /account/identities?/link': () => [{ fields: { provider: 'nobody' }, refused: GUEST }],
	'POST /account/identities?/unlink': () => [
		{ fields: { provider: 'nobody', subject: 'x' }, refused: GUEST }
	],
	'POST /account/confirm?/password': () => [{ fields: { current: 'x' }, refused: GUEST }],
	'POST /account/confirm?/passkey': () => [{ refused: { guest: 404 } }],
	'POST /account/confirm?/link': () => [{ refused: GUEST }],
	'POST /account/profile?/name': () => [{ fields: { name: 'Forged' }, refused: GUEST }],
	'POST /account/profile?/email': () => [
		{ fields: { email: 'f@mail.example.org' }, refused: GUEST }
	],
	'POST /account/profile?/confirm': () => [{ refused: { ...GUEST, bob: 409 } }],
	'POST /account/profile?/bio': () => [{ fields: { bio: 'Forged.' }, refused: GUEST }],
	'POST /account/data?/delete': () => [{ fields: { comments: '' }, refused: GUEST }],
	'POST /account/data/download': () => [{ refused: GUEST }],
	'POST /account/data?/keep': () => [{ refused: GUEST }],
	'POST /account/mail': () => [{ fields: { answers: '', followed: '' }, refused: GUEST }],
	// Who has the secret of their address may act, and nobody here has.
	'POST /keep-account': () => [{ refused: NOBODY_HERE }],
	'POST /unsubscribe': () => [{ refused: NOBODY_HERE }],
	'POST /account/security/authenticator?/begin': () => [{ refused: GUEST }],
	'POST /account/security/authenticator?/confirm': () => [
		{ fields: { code: '000000' }, refused: { guest: 401, bob: 404 } }
	],
	'POST /account/security/authenticator?/remove': () => [{ refused: { guest: 401, bob: 404 } }],
	'POST /account/security/passkeys?/add': () => [{ refused: { guest: 404 } }],
	'POST /account/security/passkeys?/rename': () => [
		{ fields: { id: 'x', label: 'Forged' }, refused: { guest: 401, bob: 404 } }
	],
	'POST /account/security/passkeys?/remove': () => [
		{ fields: { id: 'x' }, refused: { guest: 401, bob: 404 } }
	],
	'POST /account/security/recovery-codes': () => [{ refused: { guest: 401, bob: 409 } }],
	'POST /account/security/sessions?/end': () => [
		{ fields: { handle: 'x' }, refused: { guest: 401, bob: 404 } }
	],
	'POST /account/security/sessions?/others': () => [{ refused: GUEST }],
	'POST /account/picture?/set': () => [{ refused: { guest: 401, bob: 404 } }],
	'POST /account/picture?/remove': () => [{ refused: GUEST }],
	'POST /account/warning': () => [{ fields: { id: 'x' }, refused: { guest: 401, bob: 409 } }],
	'POST /admin/settings?/contact': () => [
		{ fields: { contact: 'forged@example.org' }, refused: NOT_ADMIN_HERE }
	],
	'POST /admin/settings?/guard': () => [{ fields: { mode: 'always' }, refused: NOT_ADMIN_HERE }],
	'POST /admin/settings?/name': () => [{ fields: { name: 'Forged' }, refused: NOT_ADMIN_HERE }],
	'POST /admin?/categories': () => [
		{ fields: { name: 'Mona Calm', 'in-weather': 'on' }, refused: NOT_ADMIN_HERE }
	],
	'POST /admin/settings?/confirmation': () => [{ refused: NOT_ADMIN_HERE }],
	'POST /admin?/role': () =>
		['Alice Writer', 'Bob Other', 'Mona Calm', 'Ada Overall'].map((name) => ({
			fields: { name, role: 'admin' },
			refused: NOT_ADMIN_HERE
		})),
	'POST /api/v1/articles': () => [{ fields: ARTICLE, refused: NOT_EDITORS }],
	'PATCH /api/v1/articles/[slug]': articleChange,
	'POST /api/v1/articles/[slug]/corrections': (world) => correcting(world, NOT_EDITORS),
	'POST /api/v1/articles/[slug]/problems': complaining,
	'POST /api/v1/comments/[id]/problem': passingOn,
	'POST /api/v1/problems/[id]/check': desk,
	'POST /api/v1/problems/[id]/correct': desk,
	'POST /api/v1/problems/[id]/dismiss': desk,
	'PATCH /api/v1/articles/[slug]/discussion': (world) => [
		...commenting(world, { slow_mode: 'fixed', slow_seconds: 60 }),
		...arrangement(world)
	],
	'POST /api/v1/articles/[slug]/comments': (world) => writing(world, { body: 'Forged.' }),
	'DELETE /api/v1/comments/[id]': (world) => own(world, {}),
	'PATCH /api/v1/comments/[id]': (world) => own(world, { body: 'Forged.' }),
	'POST /api/v1/comments/[id]/approve': decision,
	'POST /api/v1/comments/[id]/keep': decision,
	'POST /api/v1/comments/[id]/pick': picking,
	'POST /api/v1/comments/[id]/unpick': picking,
	'POST /api/v1/comments/[id]/reject': decision,
	'POST /api/v1/comments/[id]/remove': decision,
	'POST /api/v1/comments/[id]/restore': decision,
	'POST /api/v1/comments/[id]/review': decision,
	'POST /api/v1/comments/[id]/undo': decision,
	'POST /api/v1/comments/[id]/report': reporting,
	'DELETE /api/v1/articles/[slug]/follow': following,
	'PUT /api/v1/articles/[slug]/follow': following,
	'DELETE /api/v1/comments/[id]/follow': arranging,
	'PUT /api/v1/comments/[id]/follow': arranging,
	'DELETE /api/v1/people/[name]/mute': unmuting,
	'PUT /api/v1/people/[name]/mute': muting,
	'POST /api/v1/notifications/read': () => [{ refused: GUEST }],
	'DELETE /api/v1/comments/[id]/vote': vote,
	'PUT /api/v1/comments/[id]/vote': vote,
	'POST /articles/[slug]?/post': (world) => writing(world, { body: 'Forged.' }),
	'POST /articles/[slug]?/preview': (world) => writing(world, { body: 'Forged.' }),
	'POST /articles/[slug]?/commenting': (world) => commenting(world, STATE),
	'POST /articles/[slug]?/slow': (world) => commenting(world, SLOW),
	'POST /c/[id]?/pick': picking,
	'POST /c/[id]?/unpick': picking,
	'POST /c/[id]?/recommend': vote,
	'POST /c/[id]?/withdraw': vote,
	'POST /articles/[slug]?/follow': following,
	'POST /articles/[slug]?/unfollow': following,
	'POST /c/[id]?/follow': arranging,
	'POST /c/[id]?/unfollow': arranging,
	'POST /articles/[slug]/problem': complaining,
	'POST /c/[id]/problem': passingOn,
	'POST /c/[id]/report': noticing,
	'POST /notifications?/read': () => [{ refused: GUEST }],
	'POST /people/[name]?/mute': muting,
	'POST /people/[name]?/unmute': unmuting,
	'POST /c/[id]?/approve': decision,
	'POST /c/[id]?/reject': decision,
	'POST /c/[id]?/restore': decision,
	'POST /c/[id]/delete': (world) => own(world, {}),
	'POST /c/[id]/edit?/save': (world) => own(world, { body: 'Forged.', revision: '1' }),
	'POST /c/[id]/edit?/preview': (world) => own(world, { body: 'Forged.', revision: '1' }),
	'POST /c/[id]/remove?/remove': decision,
	'POST /c/[id]/remove?/restore': decision,
	'POST /c/[id]/remove?/reject': decision,
	'POST /moderation/problems?/check': deskPage,
	'POST /moderation/problems?/correct': deskPage,
	'POST /moderation/problems?/dismiss': deskPage,
	'POST /moderation/words?/save': screening,
	'POST /moderation/words?/try': screening,
	// There is no such appeal, whoever asks.
	'POST /moderation/appeals': ({ remarks }) => [
		{
			fields: { id: remarks.published, outcome: 'upheld', answer: 'Forged.' },
			refused: { ...NOBODY_HERE, elsewhere: 404 }
		}
	],
	'POST /moderation/people/[name]?/sanction': () =>
		['Alice Writer', 'Mona Calm', 'Edwin Desk', 'Ada Overall'].map((param) => ({
			param,
			fields: { kind: 'ban', ground: 'abuse', reason: 'Forged.' },
			refused: {
				...NOT_STAFF_HERE,
				elsewhere: 403,
				...(param === 'Alice Writer' ? {} : { moderator: 403 }),
				...(/^(Edwin|Ada)/.test(param) ? { editor: 403 } : {}),
				...(param === 'Ada Overall' ? { admin: 403 } : {})
			}
		})),
	'POST /moderation/people/[name]?/lift': () => [
		{
			param: 'Alice Writer',
			fields: { kind: 'ban', reason: 'Forged.' },
			refused: { ...NOT_STAFF_HERE, elsewhere: 403, moderator: 409 }
		}
	],
	'POST /moderation/people/[name]?/picture': () => [
		{
			param: 'Alice Writer',
			fields: REASON,
			// She has none.
			refused: { ...NOT_STAFF_HERE, elsewhere: 403, moderator: 404 }
		},
		{
			param: 'Edwin Desk',
			fields: REASON,
			refused: { ...NOT_STAFF_HERE, elsewhere: 403, moderator: 403, editor: 403 }
		}
	],
	'POST /moderation/people/[name]?/note': () => [
		// Who moderates another category keeps notes as well.
		{ param: 'Alice Writer', fields: { note: 'Forged.' }, refused: { guest: 404, alice: 404 } },
		{
			param: 'Edwin Desk',
			fields: { note: 'Forged.' },
			refused: { ...NOT_STAFF_HERE, elsewhere: 403, moderator: 403, editor: 403 }
		}
	],
	'POST /statements/[id]?/appeal': (world) => [
		{
			param: statementOf(world),
			fields: { words: 'Forged.' },
			refused: { guest: 401, bob: 404, moderator: 404, editor: 404, admin: 404 }
		}
	],
	'POST /moderation?/decide': queue,
	'POST /moderation?/take': queue,
	// Who moderates another category is told that there is no such comment, and that none was decided.
	'POST /moderation?/together': ({ remarks }) => [
		{
			fields: { verb: 'reject', ground: 'spam', ids: remarks.pending },
			refused: { ...NOT_STAFF_HERE, elsewhere: 200 }
		}
	],
	'POST /moderation?/undo': queue,
	'POST /moderation/claim': ({ remarks }) => [
		{ fields: { id: remarks.pending }, refused: { ...NOT_STAFF_HERE, elsewhere: 404 } }
	],
	'POST /newsroom/bylines': () => [{ fields: BYLINE, refused: NOT_EDITORS_HERE }],
	'POST /newsroom/bylines/[slug]': ({ byline }) => [
		{ param: byline, fields: BYLINE, refused: NOT_EDITORS_HERE }
	],
	'POST /newsroom/discussions': () => [{ fields: CLOSING, refused: NOT_EDITORS_HERE }],
	'POST /newsroom/[slug]/discussion': ({ stories }) =>
		Object.values(stories).map((param) => ({
			...{ param, refused: NOT_EDITORS_HERE },
			fields: { ...SLOW, ...CLOSING }
		})),
	'POST /newsroom/new': () => [{ fields: ARTICLE, refused: NOT_EDITORS_HERE }],
	'POST /newsroom/[slug]?/save': ({ stories }) =>
		Object.values(stories).map((param) => ({
			param,
			fields: { ...ARTICLE, version: '1' },
			refused: NOT_EDITORS_HERE
		})),
	'POST /newsroom/[slug]?/correct': (world) => correcting(world, NOT_EDITORS_HERE),
	'POST /newsroom/[slug]?/commenting': ({ stories }) =>
		Object.values(stories).map((param) => ({ param, fields: STATE, refused: NOT_EDITORS_HERE })),
	'POST /reset': () => [{ fields: { name: 'Alice Writer' }, refused: NOBODY_HERE }],
	'POST /sign-in/link': () => [{ fields: { name: 'Alice Writer' }, refused: NOBODY_HERE }],
	...Object.fromEntries(
		LINKS.map((path) => [`POST ${path}`, () => [{ fields: PASSWORD, refused: NOBODY_HERE }]])
	),
	'POST /setup': () => [
		{
			fields: { name: 'Forged', email: 'f@mail.example.org', password: 'a forged passphrase' },
			refused: NOBODY_HERE
		}
	],
	// For everybody; what may be said there is another matter.
	'POST /sign-in': () => [],
	'POST /passkeys': () => [],
	'POST /sign-in/passkey': () => [],
	'POST /sign-in/second-step?/begin': () => [{ refused: GUEST, showsRefusal: true }],
	'POST /sign-in/second-step?/code': () => [
		{ fields: { code: '000000' }, refused: { guest: 401, bob: 401 }, showsRefusal: true }
	],
	'POST /sign-in/second-step?/passkey': () => [{ refused: { guest: 404 }, showsRefusal: true }],
	'POST /sign-in/new': () => [],
	'POST /sign-in/sso?/enter': () => [],
	'POST /sign-in/sso?/go': () => [],
	'POST /sign-in/with/[key]': () => [],
	'POST /sign-out': () => [],
	'POST /sign-up': () => [],
	'POST /sign-up/work': () => []
};

/** Who is refused, and with which status. */
export function refusals({ refused }: Acting): [Viewer, number][] {
	const elsewhere: Refused = refused.bob === undefined ? {} : { elsewhere: refused.bob };
	return Object.entries({ ...elsewhere, ...refused }) as [Viewer, number][];
}
