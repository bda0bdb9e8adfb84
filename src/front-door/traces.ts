import {
	ROOT_CONTEXT,
	SpanKind,
	SpanStatusCode,
	trace,
	type Context,
	type Span
} from '@opentelemetry/api';
import { parseKeyPairsIntoRecord, parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
	BatchSpanProcessor,
	ParentBasedSampler,
	TraceIdRatioBasedSampler,
	TracerProvider
} from '@opentelemetry/sdk-trace';
import { AsyncLocalStorage } from 'node:async_hooks';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { TraceSettings } from '../lib/server/monitoring/settings.ts';
import type { Tracer } from '../lib/server/monitoring/tracing.ts';
import { current } from '../lib/server/monitoring/visits.ts';

// A collector that does not answer must not keep the server from ending.
const STOP_MS = 2000;
const SERVER_FAULT = 500;

function provider({ url, headers, service, share }: TraceSettings, version: string) {
	const exporter = new OTLPTraceExporter({ url, headers: parseKeyPairsIntoRecord(headers) });
	return new TracerProvider({
		resource: resourceFromAttributes({
			'service.name': service,
			'service.version': version,
			'service.instance.id': `${hostname()}:${process.pid}`
		}),
		sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
		spanProcessors: [new BatchSpanProcessor({ exporter })]
	});
}

/** The trace that a proxy of ours began, if it did. */
function parentOf(traceparent: string | undefined): Context {
	const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
	return parent === null
		? ROOT_CONTEXT
		: trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

function fail(span: Span): void {
	span.setStatus({ code: SpanStatusCode.ERROR });
}

/** A tracer that sends what it saw by OpenTelemetry's protocol. Loaded only where that is set up. */
export function createTracer(settings: TraceSettings, version: string): Tracer {
	const traces = provider(settings, version);
	const maker = traces.getTracer('afterword', version);
	const steps = new AsyncLocalStorage<Context>();
	const spans = new WeakMap<object, Span>();
	return {
		begin(visit, method, traceparent) {
			const parent = parentOf(traceparent);
			const span = maker.startSpan(method, { kind: SpanKind.SERVER }, parent);
			spans.set(visit, span);
			visit.trace = { id: span.spanContext().traceId, context: trace.setSpan(parent, span) };
		},
		end(visit, method, status) {
			const span = spans.get(visit);
			if (!span) return;
			span.updateName(`${method} ${visit.route}`);
			span.setAttributes({
				'http.request.method': method,
				'http.route': visit.route,
				'http.response.status_code': status,
				'afterword.request_id': visit.id
			});
			if (status >= SERVER_FAULT) fail(span);
			span.end();
		},
		async step(name, attributes, work) {
			const around = steps.getStore() ?? (current()?.trace?.context as Context | undefined);
			const span = maker.startSpan(name, { attributes }, around ?? ROOT_CONTEXT);
			try {
				return await steps.run(trace.setSpan(around ?? ROOT_CONTEXT, span), work);
			} catch (error) {
				fail(span);
				throw error;
			} finally {
				span.end();
			}
		},
		async stop() {
			await Promise.race([
				traces.shutdown().catch(() => {}),
				setTimeout(STOP_MS, null, { ref: false })
			]);
		}
	};
}
