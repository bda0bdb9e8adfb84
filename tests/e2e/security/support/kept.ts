import { startSite } from '../../../support/server.ts';
import type { Site } from '../../../support/server.ts';
import { send } from './http.ts';
import type { Answer } from './http.ts';
import { employ, setUp, signUp } from './people.ts';
import type { Client } from './people.ts';
import { decide, say, setState, write } from './world.ts';

/** Two servers that keep pages and one that keeps none, on one database, with a newsroom at work. */
export interface Paper {
	keeping: [Site, Site];
	keepingNone: Site;
	people: Record<'admin' | 'editor' | 'moderator' | 'alice' | 'bob', Client>;
	stop(): Promise<void>;
}

/** Starts all three; whoever acts does so at the first. */
export async function startPaper(databaseUrl?: string): Promise<Paper> {
	const env = { RATE_LIMITS: 'off' };
	const first = await startSite({ databaseUrl, env });
	const { url } = first;
	const admin = await setUp(url, first.output(), 'Ada Overall');
	await admin.post('/admin/settings?/guard', { mode: 'off' });
	// Later than its link was used: each server that starts on a new site prints another one.
	const beside = { databaseUrl: first.databaseUrl };
	const second = await startSite({ ...beside, env });
	const keepingNone = await startSite({ ...beside, env: { ...env, PAGE_CACHE_MB: '0' } });
	return {
		keeping: [first, second],
		keepingNone,
		people: {
			admin,
			editor: await employ(url, admin, 'Edwin Desk', 'editor'),
			moderator: await employ(url, admin, 'Mona Calm', 'moderator'),
			alice: await signUp(url, 'Alice Writer'),
			bob: await signUp(url, 'Bob Other')
		},
		async stop() {
			for (const site of [second, keepingNone, first]) await site.stop();
		}
	};
}

const THIS_MONTH = new Date().toISOString().slice(0, 7);

/** What has been said where, and what stands on every public page of it. */
export interface Said {
	slugs: { first: string; other: string };
	/** Alice's comment, Bob's reply, and Bob's quote of both under the other article. */
	ids: { source: string; reply: string; quoting: string };
	quote: string;
}

/** Fills the newsroom. */
export async function fill({ people }: Paper): Promise<Said> {
	const { editor, alice, bob } = people;
	const byline = { name: 'Edith Line', role: 'Reporter', bio: 'She reports.', account: '' };
	await editor.post('/newsroom/bylines', byline);
	const more = { category: 'Harbour', byline: 'edith-line' };
	const first = await write(editor, 'The kept story', more);
	const other = await write(editor, 'The other story', more);
	const source = await say(alice, first, 'I shall take the ferry on the first Sunday.');
	const reply = await say(bob, first, 'Bring a coat for the crossing.', source);
	const words = `> [Alice Writer said,](/c/${source})\n> I shall take the ferry on the first Sunday.\n\nShe will.`;
	const quoting = await say(bob, other, words);
	const { text } = await bob.get(`/articles/${other}`);
	const quote = /\/quotes\/(\w{16})/.exec(text)?.[1] ?? '';
	return { slugs: { first, other }, ids: { source, reply, quoting }, quote };
}

/** The address of an example of each route whose pages are kept, by the route. */
export function examples({ slugs, ids, quote }: Said): Record<string, string[]> {
	const article = `/articles/${slugs.first}`;
	return {
		'/': ['/'],
		'/categories/[slug]': ['/categories/harbour'],
		'/bylines/[slug]': ['/bylines/edith-line'],
		'/people/[name]': ['/people/Alice%20Writer', '/people/Bob%20Other'],
		'/articles/[slug]': [
			...[article, `/articles/${slugs.other}`, `${article}?c=${ids.reply}`],
			`${article}?sort=newest&once=1`
		],
		'/articles/[slug]/versions/[version]': [`${article}/versions/1`],
		'/c/[id]': [`/c/${ids.source}`, `/c/${ids.quoting}`],
		'/c/[id]/history': [`/c/${ids.source}/history`],
		'/c/[id]/quoted': [`/c/${ids.source}/quoted`],
		'/quotes/[id]': quote === '' ? [] : [`/quotes/${quote}`],
		'/help': ['/help'],
		'/help/limits': ['/help/limits'],
		'/help/roles': ['/help/roles'],
		'/help/[guide]': ['/help/operating'],
		'/feed.xml': ['/feed.xml'],
		'/categories/[slug]/feed.xml': ['/categories/harbour/feed.xml'],
		'/articles/[slug]/feed.xml': [`${article}/feed.xml`, `/articles/${slugs.other}/feed.xml`],
		'/people/[name]/feed.xml': ['/people/Alice%20Writer/feed.xml', '/people/Bob%20Other/feed.xml'],
		'/sitemap.xml': ['/sitemap.xml'],
		'/sitemaps/[name].xml': ['/sitemaps/sections.xml', `/sitemaps/${THIS_MONTH}.xml`],
		'/robots.txt': ['/robots.txt']
	};
}

/** What an answer says, without what is each answer's own, and what only a kept page has. */
export function said({ status, headers, text }: Answer) {
	const { location, 'content-security-policy': policy, 'cache-tag': tag } = headers;
	return { status, location, policy, tag, text };
}

/** A guest's look at an address of a server. */
export function look(site: Site, path: string): Promise<Answer> {
	return send(site.url, path);
}

// Another one each time, and what it was a moment ago.
const OF_THE_MOMENT = /(name="key" value=")[^"]*|(<time [^>]*>)[^<]*/g;

/** The look of somebody who is signed in at an address of a server, without what is of one moment. */
export async function lookOf(person: Client, site: Site, path: string) {
	const answer = await send(site.url, path, { headers: { Cookie: `session=${person.token}` } });
	return { status: answer.status, text: answer.text.replace(OF_THE_MOMENT, '$1$2') };
}

/** Something that somebody does; `unseen` shows on no guest's page. */
export type Act = [name: string, act: () => Promise<unknown>, seen?: 'unseen'];

/** One after the other, what changes the pages of `examples` in every way that there is. */
export function acts({ people }: Paper, { slugs, ids }: Said): Act[] {
	const { admin, editor, moderator, alice, bob } = people;
	const { first, other } = slugs;
	const patch = (slug: string, fields: object) => () =>
		editor.api('PATCH', `/articles/${slug}`, fields);
	const state =
		(to: string, slug = first) =>
		() =>
			setState(moderator, slug, to);
	const sanction = { ground: 'abuse', reason: 'Enough.', law: '' };
	let later = '';
	return [
		['a comment', async () => (later = await say(alice, first, 'And the next Sunday too.'))],
		['a recommendation', () => bob.api('PUT', `/comments/${ids.source}/vote`)],
		['one taken back', () => bob.api('DELETE', `/comments/${ids.source}/vote`)],
		['a mute', () => alice.post('/people/Bob%20Other?/mute'), 'unseen'],
		['a thread followed', () => bob.post(`/c/${ids.source}?/follow`), 'unseen'],
		[
			'a report',
			() => bob.api('POST', `/comments/${ids.source}/report`, { reason: 'rude' }),
			'unseen'
		],
		['a mute taken back', () => alice.post('/people/Bob%20Other?/unmute'), 'unseen'],
		['an edit', () => alice.api('PATCH', `/comments/${ids.source}`, { body: 'I may take it.' })],
		['a pick', () => editor.api('POST', `/comments/${ids.source}/pick`, {})],
		['a pick taken back', () => editor.api('POST', `/comments/${ids.source}/unpick`, {})],
		['a removal', () => decide(moderator, 'remove', ids.source)],
		['a restoration', () => decide(moderator, 'restore', ids.source)],
		['one’s own deletion', () => alice.api('DELETE', `/comments/${later}`)],
		['commenting disabled', state('disabled')],
		['a discussion hidden', state('hidden')],
		['a discussion opened', state('open')],
		['a discussion checked', state('premoderated', other)],
		['a comment held', () => say(bob, other, 'May I say this?'), 'unseen'],
		['a discussion opened again', state('open', other)],
		[
			'slow mode',
			() => moderator.post(`/articles/${first}?/slow`, { slowMode: 'fixed', slowSeconds: '60' })
		],
		['new words of an article', patch(first, { title: 'The kept story, again' })],
		['another body', patch(first, { body: 'The ferry will not run on Sundays after all.' })],
		['an article withdrawn', patch(other, { published: false })],
		['an article published', patch(other, { published: true })],
		['another category', patch(other, { category: 'Weather' })],
		['a new article', () => write(editor, 'The third story', { category: 'Harbour' })],
		['a correction', () => editor.post(`/newsroom/${first}?/correct`, { note: 'It was wrong.' })],
		[
			'a byline',
			() =>
				editor.post('/newsroom/bylines/edith-line', {
					...{ name: 'Edith Lines', role: 'Editor', bio: 'She edits.', account: '' }
				})
		],
		['words about oneself', () => alice.post('/account/profile?/bio', { bio: 'I sail.' })],
		['a role', () => admin.post('/admin?/role', { name: 'Bob Other', role: 'moderator' })],
		['a role taken back', () => admin.post('/admin?/role', { name: 'Bob Other', role: 'reader' })],
		['another name', () => alice.post('/account/profile?/name', { name: 'Alice Sailor' })],
		[
			'a warning',
			() =>
				moderator.post('/moderation/people/Bob%20Other?/sanction', {
					...sanction,
					kind: 'warning'
				}),
			'unseen'
		],
		[
			'a ban',
			() =>
				moderator.post('/moderation/people/Alice%20Sailor?/sanction', {
					...sanction,
					kind: 'ban',
					removing: 'week'
				})
		],
		[
			'another name of the site',
			() => admin.post('/admin/settings?/name', { name: 'The Kept Courier' })
		]
	];
}
