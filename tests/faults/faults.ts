import { busy, together } from './items/busy.ts';
import { copied, deployed, killed } from './items/killed.ts';
import type { Fault } from './support/fault.ts';

/** Every fault, in the order in which they are brought about. */
export const FAULTS: readonly Fault[] = [killed, copied, deployed, busy, together];
