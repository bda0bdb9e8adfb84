import { error } from '@sveltejs/kit';
import { guides } from '../guides.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => {
	const guide = guides.find(({ slug }) => slug === params.guide);
	if (!guide) error(404, 'There is no such guide.');
	return { guide };
};
