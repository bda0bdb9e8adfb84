import * as v from 'valibot';
import { ROLES } from '../actor.ts';
import { COMMENTING_STATES } from '../articles/commenting-states.ts';
import { COMMENT_STATUSES } from '../comments/statuses.ts';
import { GROUNDS } from '../moderation/grounds.ts';
import { REPORT_OUTCOMES } from '../moderation/outcomes.ts';
import { REPORT_REASONS } from '../moderation/report-reasons.ts';
import { NOTIFICATION_KINDS } from '../notifications/kinds.ts';
import { CARRIED, schemaOf, type CarriedType } from './carried.ts';
import * as native from './native.ts';
import { count, fields, list, name, oneOf, text, time, wholeNumber, yes } from './values.ts';

const head = { id: name };
const bodyFormat = v.optional(oneOf(['markdown', 'html']));

const byline = fields({ name, role: v.optional(text), bio: v.optional(text) });
const guest = fields({ name: v.optional(text), email: v.optional(text) });

/** Text is an id, an object is a person. */
function idOr<const Person extends v.GenericSchema>(person: Person) {
	return v.lazy((input) =>
		typeof input === 'object' ? person : v.string('is no id and no person')
	);
}

const carriedRecords = Object.fromEntries(
	Object.entries(CARRIED).map(([type, carried]) => [type, schemaOf(carried)])
) as Record<CarriedType, ReturnType<typeof schemaOf>>;

/** The fields of every kind of record; what an entry does not require may be absent. */
export const RECORDS = {
	site: fields({
		id: v.optional(name),
		source_id: v.optional(name),
		name: v.optional(text),
		url: v.optional(text),
		exported_at: v.optional(time),
		software: v.optional(text),
		format: v.optional(wholeNumber),
		afterword: v.optional(native.site)
	}),
	category: fields({
		...head,
		name,
		slug: v.optional(text),
		description: v.optional(text),
		created_at: v.optional(time)
	}),
	byline: fields({
		...head,
		name,
		slug: v.optional(text),
		role: v.optional(text),
		bio: v.optional(text),
		account: v.optional(name),
		created_at: v.optional(time)
	}),
	account: fields({
		...head,
		name,
		email: v.optional(text),
		password_hash: v.optional(native.passwordHash),
		role: v.optional(oneOf(ROLES)),
		created_at: v.optional(time),
		bio: v.optional(text),
		suspended_until: v.optional(time),
		banned: v.optional(yes),
		afterword: v.optional(native.account)
	}),
	article: fields({
		...head,
		title: name,
		body: text,
		body_format: bodyFormat,
		slug: v.optional(text),
		standfirst: v.optional(text),
		category: v.optional(name),
		author: v.optional(idOr(byline)),
		source: v.optional(fields({ name: v.optional(text), url: v.optional(text) })),
		image: v.optional(
			fields({ url: v.optional(text), alt: v.optional(text), credit: v.optional(text) })
		),
		url: v.optional(text),
		published_at: v.optional(time),
		updated_at: v.optional(time),
		commenting: v.optional(oneOf(COMMENTING_STATES)),
		afterword: v.optional(native.article)
	}),
	comment: fields({
		...head,
		article: name,
		body: text,
		body_format: bodyFormat,
		parent: v.optional(name),
		author: v.optional(idOr(guest)),
		created_at: v.optional(time),
		edited_at: v.optional(time),
		status: v.optional(oneOf(COMMENT_STATUSES)),
		score: v.optional(wholeNumber),
		revisions: v.optional(
			list(
				fields({
					body: text,
					body_format: bodyFormat,
					created_at: v.optional(time),
					afterword: v.optional(native.revision)
				})
			)
		),
		afterword: v.optional(native.comment)
	}),
	vote: fields({ ...head, comment: name, account: name, created_at: v.optional(time) }),
	follow: fields({
		...head,
		account: name,
		article: name,
		thread: v.optional(name),
		created_at: v.optional(time)
	}),
	mute: fields({ ...head, account: name, muted: name, created_at: v.optional(time) }),
	notification: fields({
		...head,
		account: name,
		comment: v.optional(name),
		statement: v.optional(name),
		problem: v.optional(name),
		kind: oneOf(NOTIFICATION_KINDS),
		created_at: v.optional(time),
		read_at: v.optional(time)
	}),
	report: fields({
		...head,
		comment: name,
		account: v.optional(name),
		guest_name: v.optional(text),
		guest_email: v.optional(text),
		revision: v.optional(count),
		reason: oneOf(REPORT_REASONS),
		note: v.optional(text),
		law: v.optional(text),
		created_at: v.optional(time),
		settled_at: v.optional(time),
		settled_by: v.optional(name),
		outcome: v.optional(oneOf(REPORT_OUTCOMES)),
		afterword: v.optional(native.report)
	}),
	action: fields({
		...head,
		kind: oneOf(native.actionKinds),
		actor: v.optional(name),
		comment: v.optional(name),
		article: v.optional(name),
		account: v.optional(name),
		problem: v.optional(name),
		in_article: v.optional(name),
		ground: v.optional(oneOf(GROUNDS)),
		reverses: v.optional(name),
		reason: v.optional(text),
		details: v.optional(v.record(v.string(), v.nullable(text), 'is not an object')),
		created_at: time
	}),
	commenting_state: fields({
		...head,
		article: name,
		state: oneOf(COMMENTING_STATES),
		reason: v.optional(text),
		note: v.optional(text),
		actor: v.optional(name),
		created_at: time,
		until: v.optional(time)
	}),
	article_version: fields({
		...head,
		article: name,
		version: count,
		title: text,
		standfirst: text,
		body: text,
		replaced_at: time
	}),
	quote: native.quote,
	origin: native.origin,
	...carriedRecords
};

/** The kinds of records. */
export type RecordType = keyof typeof RECORDS;
/** A record of one kind, its times read. */
export type RecordOf<Type extends RecordType> = v.InferOutput<(typeof RECORDS)[Type]>;
/** A record with its kind. */
export type AnyRecord = {
	[Type in RecordType]: { type: Type; fields: RecordOf<Type> };
}[RecordType];

/** Kinds that only our own export writes: they say nothing without the rows they belong to. */
export const NATIVE_ONLY: readonly RecordType[] = [
	...(['quote', 'origin', 'article_version'] as const),
	...(Object.keys(CARRIED) as CarriedType[])
];
