import type { Encoded } from './events.ts';

/** Where the events for one reader go. */
export interface Sink {
	/** Bytes that wait to be sent, because the reader takes them slowly. */
	readonly waiting: number;
	write(event: Encoded): void;
	/** There is no more. */
	end(): void;
}

/** Begins to send events somewhere. @returns how to stop, when nobody takes them any more */
export type Source = (sink: Sink) => () => void;

/** The same as a stream of the web's, for where nobody keeps the door: it takes more memory than a connection. Begins when somebody reads. */
export function readable(source: Source): ReadableStream<Encoded> {
	let stop: (() => void) | null = null;
	const start = (controller: ReadableStreamDefaultController<Encoded>): void => {
		stop = source({
			get waiting() {
				return -controller.desiredSize!;
			},
			write: (event) => controller.enqueue(event),
			end: () => controller.close()
		});
	};
	return new ReadableStream<Encoded>(
		{
			pull(controller) {
				if (!stop) start(controller);
			},
			cancel: () => stop?.()
		},
		new ByteLengthQueuingStrategy({ highWaterMark: 0 })
	);
}
