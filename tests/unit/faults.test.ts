import { DrizzleQueryError } from 'drizzle-orm/errors';
import { describe, expect, it } from 'vitest';
import { stackOf } from '#lib/server/faults.ts';

describe('what the log says about a fault', () => {
	it('is where it happened', () => {
		expect(stackOf(new TypeError('no such thing'))).toMatch(
			/^TypeError: no such thing\n {4}at .*faults\.test/
		);
	});

	it('leaves out what was written when a query failed', () => {
		const words = 'somebody@example.org,\n    at all\nparams: secret';
		const cause = new Error('database or disk is full');
		const stack = stackOf(new DrizzleQueryError('insert into comments values (?)', [words], cause));
		expect(stack).toMatch(
			/^Error: database or disk is full\n {4}in insert into comments values \(\?\)\n {4}at /
		);
		expect(stack).toContain('faults.test');
		for (const word of ['somebody', 'at all', 'secret', 'params'])
			expect(stack).not.toContain(word);
	});

	it.each(['a secret', { secret: true }, null, undefined, 1])(
		'says no more than the kind of %o',
		(thrown) => {
			expect(stackOf(thrown)).toBe(`thrown: ${typeof thrown}`);
		}
	);
});
