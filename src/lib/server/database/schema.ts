import type { ChallengeKind } from '../accounts/links/challenge-kinds.ts';
import type { MailPace } from '../accounts/addresses/mail-paces.ts';
import type { LinkKind } from '../accounts/links/link-kinds.ts';
import type { SignInMethod } from '../accounts/sessions/sign-in-methods.ts';
import type { Role } from '../actor.ts';
import type { CommentingState } from '../articles/commenting-states.ts';
import type { SlowMode } from '../articles/slow-modes.ts';
import type { WeeklyHours } from '../articles/weekly-hours.ts';
import type { Block, Segment } from '../comments/body.ts';
import type { CommentStatus } from '../comments/statuses.ts';
import type { Ground } from '../moderation/grounds.ts';
import type { ActionKind } from '../moderation/kinds.ts';
import type { AppealOutcome, ReportOutcome } from '../moderation/outcomes.ts';
import type { ReportReason } from '../moderation/report-reasons.ts';
import type { Restriction, SanctionKind } from '../moderation/restrictions.ts';
import type { PhaseName, Verdict } from '../moderation/screen/verdicts.ts';
import type { NotificationKind } from '../notifications/kinds.ts';
import type { ProblemKind, ProblemStatus } from '../problems/kinds.ts';
import type { QuoteMatch } from '../quotes/matches.ts';
import type { SecurityEventKind } from '../security/kinds.ts';
import { sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import {
	boolean,
	index,
	integer,
	json,
	primaryKey,
	table,
	text,
	time,
	uniqueIndex,
	words,
	wordsJson
} from './columns.ts';

/** The site itself: one row. Its revision rises with changes that show on very many pages. */
export const site = table('site', {
	id: text('id').primaryKey(),
	name: text('name').notNull(),
	revision: integer('revision').notNull().default(1),
	createdAt: time('created_at').notNull()
});

/** What the newsroom set for the whole site: the last row of a key holds, those before are its history. */
export const settings = table(
	'settings',
	{
		id: text('id').primaryKey(),
		key: text('key').notNull(),
		value: json('value').$type<unknown>().notNull(),
		/** Null when the operator's command line did it. */
		actorId: text('actor_id').references(() => accounts.id),
		createdAt: time('created_at').notNull()
	},
	(t) => [index('settings_key').on(t.key, t.id)]
);

/** Everyone who signed up or was imported. */
export const accounts = table(
	'accounts',
	{
		id: text('id').primaryKey(),
		name: text('name').notNull(),
		/** The name folded (NFKC, case): no two accounts share it; people are found by it. */
		nameKey: text('name_key').notNull(),
		/** The name as the eye sees it: look-alike letters made one; no two accounts share it. */
		nameSkeleton: text('name_skeleton').notNull(),
		email: text('email'),
		emailKey: text('email_key'),
		/** When its owner followed a link that was sent there, or the operator vouched for it. */
		emailConfirmedAt: time('email_confirmed_at'),
		/** An argon2id PHC string; null for accounts that cannot sign in with a password. */
		passwordHash: text('password_hash'),
		role: text('role').$type<Role>().notNull().default('reader'),
		bio: text('bio').notNull().default(''),
		/** The id of its picture; null for the one that is drawn from the name. */
		pictureId: text('picture_id'),
		createdAt: time('created_at').notNull(),
		/** When its owner last gave it another name. */
		renamedAt: time('renamed_at'),
		/** When it will be deleted, unless its owner changes their mind; and with its comments or without. */
		deletesAt: time('deletes_at'),
		deletesComments: boolean('deletes_comments').notNull().default(false),
		/** Since when nothing is left of it but the place of its comments. */
		deletedAt: time('deleted_at'),
		/** How soon it gets mail about answers to it, and about what it follows. */
		mailsAnswers: text('mails_answers').$type<MailPace>().notNull().default('soon'),
		mailsFollowed: text('mails_followed').$type<MailPace>().notNull().default('off'),
		/** When it last got such mail. */
		mailedAt: time('mailed_at'),
		suspendedUntil: time('suspended_until'),
		bannedAt: time('banned_at'),
		/** Since when everything that it posts waits for a moderator. */
		approvalRequiredAt: time('approval_required_at'),
		/** The warning that it has to acknowledge before it posts again. */
		warningId: text('warning_id'),
		/** Of a moderator: the ids of the categories that it is limited to; null for all. */
		moderates: json('moderates').$type<string[]>(),
		/** Reports of its own that a moderator agreed with, and those that none did. */
		reportsUpheld: integer('reports_upheld').notNull().default(0),
		reportsDismissed: integer('reports_dismissed').notNull().default(0),
		revision: integer('revision').notNull().default(1)
	},
	(t) => [
		uniqueIndex('accounts_name_key').on(t.nameKey),
		uniqueIndex('accounts_name_skeleton').on(t.nameSkeleton),
		uniqueIndex('accounts_email_key').on(t.emailKey),
		index('accounts_role').on(t.role),
		index('accounts_deletes')
			.on(t.deletesAt)
			.where(sql`deletes_at is not null`)
	]
);

/** Signed-in browsers; the id is the SHA-256 of what the cookie holds. */
export const sessions = table(
	'sessions',
	{
		id: text('id').primaryKey(),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		/** What its owner's list of sessions calls it; no credential. */
		handle: text('handle').notNull().default(''),
		method: text('method').$type<SignInMethod>().notNull().default('password'),
		/** The browser and system in words, such as "Firefox on Linux". */
		device: text('device').notNull().default(''),
		/** The network address that it was last used from. */
		address: text('address'),
		createdAt: time('created_at').notNull(),
		/** To the hour or so: not written at every request. */
		seenAt: time('seen_at'),
		/** When its reader last proved who they are. */
		authenticatedAt: time('authenticated_at'),
		/** When they gave a second factor. */
		secondFactorAt: time('second_factor_at'),
		expiresAt: time('expires_at').notNull()
	},
	(t) => [
		index('sessions_account').on(t.accountId),
		index('sessions_expires').on(t.expiresAt),
		index('sessions_handle').on(t.handle)
	]
);

/** Names that accounts had: nobody else may take them, links to them lead on, moderators see them. */
export const previousNames = table(
	'previous_names',
	{
		nameKey: text('name_key').primaryKey(),
		nameSkeleton: text('name_skeleton').notNull(),
		name: text('name').notNull(),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		/** When it gave way to another. */
		endedAt: time('ended_at').notNull()
	},
	(t) => [
		index('previous_names_skeleton').on(t.nameSkeleton),
		index('previous_names_account').on(t.accountId, t.endedAt)
	]
);

/** Pictures that people gave their accounts, made anew by us; the id is a hash of the image. */
export const pictures = table('pictures', {
	id: text('id').primaryKey(),
	/** A WebP image in base64. */
	image: text('image').notNull(),
	createdAt: time('created_at').notNull()
});

/** Passkeys (WebAuthn): sign-in, and second factor. */
export const passkeys = table(
	'passkeys',
	{
		/** The credential's id in base64url. */
		id: text('id').primaryKey(),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		/** In base64url, COSE. */
		publicKey: text('public_key').notNull(),
		/** How often the authenticator says it was used; 0 from those that do not count. */
		counter: integer('counter').notNull().default(0),
		transports: json('transports').$type<string[]>().notNull(),
		/** Kept by a service on several devices. */
		synced: boolean('synced').notNull().default(false),
		/** As its owner calls it. */
		label: text('label').notNull(),
		createdAt: time('created_at').notNull(),
		usedAt: time('used_at')
	},
	(t) => [index('passkeys_account').on(t.accountId)]
);

/** Authenticator apps (TOTP, RFC 6238), one for an account. */
export const authenticators = table('authenticators', {
	accountId: text('account_id')
		.primaryKey()
		.references(() => accounts.id),
	/** In base32. */
	secret: text('secret').notNull(),
	/** Null until its owner has shown that it works. */
	confirmedAt: time('confirmed_at'),
	/** The time step of the last code that was taken: no code works twice. */
	lastStep: integer('last_step').notNull().default(0),
	createdAt: time('created_at').notNull()
});

/** Codes for who lost their second factor; the id is the SHA-256 of account and code. */
export const recoveryCodes = table(
	'recovery_codes',
	{
		id: text('id').primaryKey(),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		createdAt: time('created_at').notNull(),
		usedAt: time('used_at')
	},
	(t) => [index('recovery_codes_account').on(t.accountId)]
);

/** Accounts elsewhere that sign in to accounts here. */
export const identities = table(
	'identities',
	{
		/** The provider's key in the configuration. */
		provider: text('provider').notNull(),
		/** Whom the provider means by it; never anybody else there. */
		subject: text('subject').notNull(),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		/** What the provider calls them, for their owner to recognise. */
		label: text('label').notNull().default(''),
		createdAt: time('created_at').notNull(),
		usedAt: time('used_at')
	},
	(t) => [
		primaryKey({ columns: [t.provider, t.subject] }),
		index('identities_account').on(t.accountId)
	]
);

/** Browsers that signed in to an account before; the id is the SHA-256 of what their cookie holds. */
export const knownDevices = table(
	'known_devices',
	{
		id: text('id').notNull(),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		createdAt: time('created_at').notNull(),
		seenAt: time('seen_at').notNull()
	},
	(t) => [
		primaryKey({ columns: [t.id, t.accountId] }),
		index('known_devices_account').on(t.accountId),
		index('known_devices_seen').on(t.seenAt)
	]
);

/** What was begun and waits for its answer, such as a sign-in for its second step; the id is a SHA-256. */
export const challenges = table(
	'challenges',
	{
		id: text('id').primaryKey(),
		kind: text('kind').$type<ChallengeKind>().notNull(),
		accountId: text('account_id').references(() => accounts.id),
		data: json('data').$type<Record<string, unknown>>().notNull(),
		createdAt: time('created_at').notNull(),
		expiresAt: time('expires_at').notNull()
	},
	(t) => [
		index('challenges_account').on(t.accountId, t.kind),
		index('challenges_expires').on(t.expiresAt)
	]
);

/** What happened that bears on security: sign-ins, new passwords, refusals, exports. */
export const securityEvents = table(
	'security_events',
	{
		id: text('id').primaryKey(),
		kind: text('kind').$type<SecurityEventKind>().notNull(),
		/** Whom it is about; null for nobody's account. */
		accountId: text('account_id').references(() => accounts.id),
		/** Who did it; null for a guest, and for the operator. */
		actorId: text('actor_id').references(() => accounts.id),
		/** The network address that it came from; kept for some months. */
		address: text('address'),
		requestId: text('request_id').notNull().default(''),
		details: json('details').$type<Record<string, string>>().notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [
		index('security_events_account').on(t.accountId, t.id),
		index('security_events_kind').on(t.kind, t.id)
	]
);

/** Bearer tokens of programs; only their SHA-256 is kept. */
export const apiTokens = table('api_tokens', {
	id: text('id').primaryKey(),
	tokenHash: text('token_hash').notNull().unique(),
	accountId: text('account_id')
		.notNull()
		.references(() => accounts.id),
	createdAt: time('created_at').notNull()
});

/** Secrets of links that work once, such as the first administrator's; only their SHA-256 is kept. */
export const oneTimeTokens = table(
	'one_time_tokens',
	{
		id: text('id').primaryKey(),
		kind: text('kind').$type<LinkKind>().notNull(),
		/** Whose it is; null for the first administrator's. */
		accountId: text('account_id').references(() => accounts.id),
		/** What it is about, such as the address that it confirms. */
		data: json('data').$type<Record<string, string>>().notNull().default({}),
		createdAt: time('created_at').notNull(),
		expiresAt: time('expires_at').notNull(),
		usedAt: time('used_at')
	},
	(t) => [
		index('one_time_tokens_account').on(t.accountId, t.kind),
		index('one_time_tokens_expires').on(t.expiresAt)
	]
);

/** Rate limits (GCRA): the time at which each key's allowance is whole again. */
export const rateLimits = table(
	'rate_limits',
	{
		key: text('key').primaryKey(),
		wholeAt: time('whole_at').notNull()
	},
	(t) => [index('rate_limits_whole_at').on(t.wholeAt)]
);

/** Sections of the newspaper. */
export const categories = table('categories', {
	id: text('id').primaryKey(),
	slug: text('slug').notNull().unique(),
	name: text('name').notNull().unique(),
	description: text('description').notNull().default(''),
	createdAt: time('created_at').notNull()
});

/** Authors as printed. */
export const bylines = table('bylines', {
	id: text('id').primaryKey(),
	slug: text('slug').notNull().unique(),
	name: text('name').notNull(),
	role: text('role').notNull().default(''),
	bio: text('bio').notNull().default(''),
	accountId: text('account_id').references(() => accounts.id),
	createdAt: time('created_at').notNull()
});

/** News articles, with the counts and the comment state of their discussion. */
export const articles = table(
	'articles',
	{
		id: text('id').primaryKey(),
		slug: text('slug').notNull().unique(),
		title: text('title').notNull(),
		standfirst: text('standfirst').notNull().default(''),
		/** Markdown. */
		body: words('body').notNull(),
		bodyHtml: words('body_html').notNull(),
		rendererVersion: integer('renderer_version').notNull(),
		/** Which version of the text this is; earlier ones are in `article_versions`. */
		version: integer('version').notNull().default(1),
		categoryId: text('category_id').references(() => categories.id),
		bylineId: text('byline_id').references(() => bylines.id),
		sourceName: text('source_name').notNull().default(''),
		sourceUrl: text('source_url').notNull().default(''),
		imageUrl: text('image_url').notNull().default(''),
		imageAlt: text('image_alt').notNull().default(''),
		imageCredit: text('image_credit').notNull().default(''),
		/** The article's address elsewhere, if it was published there. */
		url: text('url').notNull().default(''),
		/** Null while it is a draft. */
		publishedAt: time('published_at'),
		createdAt: time('created_at').notNull(),
		updatedAt: time('updated_at').notNull(),
		/** The comment state set last; what holds now also asks `commentingUntil`. */
		commenting: text('commenting').$type<CommentingState>().notNull().default('open'),
		commentingUntil: time('commenting_until'),
		/** The state that returns at `commentingUntil`. */
		commentingThen: text('commenting_then').$type<CommentingState>(),
		/** How one reader's comments here are spaced, and by how many seconds at least. */
		slowMode: text('slow_mode').$type<SlowMode>().notNull().default('off'),
		slowSeconds: integer('slow_seconds').notNull().default(0),
		/** Days after publication, or after the last comment, that it closes by itself; null as the site says, 0 never. */
		closeAfterDays: integer('close_after_days'),
		closeAfterSilentDays: integer('close_after_silent_days'),
		/** When in the week it is open; null as the site says. */
		openHours: json('open_hours').$type<WeeklyHours>(),
		/** Markdown shown above the composer, and what it renders to. */
		message: text('message').notNull().default(''),
		messageHtml: text('message_html').notNull().default(''),
		/** The byline's account answers here now. */
		authorHere: boolean('author_here').notNull().default(false),
		/** Staff may post while commenting is disabled. */
		staffMaySpeak: boolean('staff_may_speak').notNull().default(false),
		/** Published comments. */
		commentCount: integer('comment_count').notNull().default(0),
		/** Rises with every visible change of the article or its discussion. */
		revision: integer('revision').notNull().default(1)
	},
	(t) => [
		index('articles_published').on(t.publishedAt, t.id),
		index('articles_category').on(t.categoryId, t.publishedAt, t.id),
		index('articles_byline').on(t.bylineId, t.publishedAt, t.id),
		index('articles_until').on(t.commentingUntil),
		index('articles_commenting').on(t.commenting, t.publishedAt)
	]
);

/** Earlier texts of articles; quotes of an article cite one. */
export const articleVersions = table(
	'article_versions',
	{
		articleId: text('article_id')
			.notNull()
			.references(() => articles.id),
		version: integer('version').notNull(),
		title: text('title').notNull(),
		standfirst: text('standfirst').notNull(),
		body: words('body').notNull(),
		/** When this version was replaced. */
		replacedAt: time('replaced_at').notNull()
	},
	(t) => [primaryKey({ columns: [t.articleId, t.version] })]
);

/** Every comment state an article had: who set it, when, why and until when. */
export const commentingStates = table(
	'commenting_states',
	{
		id: text('id').primaryKey(),
		articleId: text('article_id')
			.notNull()
			.references(() => articles.id),
		state: text('state').$type<CommentingState>().notNull(),
		/** For the log. */
		reason: text('reason').notNull().default(''),
		/** What stands beside the notice, for everyone. */
		note: text('note').notNull().default(''),
		/** Null when the software did it. */
		actorId: text('actor_id').references(() => accounts.id),
		createdAt: time('created_at').notNull(),
		until: time('until')
	},
	(t) => [index('commenting_states_article').on(t.articleId, t.id)]
);

/** Comments: roots and replies of a discussion. */
export const comments = table(
	'comments',
	{
		id: text('id').primaryKey(),
		articleId: text('article_id')
			.notNull()
			.references(() => articles.id),
		/** Its own id for a root. */
		rootId: text('root_id').notNull(),
		parentId: text('parent_id'),
		/** 0 for a root. */
		depth: integer('depth').notNull().default(0),
		/**
		 * The article whose list of threads shows this root: null for replies and for what was
		 * never published. It makes one index the list of threads, whatever waits or was rejected.
		 */
		listedIn: text('listed_in'),
		/** A reply's number under its root, given when it is published: gapless from 1. */
		replySeq: integer('reply_seq'),
		/** For a root: the highest `replySeq` given, which is the number of replies with a place. */
		replyCount: integer('reply_count').notNull().default(0),
		authorId: text('author_id').references(() => accounts.id),
		/** The name of an imported author without an account. */
		guestName: text('guest_name'),
		guestEmail: text('guest_email'),
		/** The comment's own words in order, with a reference where each quote stands. */
		body: wordsJson('body').$type<Segment[]>().notNull(),
		/** The body rendered when it was written. */
		blocks: wordsJson('blocks').$type<Block[]>().notNull(),
		rendererVersion: integer('renderer_version').notNull(),
		revision: integer('revision').notNull().default(1),
		status: text('status').$type<CommentStatus>().notNull(),
		/** Recommendations: those imported as a number, and the votes. */
		score: integer('score').notNull().default(0),
		/** Recommendations that came with an import as a number, without anybody's vote. */
		importedScore: integer('imported_score').notNull().default(0),
		createdAt: time('created_at').notNull(),
		editedAt: time('edited_at'),
		/** The key under which its author posted it, so that posting again is not posting twice. */
		idempotencyKey: text('idempotency_key'),
		/** SHA-256 of what was posted under that key. */
		postedHash: text('posted_hash'),
		/**
		 * The article's revision in which this comment last changed for its readers: what open pages
		 * have not seen yet is one index range. Null for what came with an import.
		 */
		changedIn: integer('changed_in'),
		/** The harm that screening expects of it, as the sum of what its findings weigh. */
		harm: integer('harm').notNull().default(0),
		/** What its open reports weigh, in hundredths of a reader's whose reports are as good as any. */
		reportWeight: integer('report_weight').notNull().default(0),
		/** Since when it is folded, because of its reports, until a moderator looks. */
		foldedAt: time('folded_at'),
		/** Published without any moderator having looked at it. */
		unreviewed: boolean('unreviewed').notNull().default(false),
		/** A hash of its own words without case, accents, disguises and punctuation; null for few words. */
		textKey: text('text_key'),
		/** The kind of reason for which it was removed or rejected. */
		ground: text('ground').$type<Ground>(),
		/** When an editor picked it. */
		pickedAt: time('picked_at'),
		/** Written by the account of the article's byline. */
		byAuthor: boolean('by_author').notNull().default(false)
	},
	(t) => [
		index('comments_listed').on(t.listedIn, t.id),
		index('comments_best').on(t.listedIn, t.score, t.id),
		index('comments_replied').on(t.listedIn, t.replyCount, t.id),
		index('comments_changed')
			.on(t.articleId, t.changedIn)
			.where(sql`changed_in is not null`),
		index('comments_thread').on(t.rootId, t.replySeq),
		index('comments_article').on(t.articleId, t.id),
		index('comments_author').on(t.authorId, t.id),
		index('comments_pending')
			.on(t.id)
			.where(sql`status = 'pending'`),
		// Asked for with every page that somebody with an account reads.
		index('comments_own_pending')
			.on(t.authorId, t.articleId, t.id)
			.where(sql`status = 'pending'`),
		index('comments_unreviewed')
			.on(t.id)
			.where(sql`unreviewed`),
		index('comments_text')
			.on(t.textKey, t.id)
			.where(sql`text_key is not null`),
		index('comments_picked')
			.on(t.articleId, t.id)
			.where(sql`picked_at is not null`),
		index('comments_by_author')
			.on(t.articleId, t.id)
			.where(sql`by_author`),
		uniqueIndex('comments_idempotency')
			.on(t.authorId, t.idempotencyKey)
			.where(sql`idempotency_key is not null`)
	]
);

/** Earlier texts of edited comments. */
export const commentRevisions = table(
	'comment_revisions',
	{
		commentId: text('comment_id')
			.notNull()
			.references(() => comments.id),
		revision: integer('revision').notNull(),
		body: wordsJson('body').$type<Segment[]>().notNull(),
		blocks: wordsJson('blocks').$type<Block[]>().notNull(),
		/** When this text was written. */
		createdAt: time('created_at').notNull()
	},
	(t) => [primaryKey({ columns: [t.commentId, t.revision] })]
);

/**
 * Quotes: what a comment says that somebody said. The words stand here and nowhere else, so that
 * they can be withdrawn with the comment they came from.
 */
export const quotes = table(
	'quotes',
	{
		id: text('id').primaryKey(),
		/** The comment that quotes. */
		commentId: text('comment_id')
			.notNull()
			.references(() => comments.id),
		/** The quote around this one, if any. */
		outerId: text('outer_id'),
		sourceCommentId: text('source_comment_id').references(() => comments.id),
		sourceArticleId: text('source_article_id').references(() => articles.id),
		/** The revision of the comment, or the version of the article, that is cited. */
		sourceRevision: integer('source_revision'),
		/** The name as typed, shown only while no source is known. */
		saidBy: text('said_by').notNull().default(''),
		match: text('match').$type<QuoteMatch>().notNull(),
		/** Of an article: the key of the paragraph that the words begin in. */
		passage: text('passage'),
		/** Whether it stands in the comment's present text; otherwise only in an earlier one. */
		standing: boolean('standing').notNull().default(true),
		/** The quoted words, with references to quotes within. */
		body: wordsJson('body').$type<Segment[]>().notNull(),
		blocks: wordsJson('blocks').$type<Block[]>().notNull()
	},
	(t) => [
		index('quotes_comment').on(t.commentId),
		index('quotes_source_comment').on(t.sourceCommentId, t.commentId),
		index('quotes_source_article').on(t.sourceArticleId, t.passage, t.commentId)
	]
);

/** Recommendations: one for each account and comment. */
export const votes = table(
	'votes',
	{
		commentId: text('comment_id')
			.notNull()
			.references(() => comments.id),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		createdAt: time('created_at').notNull()
	},
	(t) => [
		primaryKey({ columns: [t.commentId, t.accountId] }),
		index('votes_account').on(t.accountId, t.commentId)
	]
);

/** Discussions and threads that an account follows. */
export const follows = table(
	'follows',
	{
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		articleId: text('article_id')
			.notNull()
			.references(() => articles.id),
		/** The root of the thread; '' for the whole discussion. */
		rootId: text('root_id').notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [
		primaryKey({ columns: [t.accountId, t.articleId, t.rootId] }),
		index('follows_subject').on(t.articleId, t.rootId)
	]
);

/** People whose comments an account wants folded, for itself only. */
export const mutes = table(
	'mutes',
	{
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		mutedId: text('muted_id')
			.notNull()
			.references(() => accounts.id),
		createdAt: time('created_at').notNull()
	},
	(t) => [primaryKey({ columns: [t.accountId, t.mutedId] })]
);

/**
 * What an account is told: one row for each comment that concerns it, for its strongest reason; or a
 * statement, or what became of a problem.
 */
export const notifications = table(
	'notifications',
	{
		id: text('id').primaryKey(),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		kind: text('kind').$type<NotificationKind>().notNull(),
		commentId: text('comment_id').references(() => comments.id),
		statementId: text('statement_id').references(() => statements.id),
		problemId: text('problem_id').references(() => problems.id),
		createdAt: time('created_at').notNull(),
		readAt: time('read_at')
	},
	(t) => [
		uniqueIndex('notifications_once').on(t.accountId, t.commentId),
		index('notifications_account').on(t.accountId, t.id),
		index('notifications_unread')
			.on(t.accountId)
			.where(sql`read_at is null`),
		index('notifications_comment').on(t.commentId)
	]
);

/**
 * What readers say is wrong with a comment: once for each person and comment. Illegal content can be
 * reported by anyone, by name and address.
 */
export const reports = table(
	'reports',
	{
		id: text('id').primaryKey(),
		commentId: text('comment_id')
			.notNull()
			.references(() => comments.id),
		/** The revision that was seen. */
		revision: integer('revision').notNull(),
		/** Null for somebody without an account. */
		accountId: text('account_id').references(() => accounts.id),
		guestName: text('guest_name'),
		guestEmail: text('guest_email'),
		reason: text('reason').$type<ReportReason>().notNull(),
		/** What the reader adds. */
		note: text('note').notNull().default(''),
		/** Of illegal content: which law, as the reader says. */
		law: text('law').notNull().default(''),
		/** What it weighs, in hundredths of a reader's whose reports are as good as any. */
		weight: integer('weight').notNull().default(100),
		/** SHA-256 of the secret in the address at which somebody without an account learns the outcome. */
		secretHash: text('secret_hash').unique(),
		createdAt: time('created_at').notNull(),
		/** When a moderator looked at it; null while nobody has. */
		settledAt: time('settled_at'),
		settledBy: text('settled_by').references(() => accounts.id),
		/** What the moderator found; null as well when the author took the comment down. */
		outcome: text('outcome').$type<ReportOutcome>()
	},
	(t) => [
		uniqueIndex('reports_once').on(t.commentId, t.accountId),
		index('reports_account').on(t.accountId, t.id),
		index('reports_open')
			.on(t.commentId, t.id)
			.where(sql`settled_at is null`)
	]
);

/** The log of acts of staff: append-only (triggers refuse changes), exactly one subject a row. */
export const actions = table(
	'actions',
	{
		id: text('id').primaryKey(),
		kind: text('kind').$type<ActionKind>().notNull(),
		/** Null when the software or the operator's command line did it. */
		actorId: text('actor_id').references(() => accounts.id),
		commentId: text('comment_id').references(() => comments.id),
		articleId: text('article_id').references(() => articles.id),
		accountId: text('account_id').references(() => accounts.id),
		problemId: text('problem_id').references(() => problems.id),
		/** The article that the subject belongs to, whatever the subject is. */
		inArticleId: text('in_article_id').references(() => articles.id),
		/** The kind of reason, where the act restricts something. */
		ground: text('ground').$type<Ground>(),
		/** The act that this one takes back. */
		reverses: text('reverses').references((): AnyPgColumn => actions.id),
		reason: text('reason').notNull().default(''),
		/** What changed, e.g. `{"from": "open", "to": "disabled"}`. */
		details: json('details').$type<Record<string, string | null>>().notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [
		index('actions_comment').on(t.commentId),
		index('actions_article').on(t.articleId),
		index('actions_account').on(t.accountId),
		index('actions_kind').on(t.kind, t.id),
		index('actions_in_article').on(t.inArticleId, t.id),
		index('actions_reverses')
			.on(t.reverses)
			.where(sql`reverses is not null`)
	]
);

/** What screening found in a text of a comment: every reason, of every phase. */
export const screenings = table(
	'screenings',
	{
		commentId: text('comment_id')
			.notNull()
			.references(() => comments.id),
		revision: integer('revision').notNull(),
		phase: text('phase').$type<PhaseName>().notNull(),
		verdict: text('verdict').$type<Verdict>().notNull(),
		/** What it weighs in the expected harm. */
		harm: integer('harm').notNull(),
		/** The finding in words, for moderators and the author. */
		words: text('words').notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [primaryKey({ columns: [t.commentId, t.revision, t.phase] })]
);

/** Who looks at what in the queue, so that nobody else does the same. */
export const claims = table(
	'claims',
	{
		/** `comment:ID`, `appeal:ID`, `problem:ID` */
		subject: text('subject').primaryKey(),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		/** When the looking began. */
		claimedAt: time('claimed_at').notNull(),
		/** When the claim gives way, unless it is renewed. */
		expiresAt: time('expires_at').notNull()
	},
	(t) => [index('claims_account').on(t.accountId)]
);

/** How long each decision took, from looking to deciding. */
export const decisionTimes = table(
	'decision_times',
	{
		actionId: text('action_id')
			.primaryKey()
			.references(() => actions.id),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		seconds: integer('seconds').notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [index('decision_times_created').on(t.createdAt)]
);

/** Warnings, required approval, suspensions and bans: who, when, why, until when. */
export const sanctions = table(
	'sanctions',
	{
		id: text('id').primaryKey(),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		kind: text('kind').$type<SanctionKind>().notNull(),
		ground: text('ground').$type<Ground>().notNull(),
		reason: text('reason').notNull().default(''),
		actorId: text('actor_id').references(() => accounts.id),
		createdAt: time('created_at').notNull(),
		until: time('until'),
		/** Of a warning: when the person acknowledged it. */
		acknowledgedAt: time('acknowledged_at'),
		/** When it was lifted before its time. */
		endedAt: time('ended_at'),
		endedBy: text('ended_by').references(() => accounts.id)
	},
	(t) => [index('sanctions_account').on(t.accountId, t.id)]
);

/** What moderators note about a person, for each other. */
export const accountNotes = table(
	'account_notes',
	{
		id: text('id').primaryKey(),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		actorId: text('actor_id').references(() => accounts.id),
		note: text('note').notNull(),
		createdAt: time('created_at').notNull()
	},
	(t) => [index('account_notes_account').on(t.accountId, t.id)]
);

/** What a person is told of a restriction: what, which rule or law, whether automatic. */
export const statements = table(
	'statements',
	{
		id: text('id').primaryKey(),
		/** Whom it is about and for. */
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		restriction: text('restriction').$type<Restriction>().notNull(),
		/** The act that restricted. */
		actionId: text('action_id')
			.notNull()
			.references(() => actions.id),
		commentId: text('comment_id').references(() => comments.id),
		sanctionId: text('sanction_id').references(() => sanctions.id),
		ground: text('ground').$type<Ground>().notNull(),
		/** Of illegal content: which law. */
		law: text('law').notNull().default(''),
		reason: text('reason').notNull().default(''),
		/** Decided by the software. */
		automatic: boolean('automatic').notNull().default(false),
		until: time('until'),
		createdAt: time('created_at').notNull()
	},
	(t) => [
		index('statements_account').on(t.accountId, t.id),
		index('statements_comment').on(t.commentId),
		uniqueIndex('statements_action').on(t.actionId, t.accountId)
	]
);

/** Objections to a statement: one for each. */
export const appeals = table(
	'appeals',
	{
		id: text('id').primaryKey(),
		statementId: text('statement_id')
			.notNull()
			.unique()
			.references(() => statements.id),
		accountId: text('account_id')
			.notNull()
			.references(() => accounts.id),
		words: text('words').notNull(),
		createdAt: time('created_at').notNull(),
		decidedAt: time('decided_at'),
		decidedBy: text('decided_by').references(() => accounts.id),
		outcome: text('outcome').$type<AppealOutcome>(),
		/** What the person is told. */
		answer: text('answer').notNull().default('')
	},
	(t) => [
		index('appeals_open')
			.on(t.id)
			.where(sql`decided_at is null`)
	]
);

/** What readers say is wrong with an article. */
export const problems = table(
	'problems',
	{
		id: text('id').primaryKey(),
		articleId: text('article_id')
			.notNull()
			.references(() => articles.id),
		/** The version of the article that was seen. */
		version: integer('version').notNull(),
		/** The words that it is about; '' for the article as a whole. */
		passage: text('passage').notNull().default(''),
		/** The key of the paragraph that they begin in. */
		passageKey: text('passage_key'),
		kind: text('kind').$type<ProblemKind>().notNull(),
		/** What is wrong, as the reader says. */
		words: text('words').notNull(),
		/** Null for somebody without an account. */
		accountId: text('account_id').references(() => accounts.id),
		guestEmail: text('guest_email'),
		/** The comment that it was made from. */
		commentId: text('comment_id').references(() => comments.id),
		status: text('status').$type<ProblemStatus>().notNull().default('received'),
		/** What the sender is told. */
		answer: text('answer').notNull().default(''),
		/** SHA-256 of the secret in the address at which somebody without an account learns the outcome. */
		secretHash: text('secret_hash').unique(),
		createdAt: time('created_at').notNull(),
		/** When it was corrected or found to be no error. */
		decidedAt: time('decided_at'),
		decidedBy: text('decided_by').references(() => accounts.id)
	},
	(t) => [
		index('problems_open')
			.on(t.id)
			.where(sql`decided_at is null`),
		index('problems_article').on(t.articleId, t.id),
		index('problems_account').on(t.accountId, t.id)
	]
);

/** Correction notes, as they stand on an article. */
export const corrections = table(
	'corrections',
	{
		id: text('id').primaryKey(),
		articleId: text('article_id')
			.notNull()
			.references(() => articles.id),
		note: text('note').notNull(),
		/** The problem that led to it. */
		problemId: text('problem_id').references(() => problems.id),
		actorId: text('actor_id').references(() => accounts.id),
		createdAt: time('created_at').notNull()
	},
	(t) => [index('corrections_article').on(t.articleId, t.id)]
);

/** Mail that is to go out, until it has. */
export const mails = table(
	'mails',
	{
		id: text('id').primaryKey(),
		recipient: text('recipient').notNull(),
		subject: text('subject').notNull(),
		text: text('text').notNull(),
		html: text('html').notNull(),
		/** Where one click ends this kind of mail; '' for mail that cannot be ended. */
		unsubscribeUrl: text('unsubscribe_url').notNull().default(''),
		createdAt: time('created_at').notNull(),
		attempts: integer('attempts').notNull().default(0),
		/** When it is tried next; also until when a worker has it. */
		nextAt: time('next_at').notNull(),
		sentAt: time('sent_at'),
		/** When it was given up. */
		failedAt: time('failed_at'),
		lastError: text('last_error').notNull().default('')
	},
	(t) => [
		index('mails_due')
			.on(t.nextAt)
			.where(sql`sent_at is null and failed_at is null`)
	]
);

/** Which record of which source became which row, so that importing twice changes nothing. */
export const origins = table(
	'origins',
	{
		source: text('source').notNull(),
		type: text('type').notNull(),
		externalId: text('external_id').notNull(),
		internalId: text('internal_id').notNull()
	},
	(t) => [primaryKey({ columns: [t.source, t.type, t.externalId] })]
);
