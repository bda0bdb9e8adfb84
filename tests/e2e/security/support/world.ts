import { randomBytes } from 'node:crypto';
import { test as base } from '../../support/site.ts';
import type { Site } from '../../support/site.ts';
import { change, query } from './database.ts';
import { client, employ, setUp, signUp } from './people.ts';
import type { Client } from './people.ts';

/** Who looks: everybody that the rules tell apart; `elsewhere` moderates another category. */
export const VIEWERS = [
	...(['guest', 'bob', 'alice', 'moderator', 'editor', 'admin', 'elsewhere'] as const)
];
export type Viewer = (typeof VIEWERS)[number];

const STAFF: readonly Viewer[] = ['moderator', 'editor', 'admin'];
const EDITORS: readonly Viewer[] = ['editor', 'admin'];

/** Words that only some may ever read, by what they stand in. */
export const SECRETS = {
	draft: EDITORS,
	draftComment: EDITORS,
	hidden: STAFF,
	removed: STAFF,
	removedEarlier: STAFF,
	pending: ['alice', ...STAFF],
	rejected: ['alice', ...STAFF],
	deleted: [],
	problem: ['alice', ...STAFF],
	draftProblem: EDITORS
} satisfies Record<string, readonly Viewer[]>;
export type Secret = keyof typeof SECRETS;

/** The articles of the world, by what is special about each. */
export type Story = 'open' | 'premoderated' | 'closed' | 'hidden' | 'draft';
/** Alice's comments, and one of Bob's, by what became of each. */
export type Remark =
	| 'published'
	| 'edited'
	| 'removed'
	| 'deleted'
	| 'pending'
	| 'rejected'
	| 'closed'
	| 'hidden'
	| 'draft'
	| 'quoting'
	| 'altering'
	| 'bobs';

/** A newsroom with somebody of each role, and something of everything that not everybody may see. */
export interface World {
	site: Site;
	people: Record<Viewer, Client>;
	/** Slugs. */
	stories: Record<Story, string>;
	/** Ids. */
	remarks: Record<Remark, string>;
	/** Problems with the open story: Alice's, and the guest's with its secret. */
	problems: { alices: string; guests: string; secret: string };
	secrets: Record<Secret, string>;
	byline: string;
	category: string;
	/** Of a guest's notice: its id and the key of its address. */
	receipt: string;
}

/** A word that is nowhere else. */
export function word(): string {
	return `q${randomBytes(9)
		.toString('hex')
		.replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)])}`;
}

function expectStatus(status: number, wanted: number, what: string, text: string): void {
	if (status !== wanted) throw new Error(`${what}: ${status} instead of ${wanted}\n${text}`);
}

/** Writes an article. @returns its slug */
export async function write(
	editor: Client,
	title: string,
	more: Record<string, unknown> = {}
): Promise<string> {
	const body = 'The ferry will run on Sundays again, the council said.';
	const answer = await editor.api('POST', '/articles', { title, body, ...more });
	expectStatus(answer.status, 201, title, answer.text);
	return (JSON.parse(answer.text) as { slug: string }).slug;
}

/** Posts a comment. @returns its id */
export async function say(
	who: Client,
	slug: string,
	body: string,
	parent: string | null = null
): Promise<string> {
	const answer = await who.api('POST', `/articles/${slug}/comments`, { body, parent });
	expectStatus(answer.status, 201, body.slice(0, 80), answer.text);
	return (JSON.parse(answer.text) as { id: string }).id;
}

/** A moderator's decision. */
export async function decide(
	who: Client,
	verb: 'remove' | 'restore' | 'approve' | 'reject',
	id: string
): Promise<void> {
	const answer = await who.api('POST', `/comments/${id}/${verb}`, { reason: 'It was time.' });
	expectStatus(answer.status, 200, verb, answer.text);
}

async function call(who: Client, method: string, path: string, body?: unknown): Promise<void> {
	const { status, text } = await who.api(method, path, body);
	if (status >= 300) throw new Error(`${method} ${path}: ${status}\n${text}`);
}

/** Sets an article's comment state. */
export function setState(who: Client, slug: string, commenting: string): Promise<void> {
	return call(who, 'PATCH', `/articles/${slug}`, { commenting, reason: 'It was time.' });
}

async function hire(site: Site): Promise<Record<Viewer, Client>> {
	const { url } = site;
	const admin = await setUp(url, site.output(), 'Ada Overall');
	// More people sign up here in a few minutes than the guard of other sites would let pass.
	const guard = await admin.post('/admin/settings?/guard', { mode: 'off' });
	expectStatus(guard.status, 303, 'guard', guard.text);
	return {
		admin,
		guest: client(url),
		alice: await signUp(url, 'Alice Writer'),
		bob: await signUp(url, 'Bob Other'),
		moderator: await employ(url, admin, 'Mona Calm', 'moderator'),
		editor: await employ(url, admin, 'Edwin Desk', 'editor'),
		elsewhere: await employ(url, admin, 'Elsa Where', 'moderator')
	};
}

async function publish(editor: Client, secrets: Record<Secret, string>) {
	const byline = { name: 'Edith Line', role: 'Reporter', bio: 'She reports.', account: '' };
	const made = await editor.post('/newsroom/bylines', byline);
	expectStatus(made.status, 303, 'byline', made.text);
	const more = { category: 'Harbour', byline: 'edith-line' };
	return {
		open: await write(editor, 'The open story', more),
		premoderated: await write(editor, 'The checked story', {
			...more,
			commenting: 'premoderated'
		}),
		closed: await write(editor, 'The closed story', more),
		hidden: await write(editor, 'The quiet story', more),
		draft: await write(editor, `The ${secrets.draft} story`, {
			...more,
			// An address that is asked for stands on the page that says there is nothing.
			slug: 'the-later-story',
			body: `Nobody knows ${secrets.draft} yet.`,
			standfirst: `About ${secrets.draft}.`
		})
	};
}

async function discuss(
	people: Record<Viewer, Client>,
	stories: Record<Story, string>,
	secrets: Record<Secret, string>
) {
	const { alice, bob } = people;
	const { open } = stories;
	const remarks = {
		published: await say(alice, open, 'I shall take the ferry on the first Sunday.'),
		edited: await say(alice, open, 'It sails at nine.'),
		removed: await say(alice, open, `First it said ${secrets.removedEarlier} here.`),
		deleted: await say(alice, open, `I regret that ${secrets.deleted} was said.`),
		pending: await say(alice, stories.premoderated, `Please read ${secrets.pending} first.`),
		rejected: await say(alice, stories.premoderated, `Please print ${secrets.rejected} today.`),
		closed: await say(alice, stories.closed, 'This was said in time.'),
		hidden: await say(alice, stories.hidden, `Quietly said ${secrets.hidden} here.`),
		draft: await say(alice, stories.draft, `Early words ${secrets.draftComment} about it.`)
	};
	await call(alice, 'PATCH', `/comments/${remarks.edited}`, { body: 'It sails at ten.' });
	await call(alice, 'PATCH', `/comments/${remarks.removed}`, {
		body: `Then it said ${secrets.removed} here.`
	});
	const quote = (id: string, words: string) => `> [Alice Writer said,](/c/${id})\n> ${words}\n\n`;
	const quoting = await say(
		bob,
		open,
		[
			quote(remarks.removed, `Then it said ${secrets.removed} here.`),
			quote(remarks.deleted, `I regret that ${secrets.deleted} was said.`),
			quote(remarks.hidden, `Quietly said ${secrets.hidden} here.`),
			quote(remarks.draft, `Early words ${secrets.draftComment} about it.`),
			'So much for that.'
		].join('')
	);
	const altering = await say(bob, open, quote(remarks.published, 'I shall take the train.'));
	const bobs = await say(bob, open, 'Bring a coat.', remarks.published);
	return { ...remarks, quoting, altering, bobs };
}

/** Sends a problem with an article. @returns its id, and the secret of a guest's */
async function complain(who: Client, slug: string, words: string) {
	const answer = await who.api('POST', `/articles/${slug}/problems`, { kind: 'wrong-fact', words });
	expectStatus(answer.status, 201, words, answer.text);
	const { id, url } = JSON.parse(answer.text) as { id: string; url: string };
	return { id, secret: new URL(url).searchParams.get('key') ?? '' };
}

async function findFault(
	{ alice, guest }: Record<Viewer, Client>,
	{ open, draft }: Record<Story, string>,
	secrets: Record<Secret, string>
) {
	const alices = await complain(alice, open, `It was not ${secrets.problem}.`);
	const guests = await complain(guest, open, 'It will run on Saturdays.');
	await complain(guest, draft, `Nor was it ${secrets.draftProblem}.`);
	return { alices: alices.id, guests: guests.id, secret: guests.secret };
}

async function settle(
	people: Record<Viewer, Client>,
	stories: Record<Story, string>,
	remarks: Record<Remark, string>
): Promise<void> {
	const { alice, moderator, editor } = people;
	await decide(moderator, 'remove', remarks.removed);
	await decide(moderator, 'reject', remarks.rejected);
	await call(alice, 'DELETE', `/comments/${remarks.deleted}`);
	await setState(moderator, stories.closed, 'disabled');
	await setState(moderator, stories.hidden, 'hidden');
	await call(editor, 'PATCH', `/articles/${stories.draft}`, { published: false });
}

/** Limits the moderator of elsewhere to a category in which none of the stories are. */
async function limit(site: Site, editor: Client): Promise<void> {
	await write(editor, 'The windy story', { category: 'Weather' });
	const [{ id }] = query<{ id: string }>(site, "select id from categories where slug = 'weather'");
	const sql = "update accounts set moderates = ? where name = 'Elsa Where'";
	change(site, sql, JSON.stringify([id]));
}

/** What somebody without an account fills in. */
export const NOTICE = {
	reason: 'illegal-content',
	note: 'It is against the law.',
	law: '',
	name: 'Nora Nemo',
	email: 'nora@mail.example.org',
	'good-faith': 'on'
};

/** Has a guest give notice of illegal content. @returns what follows `/reports/` in the receipt's address */
async function notify(guest: Client, id: string): Promise<string> {
	const answer = await guest.post(`/c/${id}/report`, NOTICE);
	expectStatus(answer.status, 303, 'notice', answer.text);
	return answer.headers.location!.replace('/reports/', '').replace('&sent=1', '');
}

async function build(site: Site): Promise<World> {
	const people = await hire(site);
	const secrets = Object.fromEntries(Object.keys(SECRETS).map((name) => [name, word()])) as Record<
		Secret,
		string
	>;
	const stories = await publish(people.editor, secrets);
	const remarks = await discuss(people, stories, secrets);
	const problems = await findFault(people, stories, secrets);
	await settle(people, stories, remarks);
	await limit(site, people.editor);
	const receipt = await notify(people.guest, remarks.bobs);
	const named = { byline: 'edith-line', category: 'harbour', receipt };
	return { site, people, stories, remarks, problems, secrets, ...named };
}

/** Playwright's `test` with a world: one for each worker, in which nothing of it is changed. */
export const test = base.extend<object, { world: World }>({
	// How fast somebody may act is tested elsewhere.
	siteOptions: [{ env: { RATE_LIMITS: 'off' } }, { scope: 'worker' }],
	// Recording hundreds of pages would take longer than opening them.
	trace: ['off', { scope: 'worker' }],
	world: [async ({ site }, use) => use(await build(site)), { scope: 'worker', timeout: 60_000 }]
});

export { expect } from '../../support/site.ts';
