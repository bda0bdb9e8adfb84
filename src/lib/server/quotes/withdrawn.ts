/** What stands in a quote whose source may not be read (any more). */
export const WITHDRAWN = 'This passage was withdrawn with the comment it came from.';
