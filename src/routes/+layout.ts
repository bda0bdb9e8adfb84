/** Pages are finished on the server; the one script that helps is `#lib/browser/main.ts`. */
export const csr = false;
