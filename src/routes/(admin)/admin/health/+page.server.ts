import { config } from '#lib/server/config.ts';
import { examine, worst } from '#lib/server/doctor/doctor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, request: { headers } }) => {
	const request = {
		host: headers.get('host') ?? '',
		forwardedFor: headers.get('x-forwarded-for'),
		forwardedProto: headers.get('x-forwarded-proto')
	};
	const found = await examine({ config: config(), db, request, isServing: true });
	return { found: found.toSorted(byState), state: worst(found) };
};

const ORDER = ['wrong', 'warning', 'ok'];

function byState(a: { state: string }, b: { state: string }): number {
	return ORDER.indexOf(a.state) - ORDER.indexOf(b.state);
}
