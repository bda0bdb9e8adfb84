import { describe, expect, it } from 'vitest';
import { htmlToMarkdown } from '#lib/server/text/html.ts';
import { renderMarkdown } from '#lib/server/text/render.ts';
import { sanitise } from '#lib/server/text/sanitise.ts';
import { xssPayloads } from '../../fixtures/xss.ts';
import { faults } from './harmless.ts';

const KINDS = ['comment', 'article'] as const;

describe('X1 hostile text', () => {
	it('is plentiful and each is its own', () => {
		expect(new Set(xssPayloads).size).toBeGreaterThan(200);
	});

	it.each(KINDS)('does no harm as Markdown of a %s', (kind) => {
		for (const payload of xssPayloads) {
			expect(faults(renderMarkdown(payload, { kind })), payload).toEqual([]);
		}
	});

	it.each(KINDS)('does no harm as HTML of a %s', (kind) => {
		for (const payload of xssPayloads) {
			const html = renderMarkdown(htmlToMarkdown(payload, { kind }), { kind });
			expect(faults(html), payload).toEqual([]);
		}
	});

	it('does no harm between honest text', () => {
		for (const payload of xssPayloads) {
			const html = renderMarkdown(`Said *she*:\n\n> ${payload}\n\n1) ${payload}\n2) yes`);
			expect(faults(html), payload).toEqual([]);
		}
	});

	it('is stopped by the second wall alone', () => {
		for (const payload of xssPayloads) {
			expect(faults(sanitise(payload)), payload).toEqual([]);
		}
	});

	it('is caught by these checks', () => {
		const caught = xssPayloads.filter((payload) => faults(payload).length > 0);
		expect(caught.length).toBeGreaterThan(200);
	});
});
