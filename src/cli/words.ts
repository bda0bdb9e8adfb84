interface SystemError {
	code?: unknown;
	path?: unknown;
	message: string;
}

const REASONS: Record<string, (error: SystemError) => string> = {
	ENOENT: ({ path }) => `There is no ${String(path)}.`,
	EACCES: ({ path }) => `${String(path)} may not be opened by this user.`,
	EISDIR: ({ path }) => `${String(path ?? 'This')} is a directory.`,
	ENOSPC: () => 'The disk is full.',
	ECONNREFUSED: () => 'The database does not answer: is it running, and is DATABASE_URL right?',
	ENOTFOUND: () => 'The host of the database is not known: is DATABASE_URL right?',
	'28P01': () => 'The database refuses the user or password in DATABASE_URL.',
	'28000': () => 'The database refuses the user in DATABASE_URL.',
	'3D000': () => 'There is no such database: make it first, or correct DATABASE_URL.',
	SQLITE_CANTOPEN: () => 'The database file cannot be opened: check DATABASE_URL.',
	SQLITE_NOTADB: () => 'The file that DATABASE_URL names is no SQLite database.',
	SQLITE_FULL: () => 'The disk is full.'
};

/** What went wrong, for the person at the terminal. */
export function wordsFor(thrown: unknown): string {
	if (!(thrown instanceof Error)) return String(thrown);
	const code = (thrown as SystemError).code;
	const reason = typeof code === 'string' ? REASONS[code] : undefined;
	return reason?.(thrown as unknown as SystemError) ?? thrown.message;
}
