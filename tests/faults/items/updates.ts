import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { root, startSite } from '../../support/server.ts';
import { COMMENTS, fill } from '../../domain/database/support/early-data.ts';
import { BOTH, type Fault } from '../support/fault.ts';
import { page } from '../support/forum.ts';
import { sound } from '../support/ledger.ts';
import { ask, pathOf, type Place } from '../support/place.ts';

// About as long as the backup and the statements take.
const MIDDLE_MS = 150;

function environment(url: string): NodeJS.ProcessEnv {
	return { ...process.env, DATABASE_URL: url, NODE_ENV: 'production' };
}

function begin(script: string[], url: string) {
	return spawn(process.execPath, script, { cwd: root, env: environment(url), stdio: 'ignore' });
}

/** The backups beside a SQLite database, finished or not; one is made first, while the update has the lock. */
function backupsOf(url: string): string {
	if (!url.startsWith('file:')) return '';
	const names = readdirSync(dirname(pathOf(url)));
	return names.filter((name) => name.includes('before-update')).join();
}

/** Whether the update has the lock by now. */
async function hasBegun(url: string, before: string): Promise<boolean> {
	if (url.startsWith('file:')) return backupsOf(url) !== before;
	return (await ask(url, "select 1 from pg_locks where locktype = 'advisory'")).length > 0;
}

/** A database of the first version, with people, articles and comments in it. */
async function early(place: Place): Promise<string> {
	const url = await place.newDatabase();
	const made = begin(['tests/faults/support/first-schema.ts'], url);
	const [code] = (await once(made, 'exit')) as [number];
	if (code !== 0) throw new Error('The first schema could not be made.');
	await fill(url);
	return url;
}

/** The update is killed again and again; then two servers start together. */
export const updated: Fault = {
	item: 'R15',
	what: 'an update from the first schema, killed over and over, then two servers at once',
	on: BOTH,
	times: 20,
	async run(place, times) {
		const wrong: string[] = [];
		let url = await early(place);
		let through = 0;
		for (let round = 1; round <= times; round++) {
			const before = backupsOf(url);
			const child = begin(['src/cli/main.ts', 'migrate'], url);
			const gone = once(child, 'exit');
			while (child.exitCode === null && !(await hasBegun(url, before))) await setTimeout(1);
			await Promise.race([setTimeout(randomInt(MIDDLE_MS)), gone]);
			const isThrough = child.exitCode === 0;
			child.kill('SIGKILL');
			await gone;
			const [{ count }] = await ask<{ count: number | string }>(
				url,
				'select count(*) as count from comments'
			);
			if (Number(count) !== COMMENTS) wrong.push(`round ${round}: ${count} comments`);
			wrong.push(...(await sound(url)).map((one) => `round ${round}: ${one}`));
			if (!isThrough) continue;
			through += 1;
			url = await early(place);
		}
		const fresh = await early(place);
		const both = await Promise.allSettled([
			startSite({ databaseUrl: fresh }),
			startSite({ databaseUrl: fresh })
		]);
		for (const one of both) {
			if (one.status === 'rejected') {
				wrong.push(`two at once: ${String(one.reason).slice(0, 300)}`);
				continue;
			}
			const { status } = await page(one.value, '/articles/the-pier');
			if (status !== 200) wrong.push(`two at once: reading answered ${status}`);
		}
		for (const one of both) if (one.status === 'fulfilled') await one.value.stop();
		const table =
			place.dialect === 'postgres' ? 'drizzle.__drizzle_migrations' : '__drizzle_migrations';
		const twice = await ask(fresh, `select hash from ${table} group by hash having count(*) > 1`);
		if (twice.length > 0) wrong.push('a migration was made twice');
		wrong.push(...(await sound(fresh)));
		return { counted: `${times} kills (${through} came too late), two starts at once`, wrong };
	}
};
