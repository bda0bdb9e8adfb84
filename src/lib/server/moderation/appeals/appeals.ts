export { appeal } from './appeal.ts';
export { decide, type AppealDecision } from './decide.ts';
export { open, type OpenAppeal } from './list.ts';
export { waiting } from './waiting.ts';
