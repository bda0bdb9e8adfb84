import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { loadDemo } from '../../../src/demo/load.ts';
import * as deletion from '#lib/server/accounts/leaving/deletion.ts';
import * as passwords from '#lib/server/accounts/passwords/passwords.ts';
import { guest, system, type Member } from '#lib/server/actor.ts';
import * as articlesOf from '#lib/server/articles/articles.ts';
import * as commenting from '#lib/server/articles/commenting.ts';
import * as write from '#lib/server/articles/write.ts';
import { edit } from '#lib/server/comments/edit.ts';
import { post } from '#lib/server/comments/post.ts';
import { removeOwn } from '#lib/server/comments/remove.ts';
import * as votes from '#lib/server/comments/votes.ts';
import type { Database } from '#lib/server/database/database.ts';
import { open } from '#lib/server/database/open.ts';
import * as schema from '#lib/server/database/schema.ts';
import { atOneMoment } from '#lib/server/database/snapshot.ts';
import * as follows from '#lib/server/follows/follows.ts';
import * as decide from '#lib/server/moderation/decide.ts';
import { report } from '#lib/server/moderation/reports.ts';
import * as mutes from '#lib/server/mutes/mutes.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import { recount } from '#lib/server/repair/recount.ts';
import { exportRecords } from '#lib/server/transfer/export.ts';
import { importFiles } from '#lib/server/transfer/import.ts';
import { NATIVE_ONLY, type RecordType } from '#lib/server/transfer/records.ts';
import { writeFile } from '#lib/server/transfer/write-file.ts';
import { PROCESSES_MS, runCommand } from '../../support/command.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { articleInput, member } from '../support/newsroom.ts';
import { accounted } from './accounted.ts';
import { moderated } from './moderated.ts';
import { CONTENT_TABLES, contentOf, OTHER_TABLES, type Content } from './rows.ts';
import { article, comment, importOf, pathFor } from './support.ts';

const ARTICLE = 'the-long-table';

interface People {
	reader: Member;
	other: Member;
	moderator: Member;
	editor: Member;
}

/** Does on a site whatever leaves a row. */
async function live(db: Database): Promise<People> {
	const people = {
		reader: await member(db, 'reader', 'Rita Vale'),
		other: await member(db, 'reader', 'Olaf Tern'),
		moderator: await member(db, 'moderator', 'Mona Weir'),
		editor: await member(db, 'editor', 'Edda Cove')
	};
	// The tests' own people have no password to speak of.
	const passwordHash = await passwords.hash('a long enough secret');
	await db.write((tx) =>
		tx.update(schema.accounts).set({ passwordHash }).where(eq(schema.accounts.passwordHash, ''))
	);
	const { reader, other, moderator, editor } = people;
	const input = articleInput({ slug: ARTICLE, category: 'Table talk' });
	await write.create(db, editor, input);
	await write.create(db, editor, articleInput({ published: false }));
	await write.edit(db, editor, ARTICLE, { body: 'Another body, with **words** to quote here.' });
	const say = (actor: Member, body: string, parent?: string) =>
		post(db, actor, {
			article: ARTICLE,
			body,
			parent,
			key: `key ${body.length}`.replace(' ', '-')
		});
	const first = await say(reader, 'The first words of all, and they are mine.');
	const nested = `> [Rita Vale said,](/c/${first.id})\n> The first words of all\n\nSo you say.`;
	const second = await say(other, nested, first.id);
	await say(reader, nested.replace(/^/gm, '> ') + '\n\nI do indeed.', second.id);
	const gone = await say(other, 'A word too many here.', first.id);
	await removeOwn(db, other, gone.id);
	await say(other, `> with words to quote here\n\nThe article has them.`);
	await edit(db, reader, { id: first.id, body: 'The second words of all, and they are mine.' });
	const changed = await say(
		other,
		`> [Rita Vale said,](/c/${first.id})\n> The second words\n\nSo.`
	);
	await edit(db, other, { id: changed.id, body: 'On reflection, no.' });
	await votes.cast(db, other, first.id);
	await follows.follow(db, editor, { article: ARTICLE });
	await follows.follow(db, other, { comment: second.id });
	await mutes.mute(db, other, moderator.name);
	for (const name of ['Gale Gone', 'Una Gone']) {
		const gone = await member(db, 'reader', name);
		await say(gone, `${name} was here, and left.`);
		await deletion.deleteNow(db, system, { name, withComments: name === 'Una Gone' });
	}
	await commenting.set(db, moderator, ARTICLE, { state: 'premoderated', reason: 'Slowly.' });
	const held = [await say(reader, 'Held back, then shown.', second.id)];
	held.push(await say(other, 'Held back, then refused.'));
	held.push(await say(other, 'Held back, and withdrawn.', first.id));
	held.push(await say(other, 'Held back, and waiting on.', first.id));
	await decide.approve(db, moderator, { id: held[0].id, reason: '' });
	await decide.reject(db, moderator, { id: held[1].id, reason: 'No.' });
	await removeOwn(db, other, held[2].id);
	await notifications.markRead(db, other, 'all');
	await report(db, other, { id: first.id, reason: 'off-topic', note: 'Not about the table.' });
	await report(db, moderator, { id: second.id, reason: 'abuse' });
	await decide.remove(db, moderator, { id: second.id, reason: 'Too sharp.' });
	const until = new Date(Date.now() + 86_400_000);
	await commenting.set(db, moderator, ARTICLE, { state: 'disabled', reason: 'Late.', until });
	const { id: article } = await articlesOf.read(db, editor, ARTICLE);
	await moderated(db, { reader, moderator, article, comment: first.id });
	await accounted(db, other);
	return people;
}

let url: string;
let db: Database;
let file: string;
let content: Content;
let people: People;

/** Makes a database with what was imported from the export. */
async function copyOf(path: string) {
	const copy = await testDatabaseUrl();
	const into = await open(copy);
	const report = await importFiles(into, [path]);
	await into.close();
	return { copy, report };
}

async function exported(from: string, name: string): Promise<string> {
	const path = pathFor(name);
	await atOneMoment(from, (at) => writeFile(path, exportRecords(at, 'https://paper.example')));
	return path;
}

beforeAll(async () => {
	url = await testDatabaseUrl();
	db = await open(url);
	await loadDemo(db);
	people = await live(db);
	await importOf(db, [
		{ type: 'site', id: 'old', source_id: 'old-forum' },
		...[article('imported-tale'), comment('1', { article: 'imported-tale', score: 5 })],
		comment('2', {
			article: 'imported-tale',
			parent: '1',
			author: { name: 'Ann', email: 'a@b.example' }
		}),
		{
			type: 'account',
			id: '9',
			name: 'Barred Body',
			banned: true,
			suspended_until: '2099-01-01T00:00:00Z'
		},
		{ type: 'vote', id: 'v', comment: '1', account: '9' }
	]);
	file = await exported(url, 'site.jsonl');
	content = await contentOf(url);
	return () => db.close();
});

test('every table is content, or is known to stay behind', () => {
	const tables = Object.values(schema).map((table) => {
		return (table as unknown as Record<symbol, string>)[Symbol.for('drizzle:Name')];
	});
	expect(tables.toSorted()).toEqual([...Object.keys(CONTENT_TABLES), ...OTHER_TABLES].sort());
	for (const [table, rows] of Object.entries(content))
		expect(rows.length, table).toBeGreaterThan(0);
});

test('a site exported and imported into an empty database is the same site, to the row', async () => {
	const { copy, report } = await copyOf(file);
	expect(await contentOf(copy)).toEqual(content);
	expect(report).toMatchObject({
		articles: content.articles.length,
		comments: content.comments.length,
		accounts: content.accounts.length,
		skipped: [],
		ignored_fields: 0,
		unchanged: 0
	});
	expect(report.notes).toBeUndefined();
});

test('which quotes stand in a present text is known from a file without that, too', async () => {
	const standing = (all: Content) => all.quotes.map((row) => row.standing).sort();
	expect(new Set(standing(content))).toEqual(new Set([true, false]));
	const lines = readFileSync(file, 'utf8').replaceAll(/"standing":(true|false),/g, '');
	const path = pathFor('without-standing.jsonl');
	writeFileSync(path, lines);
	const { copy } = await copyOf(path);
	const into = await open(copy);
	await recount(into);
	await into.close();
	expect(standing(await contentOf(copy))).toEqual(standing(content));
});

test('importing an export again, or where it came from, changes nothing', async () => {
	const { copy } = await copyOf(file);
	const into = await open(copy);
	for (const database of [into, db]) {
		const again = await importFiles(database, [file]);
		expect(again).toMatchObject({ articles: 0, comments: 0, accounts: 0, skipped: [] });
		expect(again.quotes).toEqual({ exact: 0, altered: 0, unresolved: 0 });
		expect(again.notes).toBeUndefined();
	}
	await into.close();
	expect(await contentOf(copy)).toEqual(content);
	expect(await contentOf(url)).toEqual(content);
});

test('what was imported before it was exported is known in the copy', async () => {
	const { copy } = await copyOf(file);
	const into = await open(copy);
	const report = await importOf(into, [
		{ type: 'site', id: 'old', source_id: 'old-forum' },
		...[article('imported-tale'), comment('1', { article: 'imported-tale', score: 5 })]
	]);
	await into.close();
	expect(report).toMatchObject({ articles: 0, comments: 0, unchanged: 2 });
});

test('an import that was broken off is finished by importing again', async () => {
	const half = pathFor('half.jsonl');
	const lines = readFileSync(file, 'utf8').split('\n');
	const comments = lines.flatMap((line, at) => (line.startsWith('{"type":"comment"') ? [at] : []));
	writeFileSync(half, lines.slice(0, comments[comments.length >> 1]).join('\n'));
	const { copy } = await copyOf(half);
	const into = await open(copy);
	await importFiles(into, [file]);
	await into.close();
	const finished = await contentOf(copy);
	// Revisions are no content that anybody sees: only that they rise matters.
	const withoutRevisions = (all: Content) =>
		Object.fromEntries(
			Object.entries(all).map(([table, rows]) => {
				const seen = ['articles', 'accounts', 'site'].includes(table);
				if (table === 'comments') return [table, rows.map((row) => ({ ...row, changed_in: 0 }))];
				return [table, seen ? rows.map((row) => ({ ...row, revision: 0 })) : rows];
			})
		);
	expect(withoutRevisions(finished)).toEqual(withoutRevisions(content));
});

test('a later export adds only what is new', async () => {
	const later = await testDatabaseUrl();
	const site = await open(later);
	await importFiles(site, [file]);
	const { copy } = await copyOf(file);
	const target = articleInput({ slug: 'a-newer-story' });
	await write.create(site, people.editor, target);
	const posted = await post(site, people.reader, { article: 'a-newer-story', body: 'New words.' });
	await post(site, people.other, {
		article: 'a-newer-story',
		body: `> [Rita Vale said,](/c/${posted.id})\n> New words.\n\nYes.`,
		parent: posted.id
	});
	await votes.cast(site, people.other, posted.id);
	const open_ = (await articlesOf.latest(site, guest(), { limit: 50 })).items.find(
		(item) => item.commenting === 'open' && item.commentCount > 20
	)!;
	const there = await site.read
		.select({ id: schema.comments.id })
		.from(schema.comments)
		.innerJoin(schema.articles, eq(schema.articles.id, schema.comments.articleId))
		.where(
			sql`${schema.articles.slug} = ${open_.slug} and ${schema.comments.listedIn} is not null and ${schema.comments.status} = 'published'`
		)
		.limit(1);
	await post(site, people.reader, {
		article: open_.slug,
		body: 'Late reply.',
		parent: there[0].id
	});
	await votes.cast(site, people.reader, there[0].id);
	await site.close();

	const into = await open(copy);
	const report = await importFiles(into, [await exported(later, 'later.jsonl')]);
	await into.close();
	expect(report).toMatchObject({ articles: 1, comments: 3, accounts: 0, skipped: [] });
	expect(report.quotes).toEqual({ exact: 1, altered: 0, unresolved: 0 });
	const [copied, original] = [await contentOf(copy), await contentOf(later)];
	const compared = ['comments', 'quotes', 'votes', 'actions', 'categories', 'accounts'];
	for (const table of [...compared, 'follows', 'mutes', 'notifications', 'reports']) {
		const rows = (all: Content) =>
			all[table].map((row) => ({ ...row, revision: 0, changed_in: 0 }));
		expect(rows(copied), table).toEqual(rows(original));
	}
	expect(copied.articles.map((row) => row.comment_count)).toEqual(
		original.articles.map((row) => row.comment_count)
	);
});

describe('another site', () => {
	test('takes an export in beside what it has', async () => {
		const other = await testDatabaseUrl();
		const into = await open(other);
		const own = await member(into, 'admin', 'Rita Vale');
		await write.create(into, own, articleInput({ slug: ARTICLE, category: 'Harbour' }));
		const report = await importFiles(into, [file]);
		expect(report.skipped).toEqual([]);
		expect(report).toMatchObject({
			articles: content.articles.length,
			comments: content.comments.length,
			// "Harbour" is there already.
			categories: content.categories.length - 1
		});
		const reasons = report.notes?.map((remark) => remark.reason).join('\n');
		expect(reasons).toContain('the account "Rita Vale" is called "Rita Vale 2" here');
		const again = await importFiles(into, [file]);
		expect(again).toMatchObject({ articles: 0, comments: 0, accounts: 0, categories: 0 });
		const imported = await articlesOf.read(into, guest(), `${ARTICLE}-2`);
		expect(imported.commentCount).toBeGreaterThan(0);
		await into.close();
	});

	test('reads the export as that of any software, quotes and all', async () => {
		const lines = readFileSync(file, 'utf8').trim().split('\n');
		const foreign = lines
			.map((line) => JSON.parse(line) as Record<string, unknown>)
			.filter(({ type }) => !NATIVE_ONLY.includes(type as RecordType))
			// What says something of those says nothing without them.
			.filter(({ problem, statement }) => problem === undefined && statement === undefined)
			.map(({ software: _software, ...record }) => record);
		const into = await open(await testDatabaseUrl());
		const report = await importOf(into, foreign);
		expect(report.skipped).toEqual([]);
		expect(report).toMatchObject({
			articles: content.articles.length,
			comments: content.comments.length,
			accounts: content.accounts.length
		});
		const matches = (match: string) => content.quotes.filter((row) => row.match === match).length;
		expect(report.quotes.unresolved).toBe(matches('unresolved'));
		expect(report.quotes.exact + report.quotes.altered).toBe(matches('exact') + matches('altered'));
		const stored = await into.read.select({ standing: schema.quotes.standing }).from(schema.quotes);
		const standing = stored.map((row) => row.standing);
		expect(standing.sort()).toEqual(content.quotes.map((row) => row.standing).sort());
		await into.close();
	});
});

test('I11 what is in an export is not trusted to be safe', async () => {
	const text = readFileSync(file, 'utf8')
		.replaceAll('Held back, then shown.', '<script>alert(1)</script>')
		.replaceAll('Another body', '<img src=x onerror=alert(1)>');
	const path = pathFor('hostile.jsonl');
	writeFileSync(path, text);
	const { copy } = await copyOf(path);
	const stored = await contentOf(copy);
	const html = JSON.stringify([
		stored.comments.map((row) => row.blocks),
		stored.articles.map((row) => row.body_html)
	]);
	expect(html.includes('&lt;script&gt;alert(1)')).toBe(true);
	expect(html.match(/<script|<img/)).toBeNull();
});

test('a part of an export keeps the words that are quoted from the rest', async () => {
	const id = (letter: string) => letter.repeat(16);
	const into = await open(await testDatabaseUrl());
	const report = await importOf(into, [
		{ type: 'site', id: id('s'), source_id: id('s'), software: 'afterword', format: 1 },
		article(id('a'), { slug: 'a-part' }),
		comment(id('c'), {
			article: id('a'),
			afterword: {
				...{ placed: true, revision: 1, imported_score: 0 },
				body: [{ quote: id('q') }, { text: 'Yes.' }]
			}
		}),
		{
			...{ type: 'quote', id: id('q'), comment: id('c'), match: 'exact', said_by: 'Ann' },
			...{ source_comment: id('x'), source_revision: 1, body: [{ text: 'Words.' }] }
		}
	]);
	expect(report).toMatchObject({ comments: 1, quotes: { exact: 0, unresolved: 1 }, skipped: [] });
	expect(report.notes).toEqual([{ line: 4, reason: 'what it quotes is not there' }]);
	const [quote] = await into.read.select().from(schema.quotes);
	expect(quote).toMatchObject({ match: 'unresolved', saidBy: 'Ann', body: [{ text: 'Words.' }] });
	await into.close();
});

test('an export can be gzipped', async () => {
	const path = await exported(url, 'site.jsonl.gz');
	const text = gunzipSync(readFileSync(path)).toString();
	const withoutTime = (lines: string) => lines.replace(/"exported_at":"[^"]*"/, '');
	expect(withoutTime(text)).toBe(withoutTime(readFileSync(file, 'utf8')));
});

/** Without the event that an import by command leaves, which it must have left. */
function withoutImports(all: Content): Content {
	const events = all.security_events.filter(({ kind }) => kind !== 'import.made');
	expect(events.length).toBeLessThan(all.security_events.length);
	return { ...all, security_events: events };
}

describe.runIf(inject('databases').dialect === 'postgres')('from one database to the other', () => {
	test(
		'and back, it is the same site, to the row',
		async () => {
			const between = `file:${pathFor('between.db')}`;
			expect(await runCommand(between, ['import', file, '--strict'])).toMatchObject({ code: 0 });
			expect(withoutImports(await contentOf(between))).toEqual(content);
			const back = pathFor('back.jsonl.gz');
			expect(await runCommand(between, ['export', back])).toMatchObject({ code: 0 });
			const { copy } = await copyOf(back);
			expect(withoutImports(await contentOf(copy))).toEqual(content);
		},
		PROCESSES_MS
	);
});
