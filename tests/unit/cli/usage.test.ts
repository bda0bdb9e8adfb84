import { describe, expect, test, vi } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { patient } from '../../../src/cli/database.ts';
import type { Database } from '#lib/server/database/database.ts';
import { Refusal } from '#lib/server/refusal.ts';

vi.spyOn(process.stderr, 'write').mockReturnValue(true);

describe.each(Object.keys(COMMANDS))('%s', (name) => {
	test('says what it does, and how', async () => {
		const { command } = await COMMANDS[name]();
		expect(command.summary).not.toBe('');
		expect(command.help).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
		expect(command.help).toContain('  --json  ');
	});
});

describe('wrong usage touches nothing:', () => {
	test.each([
		[['account'], 'Say what to do.'],
		[['account', 'destroy', 'Ann'], 'There is no "account destroy".'],
		[['account', 'create'], 'NAME is missing.'],
		[['account', 'create', 'Ann', '--role', 'reader'], '--email is missing.'],
		[['account', 'create', 'Ann', '--email', 'a@b.example'], '--role is missing.'],
		[['account', 'create', 'Ann', 'Pell', '--email', 'a@b.example', '--role', 'reader'], '"Pell"'],
		[['account', 'create', 'Ann', '--email', 'a@b.example', '--role', 'king'], 'no "king"'],
		[['account', 'role', 'Ann'], 'ROLE is missing.'],
		[['account', 'role', 'Ann', 'king'], 'no "king"'],
		[['account', 'list', '--all'], "Unknown option '--all'"],
		[['mail'], 'Say what to do.'],
		[['mail', 'test'], 'ADDRESS is missing.'],
		[['mail', 'send', 'x'], 'There is no "mail send".'],
		[['token', 'create'], 'NAME is missing.'],
		[['token'], 'Say what to do.'],
		[['token', 'forget', 'Ann'], 'There is no "token forget".'],
		[['token', 'list', 'Ann', 'Pell'], '"Pell"'],
		[['token', 'revoke'], 'ID is missing.'],
		[['token', 'revoke', 'a', 'b'], '"b"'],
		[['import'], 'FILE is missing.'],
		[['import', '--fast', 'x'], "Unknown option '--fast'"],
		[['export'], 'FILE is missing.'],
		[['export', 'a', 'b'], '"b"'],
		[['export', '-', '--json'], 'Standard output cannot hold'],
		[['demo', '--comments', 'many'], '--comments must be a whole number'],
		[['demo', '--comments', '10000001'], '--comments must be a whole number'],
		[['recount', 'now'], '"now"'],
		[['migrate', '--down'], "Unknown option '--down'"],
		[['settings', 'x'], '"x"']
	])('%j', async ([name, ...args], words) => {
		const { command } = await COMMANDS[name]();
		const wrong = command.run(args);
		await expect(wrong).rejects.toThrow(words);
		await expect(wrong).rejects.toBeInstanceOf(UsageError);
	});
});

test('a busy database is waited for', async () => {
	const answers = [new Refusal(503, 'busy', 'Busy.'), 'written'];
	const write = vi.fn(() => {
		const answer = answers.shift();
		return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
	});
	const db = patient({ write } as unknown as Database);
	expect(await db.write(() => Promise.resolve())).toBe('written');
	expect(write).toHaveBeenCalledTimes(2);
});

test('what else goes wrong is not tried again', async () => {
	const write = vi.fn(() => Promise.reject(new Refusal(409, 'taken', 'Taken.')));
	const db = patient({ write } as unknown as Database);
	await expect(db.write(() => Promise.resolve())).rejects.toThrow('Taken.');
	expect(write).toHaveBeenCalledTimes(1);
});
