import { randomInt } from 'node:crypto';
import { ROLES, type Role } from '../lib/server/actor.ts';
import * as passwords from '../lib/server/accounts/passwords/passwords.ts';
import { now } from '../lib/server/clock.ts';
import type { Database } from '../lib/server/database/database.ts';
import { conflict } from '../lib/server/refusal.ts';
import { importLines } from '../lib/server/transfer/import.ts';
import { isUnused } from '../lib/server/transfer/into/site.ts';
import type { Line } from '../lib/server/transfer/lines.ts';
import { inOneTransaction } from '../lib/server/transfer/one-transaction.ts';
import { demo } from './content.ts';
import { demoRecords, emailOf, staff } from './records.ts';

/** How to sign in as somebody of the demo. */
export interface SignIn {
	role: Role;
	name: string;
	email: string;
	password: string;
}

/** What the demo made. */
export interface DemoReport {
	name: string;
	articles: number;
	comments: number;
	sign_ins: SignIn[];
}

// Letters and digits that nobody takes for each other: 20 of 31 are worth 99 bits.
const PASSWORD_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const PASSWORD_LENGTH = 20;

function newPassword(): string {
	const letters = Array.from({ length: PASSWORD_LENGTH }, () => randomInt(PASSWORD_LETTERS.length));
	const text = letters.map((at) => PASSWORD_LETTERS[at]).join('');
	return text.replace(/(.{5})(?=.)/g, '$1-');
}

async function* linesOf(records: Iterable<object>): AsyncGenerator<Line> {
	let number = 0;
	for (const record of records) yield { number: ++number, text: JSON.stringify(record) };
}

/**
 * Fills an empty database with the demo newsroom, whole or not at all.
 * @returns what was made, with passwords that are known from nowhere else.
 * @throws {Refusal} 409 when the database is not empty.
 */
export async function loadDemo(db: Database): Promise<DemoReport> {
	if (!(await isUnused(db.read))) {
		throw conflict(
			'not-empty',
			'The demo goes into an empty database only, and this one has accounts or articles already.'
		);
	}
	const signIns = ROLES.map((role) => ({ role, person: staff(role), password: newPassword() }));
	const hashes = new Map<string, string>();
	for (const { person, password } of signIns) {
		hashes.set(person.key, await passwords.hash(password));
	}
	const report = await inOneTransaction(db, { keep: true }, (within) =>
		importLines(within, linesOf(demoRecords(hashes, now())), { strict: true })
	);
	return {
		name: demo.name,
		articles: report.articles,
		comments: report.comments,
		sign_ins: signIns.map(({ role, person, password }) => {
			return { role, name: person.name, email: emailOf(person), password };
		})
	};
}
