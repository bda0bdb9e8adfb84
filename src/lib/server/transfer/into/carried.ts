import { CARRIED, columnsOf, type CarriedFields, type CarriedType } from '../carried.ts';
import { flush, touchArticle, type Batch } from '../batch.ts';
import type { KnownType } from '../known.ts';
import { referenced } from './support.ts';

/** The kinds of carried records that others refer to. */
function isKnown(type: CarriedType): type is CarriedType & KnownType {
	return type === 'problem' || type === 'sanction' || type === 'statement';
}

/** What a carried record refers to. */
export function wantedBy(type: CarriedType, fields: CarriedFields): [KnownType, unknown][] {
	const { refers }: { refers: Record<string, KnownType> } = CARRIED[type];
	return columnsOf(CARRIED[type]).flatMap(([column, field]) => {
		return column in refers ? [[refers[column], fields[field]] as [KnownType, unknown]] : [];
	});
}

/** Adds a row of a table that only our own export carries. */
export async function importCarried(
	batch: Batch,
	type: CarriedType,
	fields: CarriedFields
): Promise<void> {
	const { table } = CARRIED[type];
	const { refers }: { refers: Record<string, KnownType> } = CARRIED[type];
	const row: Record<string, unknown> = {};
	for (const [column, field] of columnsOf(CARRIED[type])) {
		const value = fields[field];
		if (value === undefined) continue;
		const referred = refers[column];
		row[column] = referred ? await referenced(batch, referred, field, value as string) : value;
	}
	await flush(batch);
	const made = await batch.tx
		.insert(table)
		.values(row as never)
		.onConflictDoNothing()
		.returning();
	batch.report.unchanged += 1 - made.length;
	if (isKnown(type)) batch.known.learn(type, fields.id, fields.id);
	if (type === 'correction' && made.length > 0) touchArticle(batch, row.articleId as string);
}
