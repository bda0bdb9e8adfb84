import { shared } from '../process.ts';
import { mappedQuickly } from './row-mapper.ts';

/** By connection, what writes the queries that are prepared on it, where that is not the connection itself. */
const builders = shared('builders', () => new WeakMap<object, object>());

/** Has the queries that are prepared on a connection be written by another builder. */
export function prepareWith(connection: object, builder: object): void {
	builders.set(connection, builder);
}

/**
 * A query that is prepared once for each connection it is asked on: a tenth of the cost of building
 * it anew. For the few that nearly every request makes.
 */
export function prepared<Connection extends object, Query extends object>(
	prepare: (connection: Connection) => Query
): (connection: Connection) => Query {
	const made = new WeakMap<Connection, Query>();
	return (connection) => {
		let query = made.get(connection);
		if (!query) {
			const builder = (builders.get(connection) ?? connection) as Connection;
			made.set(connection, (query = mappedQuickly(prepare(builder))));
		}
		return query;
	};
}
