import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endOnSignals } from '../../../src/front-door/ending.ts';

let end: () => void;
let exits: unknown[];

/** A server that is told to end, once it is; `close` is what is to be closed then. */
function serve(close: () => Promise<void>): void {
	const server = createServer();
	vi.spyOn(server, 'close').mockImplementation((closed) => {
		closed?.();
		return server;
	});
	vi.spyOn(process, 'on').mockImplementation((event, listener: () => void) => {
		if (event === 'SIGTERM') end = listener;
		return process;
	});
	endOnSignals({ server, underWay: new Set() }, 0, close);
}

beforeEach(() => {
	vi.useFakeTimers();
	exits = [];
	vi.spyOn(process, 'exit').mockImplementation(((code: unknown) => exits.push(code)) as never);
	vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
	vi.useRealTimers();
	vi.restoreAllMocks();
});

test('it ends when all is closed', async () => {
	serve(() => Promise.resolve());
	end();
	await vi.advanceTimersByTimeAsync(0);
	expect(exits).toEqual([0]);
});

test('it is not held up by a database that hangs', async () => {
	serve(() => new Promise(() => {}));
	end();
	await vi.advanceTimersByTimeAsync(14_000);
	expect(exits).toEqual([]);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(exits).toEqual([1]);
});

test('what cannot be closed is told by how it ends', async () => {
	serve(() => Promise.reject(new Error('no')));
	end();
	await vi.advanceTimersByTimeAsync(0);
	expect(exits).toEqual([1]);
});
