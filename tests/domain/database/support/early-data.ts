import BetterSqlite from 'better-sqlite3';
import { withClient } from '#lib/server/database/postgres-client.ts';
import { idMaker } from '#lib/server/ids.ts';

/*
 * What the first version could hold, as rows of its tables: later versions are to keep all of it. It is
 * written as SQL, because the code of that time is not here any more.
 */

const ROOTS = 40;
const REPLIES = 4;
/** How many comments there are. */
export const COMMENTS = ROOTS * (1 + REPLIES);

const BEGIN = Date.UTC(2025, 0, 6, 8);
const MINUTE = 60_000;
const TEXTS = [
	'The pier is gone.',
	'Ceci n’est pas <b>une</b> “pipe” & \\ \'"',
	'עברית with 🌊 and a\u0301 and \u202e turned',
	'> a line that looks like a quote\n\nand one more',
	'𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u200b'
];

type Row = [table: string, row: Record<string, Value>];
type Value = string | number | null | Date | object;

function literal(value: Value, isPostgres: boolean): string {
	if (value === null) return 'null';
	if (typeof value === 'number') return String(value);
	if (value instanceof Date) {
		return isPostgres ? `'${value.toISOString()}'` : String(value.getTime());
	}
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return `'${text.replaceAll("'", "''")}'`;
}

function statement([table, row]: Row, isPostgres: boolean): string {
	const values = Object.values(row)
		.map((value) => literal(value, isPostgres))
		.join(', ');
	return `insert into ${table} (${Object.keys(row).join(', ')}) values (${values});`;
}

function row(table: string, values: Record<string, Value>): Row {
	return [table, values];
}

function* rows(): Generator<Row> {
	const idAt = idMaker();
	let minute = 0;
	const next = () => new Date(BEGIN + MINUTE * minute++);
	yield row('site', { id: idAt(next()), name: 'The Gazette', created_at: next() });
	const people = ['Ann Pell', 'Bo Rudd', 'Žofie Dent', '山田'].map((name) => ({
		id: idAt(next()),
		name
	}));
	for (const { id, name } of people) {
		const key = name.normalize('NFKC').toLowerCase();
		const keys = { name_key: key, name_skeleton: key };
		yield row('accounts', { id, name, ...keys, password_hash: null, created_at: next() });
	}
	const article = idAt(next());
	const texts = { title: 'The pier', body: 'It is gone.', body_html: '<p>It is gone.</p>' };
	const times = { published_at: next(), created_at: next(), updated_at: next() };
	const counts = { renderer_version: 1, comment_count: COMMENTS };
	yield row('articles', { id: article, slug: 'the-pier', ...texts, ...times, ...counts });
	for (let root = 0; root < ROOTS; root++) {
		const rootId = idAt(next());
		for (let reply = 0; reply <= REPLIES; reply++) {
			const isRoot = reply === 0;
			const id = isRoot ? rootId : idAt(next());
			const text = TEXTS[(root + reply) % TEXTS.length];
			const author = people[(root + reply) % people.length].id;
			yield row('comments', {
				...{ id, article_id: article, root_id: rootId, parent_id: isRoot ? null : rootId },
				...{ depth: isRoot ? 0 : 1, listed_in: isRoot ? article : null },
				...{ reply_seq: isRoot ? null : reply, reply_count: isRoot ? REPLIES : 0 },
				...{ author_id: author, body: [{ text }], blocks: [{ html: '<p>…</p>' }] },
				...{ renderer_version: 1, status: 'published', created_at: next() },
				...{ score: isRoot ? 1 : 0 }
			});
			if (!isRoot) continue;
			const voter = people[(root + 1) % people.length].id;
			yield row('votes', { comment_id: id, account_id: voter, created_at: next() });
		}
	}
	const [actor] = people;
	const what = { kind: 'article.publish', actor_id: actor.id, article_id: article };
	yield row('actions', { id: idAt(next()), ...what, details: {}, created_at: next() });
}

/** Fills a database that has had only the first migration. */
export async function fill(url: string): Promise<void> {
	const isPostgres = url.startsWith('postgres');
	const script = [...rows()].map((one) => statement(one, isPostgres)).join('\n');
	if (isPostgres) {
		await withClient(url, (client) => client.query(script));
		return;
	}
	const connection = new BetterSqlite(url.replace('file:', ''));
	connection.exec(`begin; ${script} commit;`);
	connection.close();
}
