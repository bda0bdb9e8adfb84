import type { ColumnBaseConfig, ColumnBuilderBaseConfig } from 'drizzle-orm';
import {
	SQLiteText,
	SQLiteTextBuilder,
	SQLiteTextJson,
	SQLiteTextJsonBuilder,
	type AnySQLiteTable
} from 'drizzle-orm/sqlite-core';
import { checked, checkedJson, withChecksum } from './checksum.ts';

/** A column of text with a checksum. */
export class CheckedText extends SQLiteText<ColumnBaseConfig<'string', 'SQLiteText'>> {
	override mapFromDriverValue(value: string): string {
		return checked(value);
	}

	override mapToDriverValue(value: string): string {
		return withChecksum(value);
	}
}

/** A column of JSON with a checksum. */
export class CheckedJson extends SQLiteTextJson<ColumnBaseConfig<'json', 'SQLiteTextJson'>> {
	override mapFromDriverValue(value: string): unknown {
		return checkedJson(value);
	}

	override mapToDriverValue(value: unknown): string {
		return withChecksum(super.mapToDriverValue(value));
	}
}

class CheckedTextBuilder extends SQLiteTextBuilder<
	ColumnBuilderBaseConfig<'string', 'SQLiteText'>
> {
	/** Drizzle calls it when the table is made. */
	build(table: AnySQLiteTable): CheckedText {
		return new CheckedText(table, this.config as never);
	}
}

class CheckedJsonBuilder extends SQLiteTextJsonBuilder<
	ColumnBuilderBaseConfig<'json', 'SQLiteTextJson'>
> {
	/** Drizzle calls it when the table is made. */
	build(table: AnySQLiteTable): CheckedJson {
		return new CheckedJson(table, this.config as never);
	}
}

/** Text of which SQLite itself would not notice that it changed on the disk. */
export function checkedText(name: string): CheckedTextBuilder {
	return new CheckedTextBuilder(name, {});
}

/** JSON of which SQLite itself would not notice that it changed on the disk. */
export function checkedJsonText(name: string): CheckedJsonBuilder {
	return new CheckedJsonBuilder(name);
}
