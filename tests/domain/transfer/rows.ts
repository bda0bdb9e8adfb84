import { checked } from '#lib/server/database/checksum.ts';
import { withClient } from '#lib/server/database/postgres-client.ts';
import BetterSqlite from 'better-sqlite3';

/** Every table that an export carries, each with its key. Sessions, tokens, limits and mail stay behind. */
export const CONTENT_TABLES: Record<string, string[]> = {
	site: ['id'],
	accounts: ['id'],
	categories: ['id'],
	bylines: ['id'],
	articles: ['id'],
	article_versions: ['article_id', 'version'],
	commenting_states: ['id'],
	comments: ['id'],
	comment_revisions: ['comment_id', 'revision'],
	quotes: ['id'],
	votes: ['comment_id', 'account_id'],
	follows: ['account_id', 'article_id', 'root_id'],
	mutes: ['account_id', 'muted_id'],
	notifications: ['id'],
	reports: ['id'],
	actions: ['id'],
	settings: ['id'],
	screenings: ['comment_id', 'revision', 'phase'],
	sanctions: ['id'],
	account_notes: ['id'],
	statements: ['id'],
	appeals: ['id'],
	previous_names: ['name_key'],
	pictures: ['id'],
	passkeys: ['id'],
	authenticators: ['account_id'],
	recovery_codes: ['id'],
	identities: ['provider', 'subject'],
	security_events: ['id'],
	problems: ['id'],
	corrections: ['id'],
	origins: ['source', 'type', 'external_id']
};

/** Tables that are no content: everything that is neither here nor above is a test's to find. */
export const OTHER_TABLES = [
	...['sessions', 'api_tokens', 'one_time_tokens', 'rate_limits', 'known_devices', 'challenges'],
	...['claims', 'decision_times', 'mails']
];

type Row = Record<string, unknown>;
/** All content of a database: the rows of each table in the order of its key. */
export type Content = Record<string, Row[]>;

const JSON_COLUMNS = new Set([
	'body',
	'blocks',
	'details',
	'moderates',
	'open_hours',
	'transports',
	'value'
]);
const YES_OR_NO_COLUMNS = new Set([
	...[
		'standing',
		'author_here',
		'staff_may_speak',
		'unreviewed',
		'by_author',
		'automatic',
		'synced',
		'deletes_comments'
	]
]);
const TIME_COLUMN = /(?:_at|_until)$|^until$/;

/** One value in a form that is the same from both databases. */
function plain(table: string, column: string, value: unknown): unknown {
	if (value === null) return null;
	if (YES_OR_NO_COLUMNS.has(column)) return Boolean(value);
	if (TIME_COLUMN.test(column)) return new Date(value as string | number).toISOString();
	const isJson = JSON_COLUMNS.has(column) && !(column === 'body' && /^article/.test(table));
	if (typeof value !== 'string') return value;
	return isJson ? JSON.parse(value) : checked(value);
}

function canonical(table: string, key: string[], rows: Row[]): Row[] {
	const keyOf = (row: Row) => JSON.stringify(key.map((column) => row[column]));
	return rows
		.map((row) => {
			const entries = Object.entries(row).map(([column, value]) => {
				return [column, plain(table, column, value)] as const;
			});
			return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
		})
		.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

async function ofSqlite(url: string): Promise<Content> {
	const connection = new BetterSqlite(url.replace('file:', ''), { readonly: true });
	const content: Content = {};
	for (const [table, key] of Object.entries(CONTENT_TABLES)) {
		const rows = connection.prepare(`select * from ${table}`).all() as Row[];
		content[table] = canonical(table, key, rows);
	}
	connection.close();
	return Promise.resolve(content);
}

async function ofPostgres(url: string): Promise<Content> {
	return withClient(url, async (client) => {
		const content: Content = {};
		for (const [table, key] of Object.entries(CONTENT_TABLES)) {
			const { rows } = await client.query<Row>(`select * from ${table}`);
			content[table] = canonical(table, key, rows);
		}
		return content;
	});
}

/** Everything that an export is to carry, read from either database past the application. */
export function contentOf(url: string): Promise<Content> {
	return url.startsWith('file:') ? ofSqlite(url) : ofPostgres(url);
}
