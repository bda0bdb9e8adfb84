import { beforeAll, describe, expect, test } from 'vitest';
import { GUARDED } from '#lib/http/guards.ts';
import * as accounts from '#lib/server/accounts/accounts.ts';
import * as roles from '#lib/server/accounts/roles.ts';
import { guest, type Actor } from '#lib/server/actor.ts';
import * as articles from '#lib/server/articles/articles.ts';
import * as bylines from '#lib/server/articles/bylines.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import { discussionDefaults } from '#lib/server/articles/discussion-defaults.ts';
import * as write from '#lib/server/articles/write.ts';
import * as comments from '#lib/server/comments/post.ts';
import * as votes from '#lib/server/comments/votes.ts';
import * as follows from '#lib/server/follows/follows.ts';
import * as decisions from '#lib/server/moderation/decide.ts';
import * as notices from '#lib/server/moderation/notices.ts';
import * as queue from '#lib/server/moderation/queue.ts';
import * as reports from '#lib/server/moderation/reports.ts';
import * as sanctions from '#lib/server/moderation/sanctions/lay.ts';
import * as rules from '#lib/server/moderation/screen/rules.ts';
import { COLUMNS, may, PERMISSIONS } from '#lib/server/permissions.ts';
import * as problems from '#lib/server/problems/report.ts';
import * as security from '#lib/server/security/list.ts';
import * as settings from '#lib/server/settings/settings.ts';
import { rename } from '#lib/server/site/name.ts';
import { articleInput, newsroom, say, type Newsroom } from '../support/newsroom.ts';
import { outcome } from '../support/refusals.ts';

let room: Newsroom;
let comment: string;

beforeAll(async () => {
	room = await newsroom();
	comment = await say(room.db, room.other, room.article, 'The pier is too short.');
});

const NOBODY = { name: 'Nobody At All', ground: 'spam', reason: 'It was time.' };
const NO_COMMENT = { id: '0000000000000000', ...NOBODY };

/** What somebody tries, for each line of the table; what is missing or wrong besides is no matter. */
const TRIES: Record<string, (actor: Actor) => Promise<unknown>> = {
	read: (actor) => articles.read(room.db, actor, room.article.slug),
	problem: (actor) =>
		problems.send(room.db, actor, {
			...{ article: room.article.slug, kind: 'typo', words: 'It is the peer.' }
		} as Parameters<typeof problems.send>[2]),
	notice: (actor) =>
		notices
			.give(room.db, actor, { reason: 'illegal-content' } as Parameters<typeof notices.give>[2])
			.catch(nothingElse),
	post: (actor) =>
		comments.post(room.db, actor, { article: room.article.slug, body: 'Yes.', parent: null }),
	vote: (actor) => votes.cast(room.db, actor, comment),
	report: (actor) => reports.report(room.db, actor, { id: comment, reason: 'spam', note: '' }),
	follow: (actor) => follows.follow(room.db, actor, { article: room.article.slug } as never),
	queue: (actor) => queue.page(room.db, actor, { tab: 'pending' } as never),
	decide: (actor) => decisions.remove(room.db, actor, NO_COMMENT),
	commenting: (actor) =>
		commenting.set(room.db, actor, room.article.slug, { state: 'open', reason: '' } as never),
	sanction: (actor) => sanctions.lay(room.db, actor, { ...NOBODY, kind: 'warning' }),
	people: (actor) => accounts.named(room.db, actor, { name: 'o' }),
	'words-read': (actor) => rules.history(room.db, actor),
	words: (actor) => settings.change(room.db, actor, rules.screening, rules.screening.initial),
	articles: (actor) => write.create(room.db, actor, articleInput()),
	bylines: (actor) => bylines.save(room.db, actor, {} as never).catch(nothingElse),
	discussions: (actor) =>
		settings.change(room.db, actor, discussionDefaults, discussionDefaults.initial),
	accounts: (actor) => accounts.list(room.db, actor),
	roles: (actor) => roles.give(room.db, actor, { name: 'Nobody At All', role: 'editor' }),
	settings: (actor) => rename(room.db, actor, 'The Gazette'),
	security: (actor) => security.page(room.db, actor)
};

/** Who is let in and gave nothing to work with meets no rule but a fault. */
function nothingElse(thrown: unknown): void {
	if (!(thrown instanceof TypeError)) throw thrown;
}

function actorOf(role: (typeof COLUMNS)[number]): Actor {
	return role === 'guest' ? guest('192.0.2.1') : room[role];
}

test('every line of the table has a trial', () => {
	expect(Object.keys(TRIES).sort()).toEqual(PERMISSIONS.map(({ key }) => key).sort());
});

describe.each(COLUMNS)('Z2 what the table says of: %s', (role) => {
	test.each(PERMISSIONS.map((permission) => [permission.words, permission] as const))(
		'%s',
		async (_words, permission) => {
			const answer = await outcome(TRIES[permission.key](actorOf(role)));
			expect(/^40[13] /.test(answer), answer).toBe(!may(role, permission));
		}
	);
});

test('Z2 the groups of pages are for the roles that the table gives their acts to', () => {
	const fromOf = (key: string) => PERMISSIONS.find((one) => one.key === key)?.from;
	expect(GUARDED).toEqual({
		'(moderation)': fromOf('queue'),
		'(newsroom)': fromOf('articles'),
		'(admin)': fromOf('roles')
	});
});
