import { getTableColumns } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import * as v from 'valibot';
import {
	accountNotes,
	appeals,
	authenticators,
	corrections,
	identities,
	passkeys,
	pictures,
	previousNames,
	problems,
	recoveryCodes,
	sanctions,
	screenings,
	securityEvents,
	settings,
	statements
} from '../database/schema.ts';
import { isId } from '../ids.ts';
import { GROUNDS } from '../moderation/grounds.ts';
import { APPEAL_OUTCOMES } from '../moderation/outcomes.ts';
import { RESTRICTIONS, SANCTION_KINDS } from '../moderation/restrictions.ts';
import { PHASES, VERDICTS } from '../moderation/screen/verdicts.ts';
import { PROBLEM_KINDS, PROBLEM_STATUSES } from '../problems/kinds.ts';
import { SECURITY_EVENT_KINDS } from '../security/kinds.ts';
import type { KnownType } from './known.ts';
import { count, fields, name, oneOf, text, time, yes } from './values.ts';

/** A table that our own export carries column by column, because nobody else's software has the like. */
export interface Carried {
	table: PgTable;
	/** The columns of its key. */
	key: string[];
	/** The columns that name a row of another kind of record. */
	refers: Readonly<Record<string, KnownType>>;
	/** The columns that hold one of some words. */
	words: Readonly<Record<string, readonly string[]>>;
	/** Its ids are not of our making: hashes, or what a device made. */
	otherIds?: boolean;
}

const ID = ['id'];
const OF_ACCOUNT = { accountId: 'account' } as const;

/** The tables that are carried, by the kind of their records, each after what it refers to. */
export const CARRIED = {
	setting: { table: settings, key: ID, refers: { actorId: 'account' }, words: {} },
	sanction: {
		table: sanctions,
		key: ID,
		refers: { accountId: 'account', actorId: 'account', endedBy: 'account' },
		words: { kind: SANCTION_KINDS, ground: GROUNDS }
	},
	account_note: {
		table: accountNotes,
		key: ID,
		refers: { accountId: 'account', actorId: 'account' },
		words: {}
	},
	problem: {
		table: problems,
		key: ID,
		refers: {
			...{ articleId: 'article', accountId: 'account' },
			...{ commentId: 'comment', decidedBy: 'account' }
		},
		words: { kind: PROBLEM_KINDS, status: PROBLEM_STATUSES }
	},
	correction: {
		table: corrections,
		key: ID,
		refers: { articleId: 'article', problemId: 'problem', actorId: 'account' },
		words: {}
	},
	screening: {
		table: screenings,
		key: ['commentId', 'revision', 'phase'],
		refers: { commentId: 'comment' },
		words: { phase: PHASES, verdict: VERDICTS }
	},
	statement: {
		table: statements,
		key: ID,
		refers: {
			...{ accountId: 'account', actionId: 'action' },
			...{ commentId: 'comment', sanctionId: 'sanction' }
		},
		words: { restriction: RESTRICTIONS, ground: GROUNDS }
	},
	appeal: {
		table: appeals,
		key: ID,
		refers: { statementId: 'statement', accountId: 'account', decidedBy: 'account' },
		words: { outcome: APPEAL_OUTCOMES }
	},
	previous_name: { table: previousNames, key: ['nameKey'], refers: OF_ACCOUNT, words: {} },
	picture: { table: pictures, key: ID, refers: {}, words: {}, otherIds: true },
	passkey: { table: passkeys, key: ID, refers: OF_ACCOUNT, words: {}, otherIds: true },
	authenticator: { table: authenticators, key: ['accountId'], refers: OF_ACCOUNT, words: {} },
	recovery_code: { table: recoveryCodes, key: ID, refers: OF_ACCOUNT, words: {}, otherIds: true },
	identity: { table: identities, key: ['provider', 'subject'], refers: OF_ACCOUNT, words: {} },
	security_event: {
		table: securityEvents,
		key: ID,
		refers: { accountId: 'account', actorId: 'account' },
		words: { kind: SECURITY_EVENT_KINDS }
	}
} as const satisfies Record<string, Carried>;

/** The kinds of records that are carried. */
export type CarriedType = keyof typeof CARRIED;
/** A record of such a kind, its times read. */
export type CarriedFields = { id: string } & Record<string, unknown>;

/** The columns of a carried table, each with the field that has it: `account` for `account_id`. */
export function columnsOf({ table }: Pick<Carried, 'table'>): [column: string, field: string][] {
	const columns: [string, PgColumn][] = Object.entries(getTableColumns(table));
	return columns.map(([column, { name: stored }]) => [column, stored.replace(/_id$/, '')]);
}

const BY_KIND = { string: text, number: count, boolean: yes, date: time, json: v.any() } as const;

function valueOf(carried: Carried, column: string, { dataType }: PgColumn): v.GenericSchema {
	if (column === 'id' && !carried.otherIds) {
		return v.pipe(
			text,
			v.check((value) => isId(value), 'is no id of Afterword')
		);
	}
	const words = carried.words[column];
	if (words) return oneOf(words);
	return carried.refers[column] ? name : BY_KIND[dataType as keyof typeof BY_KIND];
}

/** What a record of a carried table must be: what its columns are. */
export function schemaOf(
	carried: Carried
): v.ObjectSchema<v.ObjectEntries, string> & v.GenericSchema<unknown, CarriedFields> {
	const columns: Record<string, PgColumn> = getTableColumns(carried.table);
	const entries = columnsOf(carried).map(([column, field]) => {
		const value = valueOf(carried, column, columns[column]);
		const isNeeded = columns[column].notNull && !columns[column].hasDefault;
		return [field, isNeeded ? value : v.optional(value)] as const;
	});
	return fields({ id: name, ...Object.fromEntries(entries) }) as never;
}
