/**
 * Shares answers between those who ask at the same time, so that however many ask, one question at most is
 * under way. An answer is only given to who asked before its question was put: what they know already, it
 * knows too.
 */
export function askedAfter<T>(ask: () => Promise<T>): () => Promise<T> {
	let underWay: Promise<T> | null = null;
	let next: Promise<T> | null = null;
	const put = () => {
		const question = ask();
		const done = () => {
			if (underWay === question) underWay = null;
		};
		underWay = question;
		question.then(done, done);
		return question;
	};
	const putNext = () => {
		next = null;
		return put();
	};
	return () => (underWay ? (next ??= underWay.then(putNext, putNext)) : put());
}
