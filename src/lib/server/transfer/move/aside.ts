import { escapeIdentifier, type Client } from 'pg';

/** How to put back what was set aside. */
export interface Aside {
	/** Makes the indexes, then the references, which checks every row's. */
	putBack(): Promise<void>;
	/** From then on references are looked at when `settle` is called. */
	defer(): Promise<void>;
	/** Looks at the references of every row that changed since, while all that is there is of one moment. */
	look(): Promise<void>;
	/** Looks at the references of every row that changed since then, and at each change from now on. */
	settle(): Promise<void>;
}

interface Definition {
	table: string;
	name: string;
	definition: string;
}

const REFERENCES = `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
	from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace order by conname`;

// Those that belong to no constraint.
const INDEXES = `select indrelid::regclass::text as table, indexrelid::regclass::text as name,
	pg_get_indexdef(indexrelid) as definition
	from pg_index join pg_class on pg_class.oid = indexrelid
	where relnamespace = current_schema()::regnamespace
		and not exists (select 1 from pg_constraint where conindid = indexrelid) order by 2`;

/**
 * Sets references and indexes aside, so that tables can be filled in any order and quickly. All of it is
 * within the caller's transaction: broken off, everything is as it was.
 */
export async function setAside(target: Client): Promise<Aside> {
	const { rows: references } = await target.query<Definition>(REFERENCES);
	const { rows: indexes } = await target.query<Definition>(INDEXES);
	const alter = (change: string, { table, name }: Definition) =>
		target.query(`alter table ${table} ${change} constraint ${escapeIdentifier(name)}`);
	for (const reference of references) await alter('drop', reference);
	for (const { name } of indexes) await target.query(`drop index ${name}`);
	return {
		async putBack() {
			for (const { definition } of indexes) await target.query(definition);
			for (const { table, name, definition } of references) {
				await target.query(
					`alter table ${table} add constraint ${escapeIdentifier(name)} ${definition}`
				);
			}
		},
		async defer() {
			for (const { table, name } of references) {
				await target.query(
					`alter table ${table} alter constraint ${escapeIdentifier(name)} deferrable initially deferred`
				);
			}
		},
		async look() {
			await target.query('set constraints all immediate');
			await target.query('set constraints all deferred');
		},
		async settle() {
			await target.query('set constraints all immediate');
			for (const { table, name } of references) {
				await target.query(
					`alter table ${table} alter constraint ${escapeIdentifier(name)} not deferrable`
				);
			}
		}
	};
}
