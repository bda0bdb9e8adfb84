import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import process from 'node:process';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const CONFIGS = ['*.config.ts', '*.config.js'];

/** Everywhere: what SvelteKit 3 will not have, and what plain Node could not resolve. */
const ANYWHERE = [
	{ regex: '^\\$lib(/|$)', message: 'Use #lib/… with the file extension.' },
	{ regex: '^\\$app/stores$', message: 'Use $app/state.' },
	{ regex: '^\\$env/', message: 'Settings are read by #lib/server/config.ts.' },
	{
		regex: '^(#lib/|\\.{1,2}/)(?!.*(\\.(ts|js|svelte|css|json)(\\?\\w+)?|\\$types)$)',
		message: 'Name the file with its extension: Node resolves nothing else.'
	}
];

const SERVER = [
	{
		regex: '^(\\$app/|@sveltejs/kit)',
		message: 'src/lib/server knows nothing of SvelteKit: commands, jobs and tests call it too.'
	}
];

const BROWSER = [
	{
		regex: '^#lib/server/|/lib/server/|/server/',
		allowTypeImports: true,
		message: 'The browser gets only types from the server.'
	}
];

const NO_DEFAULT_EXPORT = {
	selector: 'ExportDefaultDeclaration',
	message: 'Export by name: modules are nouns, and their functions are called through them.'
};

const NO_RAW_SQL = {
	selector: 'CallExpression[callee.object.name="sql"][callee.property.name="raw"]',
	message: 'Values go into SQL as parameters.'
};

/**
 * @param {...object[]} lists
 * @returns {import('eslint').Linter.RulesRecord}
 */
function imports(...lists) {
	return { '@typescript-eslint/no-restricted-imports': ['error', { patterns: lists.flat() }] };
}

export default ts.config(
	{
		ignores: [
			...['build/', '.svelte-kit/', 'coverage/', 'data/', 'drizzle/', 'node_modules/'],
			...['playwright-report/', 'test-results/']
		]
	},
	ts.configs.recommended,
	svelte.configs.recommended,
	{
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		languageOptions: { globals: { ...globals.node, ...globals.browser } },
		rules: {
			...imports(ANYWHERE),
			'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, NO_RAW_SQL],
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'separate-type-imports' }
			],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			],
			// What eslint itself recommends and the types do not already forbid.
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-cond-assign': 'error',
			'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
			'no-debugger': 'error',
			'no-empty': 'error',
			'no-eval': 'error',
			'no-fallthrough': 'error',
			'no-implied-eval': 'error',
			'no-self-assign': 'error',
			'no-self-compare': 'error',
			'no-unsafe-finally': 'error',
			'no-unsafe-optional-chaining': 'error',
			'no-useless-escape': 'error',
			'no-useless-catch': 'error',
			// Links are written as they are read: the site lives at the root of its address.
			'svelte/no-navigation-without-resolve': 'off',
			// Svelte drops a space at the edge of a block unless it is written {' '}.
			'svelte/no-useless-mustaches': 'off',
			// The page's policy refuses inline styles.
			'svelte/no-inline-styles': ['error', { allowTransitions: false }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	},
	{
		// A promise that nobody waits for is a write that may not have happened.
		files: ['src/**/*.ts', 'tests/**/*.ts'],
		ignores: ['**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname ?? process.cwd() }
		},
		rules: {
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error'
		}
	},
	{ files: ['src/lib/server/**'], rules: imports(ANYWHERE, SERVER) },
	{ files: ['src/lib/components/**', 'src/lib/browser/**'], rules: imports(ANYWHERE, BROWSER) },
	{
		files: [...CONFIGS, 'tests/domain/support/prepare.ts'],
		rules: { 'no-restricted-syntax': ['error', NO_RAW_SQL] }
	}
);
