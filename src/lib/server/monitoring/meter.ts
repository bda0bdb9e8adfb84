import { shared } from '../process.ts';

/** How many connections a pool has, and how many wait for one. */
export interface PoolState {
	readonly totalCount: number;
	readonly idleCount: number;
	readonly waitingCount: number;
}

/** What is counted while the process works. */
export interface Meter {
	/** A comment was posted, with this status. */
	posted(status: string): void;
	/** A refusal was told to somebody. */
	refused(code: string): void;
	/** A transaction was done, or failed, so many seconds after it was asked for. */
	wrote(seconds: number, succeeded: boolean): void;
	/** So many transactions were committed together, which took so many seconds. */
	committed(transactions: number, seconds: number): void;
	/** Something that happens by the clock was done, or failed. */
	ran(job: string, succeeded: boolean): void;
}

/** What is looked at when somebody asks for the figures. */
export interface Gauges {
	/** Transactions that wait for SQLite's one writer. */
	writeQueue: (() => number) | null;
	/** Pools of connections to PostgreSQL, by what they are for. */
	pools: Map<string, PoolState>;
}

interface Meters {
	meter: Meter;
	gauges: Gauges;
}

const ignore = () => {};
/** For commands and tests: nobody will ask. */
const none: Meter = {
	...{ posted: ignore, refused: ignore, wrote: ignore },
	...{ committed: ignore, ran: ignore }
};

function meters(): Meters {
	return shared('meters', () => ({
		meter: none,
		gauges: { writeQueue: null, pools: new Map<string, PoolState>() }
	}));
}

/** What this process counts by: by nothing, until the server says so. */
export function meter(): Meter {
	return meters().meter;
}

/** Has the process count from now on. */
export function countBy(meter: Meter): void {
	meters().meter = meter;
}

/** Where a database says what can be looked at. */
export function gauges(): Gauges {
	return meters().gauges;
}
