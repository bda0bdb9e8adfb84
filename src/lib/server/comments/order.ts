interface Placed {
	id: string;
	parentId: string | null;
	replySeq: number | null;
}

/**
 * Replies in reading order: each under its parent, siblings oldest first. A reply whose parent is
 * not among them begins a branch of its own at its place in time.
 */
export function readingOrder<T extends Placed>(replies: T[]): T[] {
	if (replies.length < 2) return replies;
	const oldestFirst = replies.toSorted(
		(a, b) => (a.replySeq ?? Infinity) - (b.replySeq ?? Infinity)
	);
	const known = new Set(replies.map((reply) => reply.id));
	const children = Map.groupBy(oldestFirst, (reply) =>
		reply.parentId !== null && known.has(reply.parentId) ? reply.parentId : ''
	);
	const ordered: T[] = [];
	const stack = (children.get('') ?? []).toReversed();
	for (let reply = stack.pop(); reply; reply = stack.pop()) {
		ordered.push(reply);
		stack.push(...(children.get(reply.id) ?? []).toReversed());
	}
	return ordered;
}
