import * as v from 'valibot';
import { MAIL_PACES } from '../accounts/addresses/mail-paces.ts';
import { isReadable } from '../accounts/passwords/passwords.ts';
import { COMMENTING_STATES } from '../articles/commenting-states.ts';
import { SLOW_MODES } from '../articles/slow-modes.ts';
import type { Segment } from '../comments/body.ts';
import { isId } from '../ids.ts';
import { GROUNDS } from '../moderation/grounds.ts';
import { ACTION_KINDS } from '../moderation/kinds.ts';
import { QUOTE_MATCHES } from '../quotes/matches.ts';
import { count, fields, list, name, oneOf, text, time, yes } from './values.ts';

/** What the `site` record of our own export says of itself. */
export const SOFTWARE = 'afterword';
/** The version of what stands under `afterword` in each record. */
export const FORMAT = 1;

/** Every act that the log keeps. */
export const actionKinds = ACTION_KINDS;

/** Nothing but argon2id in PHC form can be checked at sign-in. */
export const passwordHash = v.pipe(
	text,
	v.check(isReadable, 'is not an argon2id hash in PHC form')
);

const id = v.pipe(
	text,
	v.check((value) => isId(value), 'is no id of Afterword')
);

/** A stored body: what the writer wrote, with a reference where each quote stands. */
const body = list(
	v.lazy((input) =>
		typeof input === 'object' && input !== null && 'quote' in input
			? fields({ quote: id })
			: fields({ text })
	) as v.GenericSchema<unknown, Segment>
);

const minute = v.pipe(count, v.maxValue(1440, 'is no minute of a day'));
const openHours = fields({
	zone: name,
	days: v.pipe(
		list(v.nullable(v.tuple([minute, minute], 'is no span of minutes'))),
		v.length(7, 'is no week')
	)
});

/** The columns of each table that the documented fields do not carry. */
export const site = fields({ created_at: time, revision: count });
export const account = fields({
	banned_at: v.optional(time),
	approval_required_at: v.optional(time),
	warning: v.optional(id),
	moderates: v.optional(list(id)),
	reports_upheld: v.optional(count, 0),
	reports_dismissed: v.optional(count, 0),
	email_confirmed_at: v.optional(time),
	renamed_at: v.optional(time),
	picture: v.optional(text),
	deletes_at: v.optional(time),
	deletes_comments: v.optional(yes, false),
	deleted_at: v.optional(time),
	mails_answers: v.optional(oneOf(MAIL_PACES)),
	mails_followed: v.optional(oneOf(MAIL_PACES)),
	mailed_at: v.optional(time),
	revision: count
});
export const article = fields({
	created_at: time,
	draft: v.optional(yes),
	version: count,
	commenting: oneOf(COMMENTING_STATES),
	commenting_until: v.optional(time),
	commenting_then: v.optional(oneOf(COMMENTING_STATES)),
	slow_mode: v.optional(oneOf(SLOW_MODES), 'off'),
	slow_seconds: v.optional(count, 0),
	close_after_days: v.optional(count),
	close_after_silent_days: v.optional(count),
	open_hours: v.optional(openHours),
	message: v.optional(text, ''),
	author_here: v.optional(yes, false),
	staff_may_speak: v.optional(yes, false),
	revision: count
});
export const comment = fields({
	body,
	placed: yes,
	revision: count,
	imported_score: count,
	idempotency_key: v.optional(text),
	posted_hash: v.optional(text),
	changed_in: v.optional(count),
	harm: v.optional(count, 0),
	report_weight: v.optional(count, 0),
	folded_at: v.optional(time),
	unreviewed: v.optional(yes, false),
	text_key: v.optional(text),
	ground: v.optional(oneOf(GROUNDS)),
	picked_at: v.optional(time),
	by_author: v.optional(yes, false)
});
export const report = fields({ weight: v.optional(count, 100), secret_hash: v.optional(text) });
export const revision = fields({ revision: count, body });
export const quote = fields({
	id,
	comment: name,
	outer: v.optional(id),
	source_comment: v.optional(name),
	source_article: v.optional(name),
	source_revision: v.optional(count),
	said_by: text,
	match: oneOf(QUOTE_MATCHES),
	passage: v.optional(text),
	standing: v.optional(yes, true),
	body
});
export const origin = fields({
	id: name,
	source: name,
	of: name,
	external_id: name,
	internal_id: id
});
