/** A measured ratio with the goal that it is held against. */
export interface Figure {
	/** As the design names it, e.g. `read.anonymous.200`. */
	name: string;
	value: number;
	unit: 'ratio' | 'kB' | 'MB';
	/** `at least` or `at most` this. */
	goal: { bound: 'least' | 'most'; value: number };
}

/** Whether the figure reaches its goal. */
export function holds({ value, goal }: Figure): boolean {
	return goal.bound === 'least' ? value >= goal.value : value <= goal.value;
}

/** A ratio that should be at least so much. */
export function atLeast(name: string, goal: number, value: number): Figure {
	return { name, value, unit: 'ratio', goal: { bound: 'least', value: goal } };
}

/** A ratio that should be at most so much. */
export function atMost(
	name: string,
	goal: number,
	value: number,
	unit: Figure['unit'] = 'ratio'
): Figure {
	return { name, value, unit, goal: { bound: 'most', value: goal } };
}

/** The middle of several measurements. */
export function median(values: number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A figure in a line: whether it holds, and against what. */
export function line(figure: Figure): string {
	const { name, value, unit, goal } = figure;
	const amount = `${value.toFixed(2)}${unit === 'ratio' ? '' : ` ${unit}`}`;
	const wanted = `at ${goal.bound} ${goal.value}`;
	return `${holds(figure) ? 'holds' : 'SHORT'}  ${name.padEnd(24)} ${amount.padStart(10)}  (${wanted})`;
}

/** Prints figures: a line each, or as JSON (`{name: {value, goal, holds}}`). */
export function tell(figures: Figure[], asJson: boolean): void {
	if (!asJson) return console.log(figures.map(line).join('\n'));
	const entries = figures.map((figure) => {
		const { name, value, goal } = figure;
		return [name, { value, goal: goal.value, holds: holds(figure) }];
	});
	console.log(JSON.stringify(Object.fromEntries(entries), null, '\t'));
}
