import { SORTS } from '#lib/server/comments/view.ts';
import { TABS } from '#lib/server/moderation/tabs.ts';
import type { SchemaName } from './schemas.ts';
import { LIMIT } from './query.ts';

/** A parameter in the query or a header. */
export interface Parameter {
	name: string;
	in: 'query' | 'header';
	description: string;
	/** JSON Schema. */
	schema: object;
}

/** What a method of an address does. */
export interface Operation {
	method: 'get' | 'post' | 'put' | 'patch' | 'delete';
	/** Under `/api/v1`, its parameters in braces. */
	path: string;
	id: string;
	summary: string;
	/** Whether it can be done without an account. */
	open?: boolean;
	parameters?: Parameter[];
	body?: SchemaName;
	/** What is answered when it is done; null is an answer without a body. */
	answers: Partial<Record<200 | 201 | 204, SchemaName | 'Description' | null>>;
	/** Statuses of the refusals that are its own. */
	refusals: number[];
}

const cursor: Parameter = {
	name: 'cursor',
	in: 'query',
	description: 'The `next` of the page before.',
	schema: { type: 'string' }
};

function limit(fallback: number): Parameter {
	const description = `How many, at most ${LIMIT.most}.`;
	const schema = { type: 'integer', minimum: 1, default: fallback };
	return { name: 'limit', in: 'query', description, schema };
}

const sort: Parameter = {
	name: 'sort',
	in: 'query',
	description: 'The order of the threads; the replies of each are always oldest first.',
	schema: { type: 'string', enum: SORTS, default: 'oldest' }
};

const passage: Parameter = {
	name: 'passage',
	in: 'query',
	description:
		'Only comments that quote this passage of the article, oldest first: `KEY` of an `id="p-KEY"` in its HTML.',
	schema: { type: 'string' }
};

const category: Parameter = {
	name: 'category',
	in: 'query',
	description: 'Only articles of this category, by its slug.',
	schema: { type: 'string' }
};

const key: Parameter = {
	name: 'Idempotency-Key',
	in: 'header',
	description:
		'Any text that is new for each comment. Posting again under the same key answers 200 with the comment that was posted first.',
	schema: { type: 'string', maxLength: 200 }
};

const tab: Parameter = {
	name: 'tab',
	in: 'query',
	description:
		'`pending`: waits to be published. `reported`: has open reports. `unreviewed`: published, and nobody looked.',
	schema: { type: 'string', enum: TABS, default: 'pending' }
};

const DECISIONS = {
	remove: 'Take a published comment down; its place stays, its words go everywhere',
	restore: 'Put a removed comment back',
	approve: 'Publish a comment that waits',
	reject: 'Refuse a comment that waits',
	keep: 'Leave a reported comment as it is, and settle its reports',
	review: 'Say that a comment which nobody had looked at was looked at, and leave it'
};

const PICKS = {
	pick: 'Pick a published comment; again is the same as once',
	unpick: 'Take a pick back'
};

function decisionsOf(verbs: Record<string, string>, who: string): Operation[] {
	return Object.entries(verbs).map(([verb, summary]) => ({
		method: 'post',
		path: `/comments/{id}/${verb}`,
		id: `${verb}Comment`,
		summary: `${summary} (${who})`,
		body: 'Decision',
		answers: { 200: 'Comment' },
		refusals: [400, 401, 403, 404, 409, 413, 415, 422]
	}));
}

const secret: Parameter = {
	name: 'key',
	in: 'query',
	description: 'Of somebody without an account: the `key` of its `url`.',
	schema: { type: 'string' }
};

const PROBLEM_DECISIONS = {
	check: 'Say that the desk looks into a problem',
	correct: 'Say that the article was corrected, with a note on it if there is one',
	dismiss: 'Say that a problem is not an error'
};

const problems: Operation[] = [
	{
		method: 'post',
		path: '/articles/{slug}/problems',
		id: 'sendProblem',
		summary: 'Send the newsroom what is wrong with an article',
		open: true,
		body: 'NewProblem',
		answers: { 201: 'SentProblem' },
		refusals: [400, 403, 404, 413, 415, 422, 429]
	},
	{
		method: 'get',
		path: '/problems',
		id: 'listSentProblems',
		summary: 'List the problems that you sent, latest first',
		parameters: [cursor],
		answers: { 200: 'SentProblemPage' },
		refusals: [400, 401]
	},
	{
		method: 'get',
		path: '/problems/{id}',
		id: 'readSentProblem',
		summary: 'Read what became of a problem that you sent',
		open: true,
		parameters: [secret],
		answers: { 200: 'SentProblem' },
		refusals: [404]
	},
	{
		method: 'get',
		path: '/moderation/problems',
		id: 'listProblems',
		summary: 'List the open problems with articles, those first that were sent first (moderators)',
		parameters: [cursor],
		answers: { 200: 'ArticleProblemPage' },
		refusals: [400, 401, 403]
	},
	...Object.entries(PROBLEM_DECISIONS).map(([verb, summary]): Operation => ({
		method: 'post',
		path: `/problems/{id}/${verb}`,
		id: `${verb}Problem`,
		summary: `${summary} (editors)`,
		body: 'ProblemDecision',
		answers: { 200: 'ArticleProblem' },
		refusals: [400, 401, 403, 404, 409, 413, 415, 422]
	})),
	{
		method: 'post',
		path: '/comments/{id}/problem',
		id: 'makeProblem',
		summary: 'Make a problem of a comment that says what is wrong with its article (moderators)',
		body: 'NewCommentProblem',
		answers: { 201: 'ArticleProblem' },
		refusals: [400, 401, 403, 404, 409, 413, 415, 422]
	},
	{
		method: 'post',
		path: '/articles/{slug}/corrections',
		id: 'correctArticle',
		summary: 'Put a correction note on an article (editors)',
		body: 'NewCorrection',
		answers: { 201: 'Article' },
		refusals: [400, 401, 403, 404, 413, 415, 422]
	}
];

const FOLLOWED = {
	Discussion: { path: '/articles/{slug}/follow', what: 'a discussion' },
	Thread: { path: '/comments/{id}/follow', what: 'the thread that a comment is in' }
};

const follows = Object.entries(FOLLOWED).flatMap(([name, { path, what }]): Operation[] => [
	{
		method: 'put',
		path,
		id: `follow${name}`,
		summary: `Follow ${what}: you are told what is published there`,
		answers: { 204: null },
		refusals: [401, 404, 422, 429]
	},
	{
		method: 'delete',
		path,
		id: `unfollow${name}`,
		summary: `Follow ${what} no more`,
		answers: { 204: null },
		refusals: [401, 404, 429]
	}
]);

/** Every operation of the API. */
export const OPERATIONS: readonly Operation[] = [
	{
		method: 'get',
		path: '/articles',
		id: 'listArticles',
		summary: 'List the published articles, latest first',
		open: true,
		parameters: [category, cursor, limit(20)],
		answers: { 200: 'ArticlePage' },
		refusals: [400]
	},
	{
		method: 'post',
		path: '/articles',
		id: 'createArticle',
		summary: 'Write an article (editors)',
		body: 'NewArticle',
		answers: { 201: 'Article' },
		refusals: [400, 401, 403, 409, 413, 415, 422]
	},
	{
		method: 'get',
		path: '/articles/{slug}',
		id: 'readArticle',
		summary: 'Read an article',
		open: true,
		answers: { 200: 'Article' },
		refusals: [404]
	},
	{
		method: 'patch',
		path: '/articles/{slug}',
		id: 'changeArticle',
		summary: 'Change an article (editors), or only its comment state (moderators)',
		body: 'ArticleChange',
		answers: { 200: 'Article' },
		refusals: [400, 401, 403, 404, 409, 413, 415, 422]
	},
	{
		method: 'get',
		path: '/articles/{slug}/discussion',
		id: 'readDiscussion',
		summary: 'Read how a discussion is arranged (moderators)',
		answers: { 200: 'Discussion' },
		refusals: [401, 403, 404]
	},
	{
		method: 'patch',
		path: '/articles/{slug}/discussion',
		id: 'arrangeDiscussion',
		summary: 'Arrange a discussion (editors), or only its slow mode (moderators)',
		body: 'DiscussionChange',
		answers: { 200: 'Discussion' },
		refusals: [400, 401, 403, 404, 413, 415, 422]
	},
	{
		method: 'get',
		path: '/articles/{slug}/comments',
		id: 'listComments',
		summary: 'List a discussion: threads in order, each with all its replies',
		open: true,
		parameters: [sort, passage, cursor, limit(LIMIT.fallback)],
		answers: { 200: 'CommentPage' },
		refusals: [400, 404]
	},
	{
		method: 'post',
		path: '/articles/{slug}/comments',
		id: 'postComment',
		summary: 'Post a comment or reply',
		parameters: [key],
		body: 'NewComment',
		answers: { 200: 'Comment', 201: 'Comment' },
		refusals: [400, 401, 403, 404, 409, 413, 415, 422, 429]
	},
	{
		method: 'get',
		path: '/comments/{id}',
		id: 'readComment',
		summary: 'Read a comment',
		open: true,
		answers: { 200: 'Comment' },
		refusals: [404]
	},
	{
		method: 'patch',
		path: '/comments/{id}',
		id: 'changeComment',
		summary: 'Give a comment of your own a new text; the earlier one is kept',
		body: 'CommentChange',
		answers: { 200: 'Comment' },
		refusals: [400, 401, 403, 404, 409, 413, 415, 422, 429]
	},
	{
		method: 'delete',
		path: '/comments/{id}',
		id: 'deleteComment',
		summary: 'Delete a comment of your own; its replies keep their place',
		answers: { 204: null },
		refusals: [401, 403, 404, 409]
	},
	{
		method: 'get',
		path: '/comments/{id}/quoted',
		id: 'listQuoting',
		summary: 'List the comments that quote a comment now, latest first',
		open: true,
		parameters: [cursor, limit(LIMIT.fallback)],
		answers: { 200: 'CommentPage' },
		refusals: [400, 404]
	},
	{
		method: 'put',
		path: '/comments/{id}/vote',
		id: 'recommendComment',
		summary: 'Recommend a comment; again is the same as once',
		answers: { 200: 'Votes' },
		refusals: [401, 403, 404, 409, 429]
	},
	{
		method: 'delete',
		path: '/comments/{id}/vote',
		id: 'withdrawVote',
		summary: 'Withdraw your recommendation',
		answers: { 200: 'Votes' },
		refusals: [401, 403, 404, 409]
	},
	...decisionsOf(DECISIONS, 'moderators'),
	...decisionsOf(PICKS, 'editors'),
	{
		method: 'post',
		path: '/comments/{id}/undo',
		id: 'undoDecision',
		summary: 'Take your last decision about a comment back, for ten seconds (moderators)',
		body: 'Undoing',
		answers: { 200: 'Comment' },
		refusals: [400, 401, 403, 404, 409, 413, 415, 422]
	},
	{
		method: 'post',
		path: '/comments/{id}/report',
		id: 'reportComment',
		summary: 'Report a comment to the moderators; again changes your report while it is open',
		body: 'NewReport',
		answers: { 204: null },
		refusals: [400, 401, 403, 404, 409, 413, 415, 422, 429]
	},
	{
		method: 'get',
		path: '/moderation/reports',
		id: 'listReports',
		summary:
			'List the comments with open reports, those first that were reported first (moderators)',
		parameters: [cursor],
		answers: { 200: 'ReportPage' },
		refusals: [400, 401, 403]
	},
	...problems,
	{
		method: 'get',
		path: '/moderation/queue',
		id: 'listQueue',
		summary:
			'List what waits for a moderator: what may do most harm to most readers first (moderators)',
		parameters: [tab, cursor],
		answers: { 200: 'QueuePage' },
		refusals: [400, 401, 403]
	},
	...follows,
	{
		method: 'put',
		path: '/people/{name}/mute',
		id: 'mutePerson',
		summary: 'Mute somebody, for yourself: you are told of none of their comments',
		answers: { 204: null },
		refusals: [401, 403, 404, 422, 429]
	},
	{
		method: 'delete',
		path: '/people/{name}/mute',
		id: 'unmutePerson',
		summary: 'Unmute somebody',
		answers: { 204: null },
		refusals: [401, 404, 429]
	},
	{
		method: 'get',
		path: '/notifications',
		id: 'listNotifications',
		summary: 'List what you were told, latest first',
		parameters: [cursor],
		answers: { 200: 'NotificationPage' },
		refusals: [400, 401]
	},
	{
		method: 'post',
		path: '/notifications/read',
		id: 'markRead',
		summary: 'Mark what you were told as read',
		body: 'MarkRead',
		answers: { 204: null },
		refusals: [400, 401, 413, 415, 422, 429]
	},
	{
		method: 'get',
		path: '/statements',
		id: 'listStatements',
		summary: 'List what you were told of restrictions, latest first',
		parameters: [cursor],
		answers: { 200: 'StatementPage' },
		refusals: [400, 401]
	},
	{
		method: 'get',
		path: '/openapi.json',
		id: 'describe',
		summary: 'This description',
		open: true,
		answers: { 200: 'Description' },
		refusals: []
	}
];
