/** A thread that makes one backup, so that nobody who asks for a page waits for it. */
import { parentPort, workerData } from 'node:worker_threads';
import { add, type Folder } from './folder.ts';

const { url, folder } = workerData as { url: string; folder: Folder };
parentPort?.postMessage(await add(url, folder));
