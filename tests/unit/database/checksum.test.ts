import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	checked,
	checkedJson,
	ChecksumError,
	withChecksum
} from '#lib/server/database/checksum.ts';

const LENGTH = 16;
// Of what one may write, SQLite gives back all that is text.
const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((value) => value.toWellFormed());

describe('a text with its checksum', () => {
	test('is the same text again, and white space behind it', () => {
		fc.assert(
			fc.property(text, (value) => {
				const kept = withChecksum(value);
				expect(kept.slice(0, -LENGTH)).toBe(value);
				expect(kept.slice(-LENGTH)).toMatch(/^[ \t\n\r]{16}$/);
				expect(checked(kept)).toBe(value);
			})
		);
	});

	test('is JSON still', () => {
		const value = [{ html: '<p>Zoë said “no”. 🌊</p>\n' }];
		const kept = withChecksum(JSON.stringify(value));
		expect(JSON.parse(kept)).toEqual(value);
		expect(checkedJson(kept)).toEqual(value);
	});

	test('is not taken for what was written when any of it is another', () => {
		fc.assert(
			fc.property(text, fc.nat(), (value, where) => {
				const bytes = Buffer.from(withChecksum(value));
				const at = where % bytes.length;
				// To another letter of the same length, so that only the checksum can tell.
				bytes[at] = bytes[at] === 0x20 ? 0x09 : 0x20;
				const changed = bytes.toString();
				fc.pre(changed !== withChecksum(value));
				expect(() => checked(changed)).toThrow(ChecksumError);
			})
		);
	});

	test('is not shown with its end destroyed', () => {
		const kept = withChecksum('["The ferry was late."]');
		expect(() => checkedJson(kept.slice(0, -10) + '\u00a5'.repeat(10))).toThrow(ChecksumError);
		expect(() => checkedJson(kept.slice(0, 10))).toThrow(ChecksumError);
	});
});

test('a text without one is taken as it is', () => {
	for (const value of ['', 'words', 'two lines\n', ' '.repeat(LENGTH - 1)]) {
		expect(checked(value)).toBe(value);
	}
	expect(checkedJson('{"a": 1}\n')).toEqual({ a: 1 });
});
