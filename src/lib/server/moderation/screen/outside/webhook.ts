import { createHmac } from 'node:crypto';
import * as v from 'valibot';
import { now } from '../../../clock.ts';
import { OutsideAnswer } from './answer.ts';
import type { Question } from './question.ts';
import { ask } from './request.ts';

/** A webhook of the newsroom's own, and what its questions are signed with. */
export interface Webhook {
	url: string;
	secret: string;
}

/** The signature of a body that was sent at a time (in Unix seconds): HMAC-SHA256 of `TIME.BODY` in hex. */
export function sign(secret: string, time: number, body: string): string {
	return createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
}

/** The answer of a webhook; errors say nothing of what it holds, which may be people's words. */
function read(text: string): OutsideAnswer {
	let answer: unknown;
	try {
		answer = JSON.parse(text);
	} catch {
		throw new Error('The answer is not JSON.');
	}
	if (!v.is(OutsideAnswer, answer)) throw new Error('The answer is not a verdict.');
	return answer;
}

/** Asks a webhook about a comment. @throws {Error} when it does not answer in time, or not as it should */
export async function askWebhook(
	{ url, secret }: Webhook,
	question: Question,
	signal?: AbortSignal
): Promise<OutsideAnswer> {
	const body = JSON.stringify(question);
	const time = Math.floor(now().getTime() / 1000);
	const headers = {
		'content-type': 'application/json',
		'x-afterword-signature': `t=${time},v1=${sign(secret, time, body)}`
	};
	return read(await ask({ url, headers, body }, signal));
}
