import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Config } from '../lib/server/config.ts';
import type { Database } from '../lib/server/database/database.ts';
import { revisions } from '../lib/server/site/running.ts';
import { loadApplication } from './application/application.ts';
import { answerer, secure } from './application/answering.ts';
import { headersOfAll } from './application/head.ts';
import { PageCache } from './page-cache/page-cache.ts';
import { KEEP_ALIVE_MS } from './page-cache/ready-head.ts';
import { renderer } from './page-cache/rendering.ts';
import { TURNED_AWAY, within, type Visit } from '../lib/server/monitoring/visits.ts';
import { inTurn } from './turns.ts';
import { createWatch } from './watch.ts';
import { hangUp, statusFor, turnAway } from './turned-away.ts';

// A browser sends its headers at once and a form within seconds; whoever trickles is cut off.
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
// Whoever takes nothing of an answer for so long, or up to twice that, is hung up on; who takes it slowly is not.
const STALLED_MS = 60_000;
const SERVER = {
	// Node looks for who is late this often, so that this comes on top of the times above.
	connectionsCheckingInterval: 2_000,
	// Otherwise Node answers a request without a Host header by itself, without our headers.
	requireHostHeader: false
};

/** The server, and the answers that it owes. */
export interface FrontDoor {
	server: Server;
	/** Those under way, but for kept pages that are sent already. */
	underWay: ReadonlySet<ServerResponse>;
}

/**
 * The server in front of SvelteKit: time limits, the headers of every answer, requests that are none
 * turned away, and the pages of guests kept.
 */
export async function createFrontDoor(config: Config, db: Database): Promise<FrontDoor> {
	const application = await loadApplication();
	const watch = await createWatch(config, db);
	const ofAll = headersOfAll(config);
	const enter = answerer(application, config, ofAll);
	const { pageCacheBytes } = config;
	const pages =
		pageCacheBytes > 0
			? new PageCache(await revisions(), renderer(application, config), pageCacheBytes)
			: null;
	const sentAtOnce = (request: IncomingMessage, response: ServerResponse) => {
		if (pages === null || watch.isThorough || !pages.sendKept(request, response)) return false;
		watch.count(request);
		return true;
	};
	const answer = (
		request: IncomingMessage,
		response: ServerResponse,
		{ visit, refusal }: { visit: Visit; refusal: number | null }
	) => {
		const passOn = () => enter(request, response, visit);
		if (refusal !== null) {
			secure(response, ofAll, visit);
			visit.route = TURNED_AWAY;
			turnAway(response, refusal);
		} else if (!pages?.answer({ request, response, visit, passOn })) passOn();
	};
	const underWay = new Set<ServerResponse>();
	const owe = (response: ServerResponse) => {
		underWay.add(response);
		response.once('close', () => underWay.delete(response));
	};
	const arrive = (request: IncomingMessage, response: ServerResponse, refusal: number | null) => {
		if (refusal === null && sentAtOnce(request, response)) {
			// Whoever reads slowly, or is to be sent what is made for them just now, has it later.
			if (!response.writableFinished) owe(response);
			return;
		}
		owe(response);
		if (watch.isProbe(request)) {
			secure(response, ofAll);
			return watch.answer(request, response);
		}
		const visit = watch.begin(request, response);
		within(visit, () => answer(request, response, { visit, refusal }));
	};
	const taker = (refusalOf: (request: IncomingMessage) => number | null) =>
		inTurn((request, response) => arrive(request, response, refusalOf(request)), owe);
	const server = createServer(SERVER, taker(statusFor));
	// Who expects what nobody knows (RFC 9110, 10.1.1) would get Node's own answer, without our headers.
	server.on(
		'checkExpectation',
		taker(() => 417)
	);
	server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
		hangUp(error, socket, ofAll);
	});
	server.headersTimeout = HEADERS_TIMEOUT_MS;
	server.requestTimeout = REQUEST_TIMEOUT_MS;
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	server.timeout = STALLED_MS;
	return { server, underWay };
}
