import type { PageServerLoad } from './$types';
import { guides } from './guides.ts';

export const load: PageServerLoad = () => ({
	guides: guides.map(({ slug, title, summary }) => ({ slug, title, summary }))
});
