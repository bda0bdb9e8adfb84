import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { log, setLevel } from '#lib/server/log.ts';
import * as visits from '#lib/server/monitoring/visits.ts';

const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
const lines = () => written.mock.calls.map(([line]) => String(line));

beforeEach(() => void written.mockClear());
afterEach(() => setLevel('info'));

function newVisit(): visits.Visit {
	return { id: 'the-request', route: '/c/[id]', trace: null, isOver: false };
}

describe('a line of the log', () => {
	test('is JSON with time, level and event first, in fields of their own', () => {
		log('warn', 'mail.delayed', { attempts: 2, ok: false, nothing: null, missing: undefined });
		expect(lines()).toHaveLength(1);
		expect(lines()[0]).toMatch(
			/^\{"level":"warn","time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","event":"mail.delayed",/
		);
		const { time, ...rest } = JSON.parse(lines()[0]) as Record<string, unknown>;
		expect(Math.abs(Date.parse(String(time)) - Date.now())).toBeLessThan(60_000);
		const fields = { attempts: 2, ok: false, nothing: null };
		expect(rest).toEqual({ level: 'warn', event: 'mail.delayed', ...fields });
	});

	test('L2 is one line of printable ASCII, whatever is said', () => {
		const name = 'a\r\n{"level":"error"}\u001b[31m\u202Eb\0\u2028\u009b\uD800é😀"\\';
		log('info', 'x', { name });
		expect(lines()[0]).toMatch(/^[\x20-\x7e]+\n$/);
		expect((JSON.parse(lines()[0]) as { name: string }).name).toBe(name);
	});

	test('L2 does not say what is secret, even if somebody names it', () => {
		const secrets = { password: 'p4ss', token: 't0ken', cookie: 'c00kie', email: 'a@b.example' };
		log('info', 'x', { ...secrets, secret: 's3cret', authorization: 'Bearer t0ken' });
		expect(lines()[0]).not.toMatch(/p4ss|t0ken|c00kie|s3cret|b\.example/);
	});

	test('is not written where it weighs too little', () => {
		setLevel('warn');
		log('info', 'light');
		log('warn', 'heavy');
		log('error', 'heavier');
		expect(lines().map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
			...['heavy', 'heavier']
		]);
	});

	test('names the request that goes on, and none that is over or that was for many', async () => {
		const visit = newVisit();
		await visits.within(visit, async () => {
			await Promise.resolve();
			log('info', 'x');
			log('info', 'x', { requestId: 'another' });
			visits.outside(() => log('info', 'x'));
			visit.isOver = true;
			log('info', 'x');
		});
		log('info', 'x');
		const ids = lines().map((line) => (JSON.parse(line) as { requestId?: string }).requestId);
		expect(ids).toEqual(['the-request', 'another', undefined, undefined, undefined]);
	});
});
