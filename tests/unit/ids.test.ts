import { describe, expect, test } from 'vitest';
import { firstIdAt, idMaker, isId, newId } from '#lib/server/ids.ts';

describe('ids', () => {
	test('R10 rise, whatever the clock does', () => {
		const ids = Array.from({ length: 1000 }, newId);
		expect(ids).toEqual(ids.toSorted());
		expect(new Set(ids).size).toBe(1000);
		expect(ids.every(isId)).toBe(true);
	});

	test('with given times sort by time, and in the order of making where that is equal', () => {
		const idAt = idMaker();
		const times = [5, 1, 5, 3, 1, 5, 0, 3];
		const made = times.map((time, order) => ({ time, order, id: idAt(new Date(time * 1e12)) }));
		const byId = made.toSorted((a, b) => (a.id < b.id ? -1 : 1));
		const byTime = made.toSorted((a, b) => a.time - b.time || a.order - b.order);
		expect(byId).toEqual(byTime);
		expect(made.every(({ id }) => isId(id))).toBe(true);
	});

	test('of a time and later are after the first of that time', () => {
		const at = new Date(1.7e12);
		const idAt = idMaker();
		expect(firstIdAt(at) <= idAt(at)).toBe(true);
		expect(idAt(new Date(at.getTime() - 1)) < firstIdAt(at)).toBe(true);
		expect(isId(firstIdAt(at))).toBe(true);
	});

	test('from before 1970 are ids too, in the order of making', () => {
		const idAt = idMaker();
		const ids = [-5e11, -9e11].map((time) => idAt(new Date(time)));
		expect(ids.every(isId)).toBe(true);
		expect(ids).toEqual(ids.toSorted());
	});
});
