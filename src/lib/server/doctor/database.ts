import { statSync } from 'node:fs';
import { changedTexts } from '../database/changed-texts.ts';
import { OLDEST_POSTGRES } from '../database/postgres.ts';
import { withClient } from '../database/postgres-client.ts';
import { connectSqlite, sqlitePath } from '../database/sqlite.ts';
import { schemaState } from '../database/schema-state.ts';
import { ok, unless, warning, wrong, type Check, type Finding, type Patient } from './finding.ts';

// About a second of reading, for which everybody else would wait.
const MOST_WHILE_SERVING = 100 * 1024 ** 2;
const FULL = 2;
const NAMED_MOST = 5;
const RESTORE =
	'Stop the server, copy the files away, and restore the last backup (npm run cli -- restore FILE); if there is none, "sqlite3 FILE .recover" saves what can be read.';

type Connection = ReturnType<typeof connectSqlite>;

function ofSqlite<T>({ config }: Patient, work: (connection: Connection) => T): T {
	const connection = connectSqlite(sqlitePath(config.databaseUrl), true);
	try {
		return work(connection);
	} finally {
		connection.close();
	}
}

/** Whether all migrations were made. */
export const schema: Check = {
	key: 'schema',
	name: 'Schema',
	async look({ config }) {
		const { kind, pending } = await schemaState(config.databaseUrl);
		if (kind === 'current') return [ok('The database has this version’s schema.')];
		if (kind === 'newer') {
			const words = 'The database is of a newer version of Afterword than this one.';
			return [wrong(words, 'Install that version again.')];
		}
		return [wrong(`${pending} migrations are missing.`, 'npm run cli -- migrate')];
	}
};

function damage(connection: Connection, full: boolean): Finding[] {
	const pragma = full ? 'integrity_check(5)' : 'quick_check(5)';
	const said = connection.pragma(pragma) as Record<string, string>[];
	const isWhole = said.length === 1 && Object.values(said[0])[0] === 'ok';
	const changed = isWhole && full ? [...changedTexts(connection).take(NAMED_MOST)] : [];
	const orphans = connection.pragma('foreign_key_check') as unknown[];
	return unless(
		[
			!isWhole && wrong('The database file is damaged.', RESTORE),
			changed.length > 0 &&
				wrong(`Text is not what was written, and is not shown: ${changed.join(', ')}.`, RESTORE),
			orphans.length > 0 &&
				wrong(`${orphans.length} rows refer to rows that are not there.`, RESTORE)
		],
		full ? 'The whole database file is sound.' : 'The database file looks sound.'
	);
}

async function postgresDurability(patient: Patient): Promise<Finding[]> {
	const query =
		"select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit";
	const { rows } = await withClient(patient.config.databaseUrl, (client) =>
		client.query<{ fsync: string; commit: string }>(query)
	);
	const isDurable = rows[0].fsync === 'on' && rows[0].commit !== 'off';
	const mend = 'Set fsync and synchronous_commit to on in postgresql.conf.';
	const words = 'PostgreSQL answers before it has written: a power cut loses comments.';
	return unless([!isDurable && wrong(words, mend)], 'PostgreSQL writes before it answers.');
}

/** What PostgreSQL’s `data_checksums` says of words that a disk changes; null where it says nothing. */
export function pageChecksums(setting: string | null): Finding[] {
	const words =
		'PostgreSQL keeps no checksums of its pages: words that a disk changed are shown as they are.';
	const mend =
		'Stop it and run pg_checksums --enable, unless its storage has checksums of its own, as that of managed ones does.';
	const told = setting === 'on' ? 'PostgreSQL keeps checksums of its pages. Its' : 'PostgreSQL’s';
	return unless(
		[setting === 'off' && warning(words, mend)],
		`${told} own pg_amcheck looks for damage.`
	);
}

async function postgresIntegrity({ config }: Patient): Promise<Finding[]> {
	// Not all that speaks as PostgreSQL does has this setting.
	const query = "select current_setting('data_checksums', true) as setting";
	const { rows } = await withClient(config.databaseUrl, (client) =>
		client.query<{ setting: string | null }>(query)
	);
	return pageChecksums(rows[0].setting);
}

/** Whether what the database holds can be trusted. */
export const integrity: Check = {
	key: 'integrity',
	name: 'Integrity of the database',
	async look(patient) {
		const { config, full = false, isServing = false } = patient;
		if (config.dialect === 'postgres') return postgresIntegrity(patient);
		const { size } = statSync(sqlitePath(config.databaseUrl));
		if (isServing && size > MOST_WHILE_SERVING) {
			return [ok('Too large to be read while the site is served: npm run cli -- doctor does it.')];
		}
		return ofSqlite(patient, (connection) => damage(connection, full));
	}
};

/** Whether an acknowledged comment survives a power cut, also after a restart. */
export const durability: Check = {
	key: 'durability',
	name: 'Power cuts',
	look(patient) {
		if (patient.config.dialect === 'postgres') return postgresDurability(patient);
		// Of a connection to a file that was there before: a fresh file says this in any case.
		const level = ofSqlite(patient, (it) => it.pragma('synchronous', { simple: true }));
		const words = 'The database answers before it has written: a power cut loses comments.';
		const fault = level !== FULL && wrong(words, 'Report this: it is a fault of Afterword.');
		return unless([fault], 'Every comment is on the disk before its author is answered.');
	}
};

interface PostgresRole {
	super: boolean;
	createdb: boolean;
	createrole: boolean;
	version: string;
}

/** Whether the role in PostgreSQL may do more than it needs, and whether that is still maintained. */
export const databaseRole: Check = {
	key: 'database-role',
	name: 'Role in the database',
	async look({ config }) {
		if (config.dialect === 'sqlite') return [];
		const query =
			"select rolsuper as super, rolcreatedb as createdb, rolcreaterole as createrole, current_setting('server_version') as version from pg_roles where rolname = current_user";
		const { rows } = await withClient(config.databaseUrl, (client) =>
			client.query<PostgresRole>(query)
		);
		const [role] = rows;
		return unless(
			[
				(role.super || role.createdb || role.createrole) &&
					warning(
						'The role that DATABASE_URL names is a superuser or may make databases or roles: it needs neither.',
						'alter role NAME nosuperuser nocreatedb nocreaterole;'
					),
				Number.parseInt(role.version) < OLDEST_POSTGRES &&
					warning(
						`PostgreSQL ${role.version} is not maintained any more.`,
						`Move to ${OLDEST_POSTGRES} or newer.`
					)
			],
			`PostgreSQL ${role.version}, with a role that may do no more than it needs.`
		);
	}
};
