import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { root } from '../../support/server.ts';
import { BOTH, quick, type Fault } from '../support/fault.ts';
import { command, openForum, serve, watch } from '../support/forum.ts';
import { check, compare, load, newLedger, soFar, sound, told } from '../support/ledger.ts';

/** Backups while people write; some are killed. What was acknowledged before is in each that is whole. */
export const backedUp: Fault = {
	item: 'R13',
	what: 'backups in a write load, every other one killed',
	on: BOTH,
	times: 6,
	async run(place, times) {
		const url = await place.newDatabase();
		const { site, tokens } = await openForum(url);
		const writing = load(site, tokens);
		const before = watch(site);
		await writing.acknowledged(100);
		await before.stop();
		const reading = watch(site);
		const wrong: string[] = [];
		const directory = join(place.directory, `backups-${place.dialect}`);
		mkdirSync(directory, { recursive: true });
		let whole = 0;
		for (let round = 1; round <= times; round++) {
			await writing.acknowledged(50);
			if (round % 2 === 0) {
				const args = ['src/cli/main.ts', 'backup', '--to', directory];
				const env = { ...process.env, DATABASE_URL: url };
				const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'ignore' });
				const gone = once(child, 'exit');
				await Promise.race([setTimeout(randomInt(200, 3_000)), gone]);
				child.kill('SIGKILL');
				await gone;
			}
			const held = soFar(writing.ledger);
			const { file } = JSON.parse(await command(site, 'backup', '--to', directory, '--json')) as {
				file: string;
			};
			const target = await place.newDatabase();
			const restored = { cli: (args: string[]) => site.cli(args, '', { DATABASE_URL: target }) };
			await command(restored, 'restore', file, '--json');
			wrong.push(...(await compare(target, held)), ...(await sound(target)));
			whole += 1;
		}
		await reading.stop();
		await writing.stop();
		const left = readdirSync(directory).filter((name) => name.startsWith('unfinished'));
		if (left.length > 0) wrong.push(`left: ${left.join(', ')}`);
		const speed = quick('reading', reading.times, before.times);
		wrong.push(...speed.wrong, ...(await check(site, writing.ledger)));
		await site.stop();
		return {
			counted: `${whole} restored, ${told(writing.ledger)}, ${speed.counted}`,
			wrong
		};
	}
};

/** A restore over a running site is refused, and done once it has stopped. */
export const restored: Fault = {
	item: 'R14',
	what: 'a restore over a running site, then over a stopped one',
	on: ['sqlite'],
	times: 3,
	async run(place, times) {
		const url = await place.newDatabase();
		const { site: first, tokens } = await openForum(url);
		let site = first;
		const wrong: string[] = [];
		const ledger = newLedger();
		for (let round = 1; round <= times; round++) {
			const file = join(place.directory, `restore-${round}.db.gz`);
			await command(site, 'backup', file);
			const held = soFar(ledger);
			const writing = load(site, tokens, { ledger });
			await writing.acknowledged(50);
			const refused = await site.cli(['restore', file]);
			if (refused.code !== 1 || !refused.stderr.includes('in use')) {
				wrong.push(`round ${round}: ${refused.code} ${refused.stderr.slice(0, 200)}`);
			}
			await writing.acknowledged(20);
			await writing.stop();
			wrong.push(...(await check(site, ledger)));
			await site.stop();
			await command(site, 'restore', file);
			const { acknowledged, edited, voted } = held;
			Object.assign(ledger, { acknowledged, edited, voted });
			const back = { ...held, attempted: new Set(acknowledged.keys()) };
			wrong.push(...(await compare(url, back)), ...(await sound(url)));
			site = await serve(url);
		}
		await site.stop();
		return { counted: `${times} refused and ${times} done`, wrong };
	}
};
