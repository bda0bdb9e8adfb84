import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it was received. */
export interface Span {
	name: string;
	traceId: string;
	spanId: string;
	/** '' for the first of a trace. */
	parentSpanId: string;
	attributes: Record<string, unknown>;
	failed: boolean;
	/** The service that sent it. */
	service: unknown;
}

/** What takes traces by OpenTelemetry's protocol (JSON over HTTP), and keeps them. */
export interface Collector {
	url: string;
	spans: Span[];
	/** The headers of the last message. */
	headers: Record<string, unknown>;
	stop(): Promise<void>;
}

interface Attribute {
	key: string;
	value: Record<string, unknown>;
}

interface Message {
	resourceSpans: {
		resource: { attributes: Attribute[] };
		scopeSpans: {
			spans: {
				name: string;
				traceId: string;
				spanId: string;
				parentSpanId?: string;
				attributes: Attribute[];
				status: { code?: number };
			}[];
		}[];
	}[];
}

const FAILED = 2;

function valuesOf(attributes: Attribute[]): Record<string, unknown> {
	return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

function spansOf({ resourceSpans }: Message): Span[] {
	return resourceSpans.flatMap(({ resource, scopeSpans }) =>
		scopeSpans.flatMap(({ spans }) =>
			spans.map(({ name, traceId, spanId, parentSpanId = '', attributes, status }) => ({
				...{ name, traceId, spanId, parentSpanId },
				attributes: valuesOf(attributes),
				failed: status.code === FAILED,
				service: valuesOf(resource.attributes)['service.name']
			}))
		)
	);
}

/** Starts a collector on the loopback. */
export async function startCollector(): Promise<Collector> {
	const spans: Span[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.once('end', () => {
			collector.headers = request.headers;
			const isKnown = request.method === 'POST' && request.url === '/v1/traces';
			if (isKnown) spans.push(...spansOf(JSON.parse(Buffer.concat(chunks).toString()) as Message));
			response.writeHead(isKnown ? 200 : 404, { 'Content-Type': 'application/json' });
			response.end('{}');
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const collector: Collector = {
		url: `http://127.0.0.1:${port}`,
		spans,
		headers: {},
		async stop() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
	return collector;
}
