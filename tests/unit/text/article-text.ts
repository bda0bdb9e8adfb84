/** An article with every kind of block. */
export const ARTICLE_TEXT = `# A “heading”

One paragraph --
with an **end**.

- one
- two
  - within

***

3. three

> Quoted words.

\`\`\`js
let code = 1;
\`\`\`

    indented code

One paragraph -- with an end.`;
