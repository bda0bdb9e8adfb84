import { expect, test } from 'vitest';
import { csv } from '#lib/format/csv.ts';

test('I12 a table begins with a byte order mark and has a line for each row', () => {
	expect(csv([['a', 'b'], ['c', 2], []])).toBe('\uFEFFa,b\r\nc,2\r\n\r\n');
});

test.each([
	['=1+1', "'=1+1"],
	['+49 30', "'+49 30"],
	['-2', "'-2"],
	['@name', "'@name"],
	['\t=1', "'\t=1"],
	['\r=1', `"'\r=1"`],
	['\n=1', `"'\n=1"`],
	['＝1', "'＝1"],
	['＋1', "'＋1"],
	['－1', "'－1"],
	['＠name', "'＠name"],
	['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
	['1=1', '1=1'],
	['a, b', '"a, b"'],
	['say "no"', '"say ""no"""'],
	['two\nlines', '"two\nlines"'],
	[' apart ', '" apart "'],
	['', ''],
	['Zoë 🌊', 'Zoë 🌊']
])('I12 the cell %j is written %j', (value, written) => {
	expect(csv([[value]])).toBe(`\uFEFF${written}\r\n`);
});

test('numbers are no formulas', () => {
	expect(csv([[-1, 0.5, 1e21]])).toBe('\uFEFF-1,0.5,1e+21\r\n');
});
