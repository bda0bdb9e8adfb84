import { ROLES } from '#lib/server/actor.ts';
import { COMMENTING_STATES } from '#lib/server/articles/commenting-states.ts';
import { SLOW_MODES } from '#lib/server/articles/slow-modes.ts';
import { COMMENT_STATUSES } from '#lib/server/comments/statuses.ts';
import { GROUNDS } from '#lib/server/moderation/grounds.ts';
import { APPEAL_OUTCOMES } from '#lib/server/moderation/outcomes.ts';
import { REPORT_REASONS } from '#lib/server/moderation/report-reasons.ts';
import { RESTRICTIONS } from '#lib/server/moderation/restrictions.ts';
import { PHASES, VERDICTS } from '#lib/server/moderation/screen/verdicts.ts';
import { VERBS } from '#lib/server/moderation/verbs.ts';
import { MOST_COUNTED, NOTIFICATION_KINDS } from '#lib/server/notifications/kinds.ts';
import { PROBLEM_KINDS, PROBLEM_STATUSES } from '#lib/server/problems/kinds.ts';
import { QUOTE_MATCHES } from '#lib/server/quotes/matches.ts';
import * as v from 'valibot';

// What is answered is strict, so that a test finds every field too many; of what is sent, only the
// fields named here are taken.

function text(description: string) {
	return v.pipe(v.string(), v.description(description));
}

function textOrNull(description: string) {
	return v.pipe(v.nullable(v.string()), v.description(description));
}

function time(description: string) {
	return v.pipe(v.string(), v.isoTimestamp(), v.description(`${description} ISO 8601.`));
}

function timeOrNull(description: string) {
	const stamp = v.pipe(v.string(), v.isoTimestamp());
	return v.pipe(v.nullable(stamp), v.description(`${description} ISO 8601.`));
}

function whole(description: string) {
	return v.pipe(v.number(), v.integer(), v.description(description));
}

const id = (description: string) =>
	v.pipe(v.string(), v.regex(/^[0-9a-hjkmnp-tv-z]{16}$/), v.description(description));
const idOrNull = (description: string) =>
	v.pipe(v.nullable(v.string()), v.description(description));

const next = textOrNull('The `cursor` of the page after this one; null at the end.');

const Person = v.strictObject({
	name: v.string(),
	url: textOrNull('The page of the person; null for somebody without an account.'),
	role: v.picklist([...ROLES, 'guest'])
});

const Quote = v.strictObject({
	text: textOrNull(
		'The quoted words as Markdown, without quotes inside them, which follow on their own. Null when the words were withdrawn.'
	),
	match: v.pipe(
		v.picklist(QUOTE_MATCHES),
		v.description(
			'`exact`: word for word in the source. `altered`: the source does not have these words. `unresolved`: no source was found.'
		)
	),
	said_by: textOrNull('Who said it, by the name of today.'),
	source: v.nullable(
		v.strictObject({
			comment: idOrNull('The id of the quoted comment; null for a quote of an article.'),
			url: v.string()
		})
	)
});

const Comment = v.strictObject({
	id: id('Ids sort by time.'),
	url: text('Its page: the comment in its context.'),
	article: text('The slug of its article.'),
	parent: idOrNull('The comment that it replies to; null for the first of a thread.'),
	root: id('The first comment of its thread; its own id if that is it.'),
	depth: whole('0 for the first of a thread.'),
	author: v.pipe(v.nullable(Person), v.description('Null when its author deleted it.')),
	body: textOrNull('Markdown, its quotes as attributed blockquotes. Null where there is no text.'),
	html: textOrNull(
		'The body rendered; a quote is `<blockquote class="quote" data-match>`. Links of the site are paths.'
	),
	status: v.pipe(
		v.picklist(COMMENT_STATUSES),
		v.description(
			'What is `removed` (by a moderator) or `deleted` (by its author) keeps its place and has no text. `pending` and `rejected` are for their author and the moderators only.'
		)
	),
	removed_for: v.pipe(
		v.nullable(v.picklist(GROUNDS)),
		v.description('The kind of reason for which a moderator removed it; null where none is kept.')
	),
	folded: v.pipe(
		v.boolean(),
		v.description('Whether it is folded because readers reported it, until a moderator looks.')
	),
	score: whole('Recommendations.'),
	quoted_by: whole('Published comments that quote it now; 100 means that many or more.'),
	by_author: v.pipe(v.boolean(), v.description('Written by the author of the article.')),
	picked: v.pipe(v.boolean(), v.description('An editor picked it.')),
	created_at: time('When it was posted.'),
	edited_at: timeOrNull('When its text was last changed.'),
	quotes: v.pipe(v.array(Quote), v.description('In reading order, each before those inside it.'))
});

const Named = v.strictObject({ slug: v.string(), name: v.string() });
const Byline = v.strictObject({ slug: v.string(), name: v.string(), role: v.string() });

const state = v.picklist(COMMENTING_STATES);

const summary = {
	slug: v.string(),
	url: text('Its page.'),
	title: v.string(),
	standfirst: v.string(),
	category: v.nullable(Named),
	published_at: timeOrNull('Null for a draft.'),
	commenting: v.pipe(state, v.description('The comment state that holds now.')),
	comment_count: whole('Published comments; 0 for whom they are hidden from.')
};

const ArticleSummary = v.strictObject({ ...summary, byline: v.nullable(Named) });

const Article = v.strictObject({
	...summary,
	body: text('Markdown.'),
	html: text('The body rendered.'),
	byline: v.nullable(Byline),
	source: v.nullable(v.strictObject({ name: v.string(), url: v.nullable(v.string()) })),
	image: v.nullable(
		v.strictObject({ url: v.nullable(v.string()), alt: v.string(), credit: v.string() })
	),
	canonical_url: textOrNull('Its address elsewhere, if it was published there.'),
	updated_at: time('When it was last edited.'),
	commenting_note: text('What everyone is told about the comment state.'),
	commenting_until: timeOrNull('When the comment state gives way to the one before it.'),
	version: whole('Rises with every change of title, standfirst or body.'),
	corrections: v.pipe(
		v.array(v.strictObject({ note: v.string(), corrected_at: time('When it was put there.') })),
		v.description('The correction notes under it, newest first.')
	)
});

const openHours = v.pipe(
	v.nullable(
		v.object({
			zone: text('A time zone, such as `Europe/Berlin`.'),
			days: v.pipe(
				v.array(v.nullable(v.tuple([v.number(), v.number()]))),
				v.description(
					'From Monday to Sunday the open span as minutes from midnight, null for a closed day. One that ends at or before its start ends on the next day.'
				)
			)
		})
	),
	v.description('When it is open; null as the site says.')
);

const arrangement = {
	slow_mode: v.pipe(
		v.picklist(SLOW_MODES),
		v.description('`growing`: longer while comments of the discussion are reported.')
	),
	slow_seconds: whole('Seconds between two comments of one reader, from 5 to 86400; 0 while off.'),
	close_after_days: v.pipe(
		v.nullable(v.number()),
		v.description('Days after publication that it closes; 0 never, null as the site says.')
	),
	close_after_silent_days: v.pipe(
		v.nullable(v.number()),
		v.description('Days without a comment that it closes; 0 never, null as the site says.')
	),
	open_hours: openHours,
	message: text('Markdown, shown above the place to write.'),
	author_here: v.pipe(v.boolean(), v.description('The author answers here now.')),
	staff_may_speak: v.pipe(
		v.boolean(),
		v.description('Staff may write while commenting is disabled.')
	)
};

const Votes = v.strictObject({
	score: whole('The recommendations of the comment now.'),
	recommended: v.pipe(v.boolean(), v.description('Whether yours is among them.'))
});

const Notification = v.strictObject({
	id: id('Ids sort by time.'),
	kind: v.pipe(
		v.picklist(NOTIFICATION_KINDS),
		v.description(
			'Of a comment: `quoted`: it quotes you. `reply`: it answers you. `followed`: it is where you follow. `picked`: it is yours, and an editor picked it. Of a decision: `statement`: you were restricted. `appeal`: your objection was decided. `problem`: a problem that you sent was.'
		)
	),
	created_at: time('When you were told.'),
	read: v.boolean(),
	url: text('The page of what it is about.'),
	comment: idOrNull('The comment that it is about; null for decisions.'),
	statement: idOrNull('The statement that it is about.'),
	problem: idOrNull('The problem that it is about.'),
	article: textOrNull('The slug of the article.'),
	author: v.pipe(v.nullable(Person), v.description('Who wrote the comment.')),
	excerpt: textOrNull('The beginning of the comment’s own words, as plain text.')
});

const Statement = v.strictObject({
	id: id('Ids sort by time.'),
	url: text('Its page.'),
	restriction: v.picklist(RESTRICTIONS),
	ground: v.pipe(v.picklist(GROUNDS), v.description('The kind of reason.')),
	law: text('Of illegal content: which law.'),
	reason: text('The reason in words.'),
	automatic: v.pipe(v.boolean(), v.description('Decided by the software.')),
	created_at: time('When it was decided.'),
	until: timeOrNull('When it ends by itself.'),
	holds: v.pipe(v.boolean(), v.description('Whether it holds still.')),
	comment: idOrNull('The comment that it is about; null for the account.'),
	article: textOrNull('The slug of its article.'),
	appeal: v.nullable(
		v.strictObject({
			words: text('Why you objected.'),
			created_at: time('When you objected.'),
			outcome: v.pipe(
				v.nullable(v.picklist(APPEAL_OUTCOMES)),
				v.description('`upheld`: the restriction stays. `reversed`: it was taken back.')
			),
			answer: text('What you were answered.')
		})
	)
});

const NotificationPage = v.strictObject({
	items: v.array(Notification),
	next,
	unread: whole(`How many are unread; ${MOST_COUNTED + 1} stands for more than ${MOST_COUNTED}.`)
});

const MarkRead = v.object({
	ids: v.optional(
		v.pipe(v.array(v.string()), v.maxLength(100), v.description('Which; absent for all.'))
	)
});

const reportReason = v.picklist(REPORT_REASONS);

const Report = v.strictObject({
	reason: reportReason,
	note: v.string(),
	law: text('Of illegal content: which law, as the reader says.'),
	by: Person,
	created_at: time('When it came.'),
	edited_since: v.pipe(v.boolean(), v.description('Whether the comment was edited since.'))
});

const ReportedComment = v.strictObject({
	comment: Comment,
	since: time('When the oldest open report came.'),
	reasons: v.array(v.strictObject({ reason: reportReason, count: v.number() })),
	reports: v.pipe(v.array(Report), v.description('The oldest of those that are open.')),
	more: whole('How many are open beyond those.'),
	may_decide: v.pipe(v.boolean(), v.description('False when staff above you wrote the comment.'))
});

const Case = v.strictObject({
	comment: Comment,
	since: time('Since when it waits for a moderator.'),
	findings: v.pipe(
		v.array(
			v.strictObject({
				phase: v.picklist(PHASES),
				verdict: v.picklist(VERDICTS),
				words: v.string()
			})
		),
		v.description('What screening found in its present text.')
	),
	reports: v.pipe(v.array(Report), v.description('The oldest of those that are open.')),
	more_reports: whole('How many are open beyond those.'),
	decisions: v.pipe(
		v.array(v.picklist(VERBS)),
		v.description('What you may decide; nothing when staff above you wrote the comment.')
	),
	claimed_by: textOrNull('Who looks at it just now.')
});

const NewReport = v.object({
	reason: v.pipe(
		v.string(),
		v.description(
			`One of ${REPORT_REASONS.map((one) => `\`${one}\``).join(', ')}; \`misquotes-me\` only where it quotes you.`
		)
	),
	note: v.optional(
		text('What a moderator should know, or why it is illegal; at most 1000 characters.')
	),
	law: v.optional(text('Of illegal content: which law, as far as you know.')),
	good_faith: v.optional(
		v.pipe(
			v.boolean(),
			v.description('Of illegal content, needed: you believe in good faith that this is right.')
		)
	)
});

const Problem = v.pipe(
	v.strictObject({
		type: text('Ends in `code`.'),
		title: v.string(),
		status: v.pipe(v.number(), v.integer()),
		detail: text('What is wrong, in words for the person in front of the screen.'),
		code: text('Stable, for programs.'),
		field: v.optional(text('The field that it is about.')),
		request_id: v.optional(text('To be named when a fault is reported.'))
	}),
	v.description('A problem document (RFC 9457).')
);

const problem = {
	id: id('Ids sort by time.'),
	kind: v.picklist(PROBLEM_KINDS),
	status: v.pipe(
		v.picklist(PROBLEM_STATUSES),
		v.description('`received` and `checking` are open, the others decided.')
	),
	words: text('What is wrong, as its sender says.'),
	passage: text('The words of the article that it is about; empty for the article as a whole.'),
	created_at: time('When it was sent.')
};

const SentProblem = v.strictObject({
	...problem,
	url: text('Its page. Of somebody without an account it holds a secret, told only now.'),
	article: textOrNull('The slug of the article; null while that is not published.'),
	answer: text('What the newsroom answers.'),
	correction: text('The correction note that it led to.'),
	decided_at: timeOrNull('When it was decided.')
});

const ArticleProblem = v.strictObject({
	...problem,
	article: text('The slug of the article.'),
	version: whole('The version of the article that was seen.'),
	paragraph: textOrNull('The paragraph of that version in which the passage begins.'),
	stands: v.pipe(v.boolean(), v.description('Whether that paragraph stands in the article now.')),
	alike: whole('Other open problems with the same paragraph.'),
	sender: Person,
	comment: textOrNull('The page of the comment that it was made from.')
});

const said = {
	kind: text(`One of ${PROBLEM_KINDS.map((one) => `\`${one}\``).join(', ')}.`),
	words: text('What is wrong; at most 2000 characters.'),
	passage: v.optional(text('The words of the article that it is about; at most 1000 characters.'))
};

const NewProblem = v.object({
	...said,
	version: v.optional(whole('The version of the article that was seen.')),
	email: v.optional(text('Where somebody without an account is answered.'))
});

const NewCommentProblem = v.object(said);

const ProblemDecision = v.object({
	answer: v.optional(
		text('What the sender is told; dismissing needs it. At most 2000 characters.')
	),
	note: v.optional(
		text('Of a correction: the note that goes on the article. At most 1000 characters.')
	)
});

const NewCorrection = v.object({ note: text('What was corrected; at most 1000 characters.') });
const nudge = v.optional(
	v.pipe(
		v.boolean(),
		v.description(
			'True answers 409 `may-be-held`, with the reasons, instead of keeping what a moderator would look at first because of something that can be changed.'
		)
	),
	false
);

const NewComment = v.object({
	body: text('Markdown. A quote is a blockquote whose first line is `[NAME said,](/c/ID)`.'),
	parent: v.optional(idOrNull('The comment that it replies to.')),
	nudge
});

const CommentChange = v.object({ body: text('Markdown.'), nudge });

const Decision = v.object({
	ground: v.optional(
		v.pipe(
			v.picklist(GROUNDS),
			v.description(
				'The kind of reason, for rejecting and removing; its author is told. `other`, or none, needs words.'
			)
		)
	),
	reason: v.optional(
		text(
			'Why, in words; needed where there is no kind of reason. Everyone can read it in the log.'
		),
		''
	),
	law: v.optional(text('Of illegal content: which law; at most 200 characters.')),
	anyway: v.optional(
		v.pipe(v.boolean(), v.description('Also while somebody else looks at the comment.'))
	)
});

const Undoing = v.object({
	reason: v.optional(text('Why; everyone can read it in the log.'), '')
});

// Absent stays as it is, null makes it empty.
const written = {
	standfirst: v.optional(v.nullable(v.string())),
	category: v.optional(
		textOrNull('The slug or the name of a category; one that is new is made. Null for none.')
	),
	byline: v.optional(textOrNull('The slug of a byline; null for none.')),
	source: v.optional(
		v.nullable(
			v.object({
				name: v.optional(v.nullable(v.string())),
				url: v.optional(v.nullable(v.string()))
			})
		)
	),
	image: v.optional(
		v.nullable(
			v.object({
				url: v.optional(v.nullable(v.string())),
				alt: v.optional(v.nullable(v.string())),
				credit: v.optional(v.nullable(v.string()))
			})
		)
	),
	canonical_url: v.optional(textOrNull('Its address elsewhere.')),
	published: v.optional(v.pipe(v.boolean(), v.description('False keeps it a draft.')))
};

const NewArticle = v.object({
	...written,
	title: v.string(),
	body: text('Markdown.'),
	slug: v.optional(text('The last part of its address; made of the title when absent.')),
	commenting: v.optional(state)
});

const reason = v.optional(v.pipe(v.string(), v.maxLength(1000)));
const note = v.optional(
	v.pipe(v.string(), v.maxLength(1000), v.description('What everyone is told about it.'))
);
const until = v.optional(timeOrNull('When the state before this one returns.'));

const ArticleChange = v.object({
	...written,
	title: v.optional(v.string()),
	body: v.optional(text('Markdown.')),
	version: v.optional(
		whole('The version that was edited: if there is a newer one, nothing is changed.')
	),
	commenting: v.optional(v.union([state, v.object({ state, reason, note, until })])),
	reason: v.optional(
		v.pipe(
			v.string(),
			v.maxLength(1000),
			v.description('Why the comment state changes, for the log.')
		)
	),
	note,
	until
});

/** What is sent and answered, by the names that the API's description has for it. */
export const schemas = {
	Article,
	ArticleChange,
	ArticlePage: v.strictObject({ items: v.array(ArticleSummary), next }),
	ArticleProblem,
	ArticleProblemPage: v.strictObject({ items: v.array(ArticleProblem), next }),
	ArticleSummary,
	Case,
	Comment,
	CommentChange,
	CommentPage: v.strictObject({ items: v.array(Comment), next }),
	Decision,
	Discussion: v.strictObject(arrangement),
	DiscussionChange: v.partial(v.object(arrangement)),
	MarkRead,
	NewArticle,
	NewComment,
	NewCommentProblem,
	NewCorrection,
	NewProblem,
	NewReport,
	Notification,
	NotificationPage,
	Person,
	Problem,
	ProblemDecision,
	QueuePage: v.strictObject({ items: v.array(Case), next }),
	Quote,
	Report,
	ReportedComment,
	Statement,
	StatementPage: v.strictObject({ items: v.array(Statement), next }),
	ReportPage: v.strictObject({ items: v.array(ReportedComment), next }),
	SentProblem,
	SentProblemPage: v.strictObject({ items: v.array(SentProblem), next }),
	Undoing,
	Votes
};
/** The name of something that is sent or answered. */
export type SchemaName = keyof typeof schemas;
/** What a schema describes. */
export type Shape<Name extends SchemaName> = v.InferOutput<(typeof schemas)[Name]>;
