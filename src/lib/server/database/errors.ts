interface DatabaseError {
	code?: unknown;
	cause?: unknown;
}

/** Whether an error, or what caused it, has this PostgreSQL SQLSTATE. */
export function hasSqlState(thrown: unknown, state: string): boolean {
	for (
		let error = thrown as DatabaseError | null | undefined;
		error;
		error = error.cause as never
	) {
		if (error.code === state) return true;
	}
	return false;
}

/** Whether an insert or update broke a unique index or primary key, on either database. */
export function isUniqueViolation(thrown: unknown): boolean {
	return (
		hasSqlState(thrown, '23505') ||
		hasSqlState(thrown, 'SQLITE_CONSTRAINT_UNIQUE') ||
		hasSqlState(thrown, 'SQLITE_CONSTRAINT_PRIMARYKEY')
	);
}
