export { lay, type SanctionInput } from './lay.ts';
export { lift } from './lift.ts';
export { SPANS } from './recent.ts';
export { acknowledge, outstanding, type WarningView } from './warnings.ts';
