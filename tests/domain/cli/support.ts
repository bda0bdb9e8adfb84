import { runCommand } from '../../support/command.ts';
import { fileOf as file, pathFor } from '../support/files.ts';

export { pathFor };

/** A file with these lines. @returns its path */
export function fileOf(...lines: (object | string)[]): string {
	return file(lines, '');
}

/** What commands do on one database. */
export function commandsOn(databaseUrl: string) {
	return (...args: string[]) => runCommand(databaseUrl, args);
}

let made = 0;

/** The address of a SQLite file that is not there yet. */
export function newSqliteUrl(): string {
	return `file:${pathFor(`${++made}.db`)}`;
}
