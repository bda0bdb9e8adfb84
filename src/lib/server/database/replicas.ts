import type { Pool } from 'pg';
import { askedAfter } from './asked-after.ts';
import { placeOf } from './addresses.ts';
import type { Read } from './database.ts';
import { Replica, type Position, type Queries } from './replica.ts';
import { TIMELINE } from './servers.ts';

// Those that are left out are looked at so often.
const LOOK_EVERY_MS = 1000;

/** Those who may be read instead of the primary. */
export interface Replicas {
	/** One that has repeated everything that was committed by now; null when there is none. */
	reader(): Promise<Read | null>;
	close(): Promise<void>;
}

/** Where the primary has written to for good: every commit that anybody was told of is before it. */
async function positionOf(primary: Queries): Promise<Position> {
	const { rows } = await primary.query<{ bytes: string; timeline: number }>({
		name: 'position',
		text: `select pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::text as bytes, ${TIMELINE} as timeline`
	});
	const [{ bytes, timeline }] = rows;
	return { bytes: BigInt(bytes), timeline };
}

/**
 * Opens replicas. A request that reads asks the primary first how far it has written, one number, shared by all
 * that begin at the same time, and then reads a replica that has come as far. So it sees everything that
 * was committed when it began, whoever wrote it through whichever process: nobody misses their own words or
 * what they were just told of, and no clock, cookie or delay that is thought to be enough has a part in it.
 */
export function openReplicas(
	urls: string[],
	primary: Queries,
	openPool: (url: string) => Pool
): Replicas {
	const all = urls.map((url) => new Replica(placeOf(url), openPool(url), primary));
	const position = askedAfter(() => positionOf(primary));
	let turn = 0;

	async function look(): Promise<void> {
		const out = all.filter(({ isIn }) => !isIn);
		if (out.length === 0) return;
		const { rows } = await primary.query<{ id: string }>('select id from site limit 1');
		const site = rows.at(0)?.id;
		await Promise.all(out.map((replica) => replica.comeBack(site, position)));
	}

	let looking: Promise<void> | null = null;
	const lookOnce = () => {
		// While the primary does not answer, nobody comes back.
		looking ??= look()
			.catch(() => {})
			.finally(() => (looking = null));
	};
	const timer = setInterval(lookOnce, LOOK_EVERY_MS);
	timer.unref();
	lookOnce();

	return {
		async reader() {
			const ready = all.filter(({ isIn }) => isIn);
			if (ready.length === 0) return null;
			const replica = ready[turn++ % ready.length];
			// Where the primary does not say how far it is, it is asked for the rest as well, and says why.
			const at = await position().catch(() => null);
			return at !== null && (await replica.hasReached(at)) ? replica.read : null;
		},
		async close() {
			clearInterval(timer);
			await looking;
			await Promise.all(all.map(({ pool }) => pool.end()));
		}
	};
}
