import { requireRole } from '#lib/server/actor.ts';
import type { correct } from '#lib/server/problems/desk.ts';
import type { SentProblem } from '#lib/server/problems/own.ts';
import * as problems from '#lib/server/problems/problems.ts';
import type { OpenProblem } from '#lib/server/problems/problems.ts';
import type { RequestEvent } from '@sveltejs/kit';
import { readBody } from './body.ts';
import { endpoint, originOf } from './endpoint.ts';
import { answer } from './json.ts';
import { asPerson } from './people.ts';
import { schemas, type Shape } from './schemas.ts';

/** The address of a problem in the API. @param secret what opens it for somebody without an account */
export function addressOf(id: string, secret: string | null = null): string {
	return `/api/v1/problems/${id}${secret === null ? '' : `?key=${secret}`}`;
}

/**
 * A problem as the API answers its sender.
 * @param origin what its addresses begin with
 * @param secret what opens its page for somebody without an account
 */
export function asSent(
	origin: string,
	problem: SentProblem,
	secret: string | null
): Shape<'SentProblem'> {
	const { id, kind, status, words, passage, at, article, decidedAt, answer: said } = problem;
	return {
		...{ id, kind, status, words, passage, answer: said, correction: problem.note },
		url: origin + problem.url + (secret === null ? '' : `?key=${secret}`),
		article: article && article.slug,
		created_at: at.toISOString(),
		decided_at: decidedAt?.toISOString() ?? null
	};
}

/** A problem as the API answers the desk. @param origin what its addresses begin with */
export function asOpen(origin: string, problem: OpenProblem): Shape<'ArticleProblem'> {
	const { id, kind, status, words, passage, at, version, context, stands, alike } = problem;
	return {
		...{ id, kind, status, words, passage, alike, stands },
		article: problem.article.slug,
		version: version.number,
		paragraph: context && context.before + context.marked + context.after,
		sender: asPerson(origin, problem.sender),
		comment: problem.comment && origin + problem.comment.url,
		created_at: at.toISOString()
	};
}

type Event = Pick<RequestEvent<{ id: string }>, 'locals' | 'params' | 'request' | 'route'>;

/** The handler of an editor's verb: takes answer and note, answers with the problem as it is then. */
export function decision(decide: typeof correct) {
	return endpoint(async ({ locals: { db, actor }, params: { id }, request }: Event) => {
		requireRole(actor, 'editor');
		const said = await readBody(request, schemas.ProblemDecision);
		await decide(db, actor, { ...said, id });
		const problem = await problems.read(db, actor, id);
		return answer('ArticleProblem', asOpen(originOf(request), problem));
	});
}
