/** What somebody saw, each thing at its revision. */
type Seen = ReadonlyMap<string, number>;

/** What was heard of things that changed: the newest revision of each, back to some moment. */
export class KnownRevisions {
	#revisions = new Map<string, number>();
	#version = 0;
	#from = 0;

	/** Another number after every change. */
	get version(): number {
		return this.#version;
	}

	/** Notes which revision a thing has now. What comes twice, or late, is no news. @returns whether it is */
	note(thing: string, revision: number): boolean {
		if ((this.#revisions.get(thing) ?? -1) >= revision) return false;
		this.#revisions.set(thing, revision);
		this.#version += 1;
		return true;
	}

	/** Begins anew: of what was seen until now nothing is known any more. */
	forget(): void {
		this.#revisions.clear();
		this.#from = ++this.#version;
	}

	/** Whether what was so at a version is so still. */
	stands(seen: Seen, since: number): boolean {
		if (since < this.#from) return false;
		for (const [thing, revision] of seen) {
			if ((this.#revisions.get(thing) ?? revision) !== revision) return false;
		}
		return true;
	}
}
