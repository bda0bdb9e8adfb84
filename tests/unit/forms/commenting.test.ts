import { describe, expect, test } from 'vitest';
import { readCommenting, readTime } from '#lib/forms/commenting.ts';

describe('a time from a form', () => {
	test.each([
		['', null],
		['2026-07-29T14:05', '2026-07-29T14:05:00.000Z'],
		['2026-07-29T14:05:30', '2026-07-29T14:05:30.000Z'],
		['2026-07-29T14:05:00+02:00', '2026-07-29T12:05:00.000Z'],
		['2026-07-29', '2026-07-29T00:00:00.000Z']
	])('%j is %j', (text, iso) => {
		expect(readTime(text, 'until')?.toISOString() ?? null).toBe(iso);
	});

	test.each(['tomorrow', '2026-13-01T00:00', '2026-07-29T25:00'])('%j is refused', (text) => {
		expect(() => readTime(text, 'until')).toThrow(
			expect.objectContaining({ status: 422, code: 'bad-time', details: { field: 'until' } })
		);
	});
});

test('a comment state must be one that there is', () => {
	const form = {
		state: 'disabled',
		reason: 'It had run its course.',
		note: 'Thank you.',
		until: ''
	};
	expect(readCommenting(form)).toEqual({
		state: 'disabled',
		reason: 'It had run its course.',
		note: 'Thank you.',
		until: null
	});
	for (const state of ['', 'closed', 'constructor', 'Open']) {
		expect(() => readCommenting({ ...form, state })).toThrow(
			expect.objectContaining({ status: 422, details: { field: 'state' } })
		);
	}
});
