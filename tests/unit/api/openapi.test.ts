import { describe, expect, test } from 'vitest';
import * as openapi from '#lib/api/openapi.ts';

type Handler = (event: { request: Request }) => Response | Promise<Response>;
type Route = Partial<Record<string, Handler>>;

const FILES = '/src/routes/api/v1';
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const document = openapi.describe();

/** Every route of the API that answers something, by its path in the document. */
const routes = new Map(
	Object.entries(import.meta.glob<Route>('/src/routes/api/v1/**/+server.ts', { eager: true }))
		.filter(([file]) => !file.includes('[...'))
		.map(([file, route]) => {
			const path = file.slice(FILES.length, -'/+server.ts'.length);
			return [`/api/v1${path.replaceAll('[', '{').replaceAll(']', '}')}`, route] as const;
		})
);

interface Described {
	operationId: string;
	requestBody?: object;
	responses: Record<string, object>;
}

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
	Object.entries(item as Record<string, Described>)
		.filter(([method]) => METHODS.includes(method.toUpperCase()))
		.map(([method, operation]) => ({ path, method: method.toUpperCase(), operation }))
);

function methodsOf(route: Route): string[] {
	return METHODS.filter((method) => route[method] !== undefined);
}

describe('the description', () => {
	test('has every method of every route, and no other', () => {
		const real = [...routes].flatMap(([path, route]) =>
			methodsOf(route).map((method) => `${method} ${path}`)
		);
		const described = operations.map(({ method, path }) => `${method} ${path}`);
		expect(real.length).toBeGreaterThan(10);
		expect(described.toSorted()).toEqual(real.toSorted());
	});

	test('names each operation once', () => {
		const ids = operations.map(({ operation }) => operation.operationId);
		expect(new Set(ids).size).toBe(ids.length);
	});

	test('refers to nothing that it does not have', () => {
		const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
		expect(references.length).toBeGreaterThan(20);
		for (const reference of references) {
			const path = JSON.parse(reference.slice('"$ref":'.length)) as string;
			const [, ...steps] = path.split('/');
			const found = steps.reduce<unknown>(
				(value, step) => (value as Record<string, unknown>)?.[step],
				document
			);
			expect(found, path).toBeTypeOf('object');
		}
	});

	test.each(operations)(
		'says what $method $path takes and how it fails',
		({ method, operation }) => {
			const writes = ['POST', 'PATCH'].includes(method);
			expect(operation.requestBody !== undefined).toBe(writes);
			for (const status of writes ? ['400', '413', '415', '422', 'default'] : ['default']) {
				expect(Object.keys(operation.responses)).toContain(status);
			}
		}
	);
});

describe('a method that a route does not have', () => {
	test.each([...routes])('is refused at %s with those that it has', async (_path, route) => {
		const request = new Request('http://127.0.0.1/', { method: 'SEARCH' });
		const response = await route.fallback!({ request });
		expect(response.status).toBe(405);
		const allowed = response.headers.get('allow')?.split(', ') ?? [];
		expect(allowed.filter((method) => METHODS.includes(method))).toEqual(methodsOf(route));
		expect(allowed.includes('HEAD')).toBe(allowed.includes('GET'));
	});
});
