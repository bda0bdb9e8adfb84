import { describe, expect, test } from 'vitest';
import { masked } from '../../../src/cli/settings.ts';
import { ConfigError, readConfig } from '#lib/server/config.ts';

/** What is wrong with settings. */
function problems(environment: NodeJS.ProcessEnv): string[] {
	try {
		readConfig(environment);
		return [];
	} catch (error) {
		if (error instanceof ConfigError) return error.problems;
		throw error;
	}
}

describe('the settings of watching over it', () => {
	test('ask for nothing by themselves', () => {
		const { metricsToken, traces, logLevel, logRequests, drainSeconds } = readConfig({});
		expect({ metricsToken, traces, logLevel, logRequests, drainSeconds }).toEqual({
			...{ metricsToken: null, traces: null, logLevel: 'info', logRequests: false },
			drainSeconds: 0
		});
	});

	test('are read', () => {
		const config = readConfig({
			METRICS_TOKEN: 'a-token-of-the-scraper',
			LOG_LEVEL: 'error',
			LOG_REQUESTS: 'on',
			DRAIN_SECONDS: '15',
			OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/',
			OTEL_TRACES_SAMPLER_ARG: '0.25'
		});
		expect(config).toMatchObject({
			metricsToken: 'a-token-of-the-scraper',
			...{ logLevel: 'error', logRequests: true, drainSeconds: 15 },
			traces: { url: 'http://127.0.0.1:4318/v1/traces', service: 'afterword', share: 0.25 }
		});
	});

	test.each([
		{ METRICS_TOKEN: 'short' },
		{ METRICS_TOKEN: 'with spaces in the middle' },
		{ LOG_LEVEL: 'debug' },
		{ LOG_REQUESTS: 'yes' },
		{ DRAIN_SECONDS: '-1' },
		{ OTEL_EXPORTER_OTLP_ENDPOINT: '127.0.0.1:4318' },
		{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_TRACES_SAMPLER_ARG: '2' }
	])('are refused when they are wrong: %j', (environment) => {
		expect(problems(environment)).toHaveLength(1);
		expect(problems(environment)[0]).toMatch(new RegExp(Object.keys(environment).at(-1)!));
	});

	test('are not shown where they are secret', () => {
		for (const name of ['METRICS_TOKEN', 'OTEL_EXPORTER_OTLP_HEADERS']) {
			expect(masked(name, 'authorization=Bearer%20x')).toBe('***');
		}
	});
});
