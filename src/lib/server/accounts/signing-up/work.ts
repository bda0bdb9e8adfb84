import { createChallenge, randomInt, verifySolution, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Actor } from '../../actor.ts';
import { now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import * as limits from '../../limits/limits.ts';
import { network } from '../../limits/network.ts';
import { invalid } from '../../refusal.ts';
import * as challenges from '../links/challenges.ts';
import { newSecret } from '../secrets.ts';
import * as guard from './sign-up-guard.ts';

// Some seconds of a phone, about one of a desk; checking it costs one of its hundreds of steps.
const ALGORITHM = 'PBKDF2/SHA-256';
const STEP_COST = 5_000;
const FEWEST_STEPS = 250;
const MOST_STEPS = 500;
/** Somebody may take their time over the form. */
const MINUTES = 60;
const ANSWER = /^([0-9a-f]{32})\.(\d{1,4})\.([0-9a-f]{64})$/;

/** What a browser is given to do: from 0 up to `most`, which number makes a key that begins so? */
export interface Task {
	nonce: string;
	salt: string;
	cost: number;
	prefix: string;
	most: number;
}

interface Kept extends Record<string, unknown> {
	challenge: Challenge;
	secret: string;
}

/**
 * Gives a task, which may be answered once and within an hour.
 * @throws {Refusal} 429.
 */
export async function give(db: Database, { address }: Actor): Promise<Task> {
	const secret = newSecret();
	const challenge = await createChallenge({
		...{ algorithm: ALGORITHM, cost: STEP_COST, deriveKey, hmacSignatureSecret: secret },
		counter: randomInt(FEWEST_STEPS, MOST_STEPS),
		expiresAt: new Date(now().getTime() + MINUTES * 60_000)
	});
	const { nonce, salt, cost, keyPrefix: prefix } = challenge.parameters;
	const data: Kept = { challenge, secret };
	await db.write(async (tx) => {
		const subject = { network: address === null ? null : network(address) };
		await limits.takeFor(tx, limits.work, subject);
		await challenges.begin(tx, { kind: 'work', data, minutes: MINUTES, secret: nonce });
	});
	return { nonce, salt, cost, prefix, most: MOST_STEPS };
}

async function isDone(db: Database, answer: string): Promise<boolean> {
	const [, nonce, counter, derivedKey] = ANSWER.exec(answer) ?? [];
	if (nonce === undefined) return false;
	const pending = await db.write((tx) => challenges.take(tx, 'work', nonce));
	if (!pending) return false;
	const { challenge, secret } = pending.data as Kept;
	const solution = { counter: Number(counter), derivedKey };
	const asked = { challenge, solution, deriveKey, hmacSignatureSecret: secret };
	return (await verifySolution(asked)).verified;
}

/**
 * Asks for the work while the guard is up; an answer is worth something once.
 * @param answer `NONCE.NUMBER.KEY`, as our script writes it.
 * @throws {Refusal} 422 where it is missing or wrong.
 */
export async function requireWork(db: Database, actor: Actor, answer: string): Promise<void> {
	if (!(await guard.isUp(db.read, actor)) || (await isDone(db, answer))) return;
	throw invalid(
		'work-first',
		'Very many people are signing up just now, so your browser has to compute something first. That needs JavaScript: please try again with it, or come back later.'
	);
}
