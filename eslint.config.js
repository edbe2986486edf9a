import { globalIgnores } from 'eslint/config'
import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

/** One rule per arrow of the house: a room may import what lies below it, never what lies above. */
const room = (files, forbidden, ignores = []) => ({
  files,
  ignores,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: forbidden.map(([regex, message]) => ({ regex, message })),
      },
    ],
  },
})

const electron = ['^electron($|/)', 'Only hosts/desktop knows Electron.']
const driver = ['^better-sqlite3$', 'Only database/open.ts imports the SQLite driver.']
const hosts = ['/hosts/', 'Arrows run down: nothing but a host imports a host.']
const desk = ['/desk\\.ts$', 'Arrows run down: only hosts import desk.ts.']
const counters = ['/counters/', 'Arrows run down: this room lies below the counters.']
const workbench = ['/workbench/', 'Arrows run down: this room lies below the workbench.']
const database = ['/database/', 'The renderer and the contract never see the database.']
const above = (...names) => [
  `/(${names.join('|')})/`,
  'Counters read each other one way: see design.md, section 2.',
]

const transaction = {
  selector: "CallExpression[callee.name='transact']",
  message: 'Only act and the migrations begin a transaction.',
}
const sqlTransaction = {
  selector: 'Literal[value=/^\\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT)\\b/]',
  message: 'Only database/open.ts begins a transaction.',
}

export default typescript.config(
  globalIgnores(['out/', 'release/', 'node_modules/', 'test-results/', '.cache/']),
  ...typescript.configs.recommendedTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        project: [
          'electron/contract/tsconfig.json',
          'electron/tsconfig.json',
          'electron/hosts/desktop/tsconfig.json',
          'renderer/tsconfig.json',
          'verify/tsconfig.json',
          'tests/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
    rules: {
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      // Prettier decides on layout.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      // exactOptionalPropertyTypes already tells an absent prop from a default one.
      'vue/require-default-prop': 'off',
    },
  },
  { files: ['**/*.{js,mjs}'], ...typescript.configs.disableTypeChecked },
  {
    files: ['electron/**/*.ts', 'seeds/**/*.ts'],
    ignores: ['electron/database/**', 'electron/workbench/act.ts', 'seeds/dataset/**'],
    rules: { 'no-restricted-syntax': ['error', transaction, sqlTransaction] },
  },
  // Command-line tools speak on the console; the core never does.
  {
    files: [
      'tests/**',
      'seeds/dataset/**',
      'electron/hosts/**',
      'electron/database/{audit-verify,snapshot}.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  room(['electron/contract/**'], [electron, driver, hosts, desk, counters, workbench, database]),
  room(
    ['electron/database/**'],
    [electron, driver, hosts, desk, counters, workbench],
    ['electron/database/open.ts'],
  ),
  room(['electron/database/open.ts'], [electron, hosts, desk, counters, workbench]),
  room(['electron/workbench/**'], [electron, driver, hosts, desk, counters]),
  room(
    ['electron/counters/people/**'],
    [
      electron,
      driver,
      hosts,
      desk,
      above('enquiries', 'overview', 'visits', 'noon-class', 'volunteers', 'certificates'),
    ],
  ),
  room(
    ['electron/counters/{enquiries,noon-class,documents,session,settings}/**'],
    [electron, driver, hosts, desk, above('overview', 'visits', 'volunteers', 'certificates')],
  ),
  room(
    ['electron/counters/visits/**'],
    [electron, driver, hosts, desk, above('overview', 'noon-class', 'volunteers', 'certificates')],
  ),
  room(
    ['electron/counters/volunteers/**'],
    [electron, driver, hosts, desk, above('overview', 'visits', 'noon-class', 'certificates')],
  ),
  room(
    ['electron/counters/certificates/**'],
    [electron, driver, hosts, desk, above('overview', 'visits', 'noon-class')],
  ),
  room(['electron/counters/overview/**'], [electron, driver, hosts, desk]),
  room(['electron/desk.ts'], [electron, driver, hosts]),
  room(['electron/hosts/browser/**', 'electron/hosts/*.ts'], [electron, driver]),
  room(['electron/hosts/desktop/**'], [driver]),
  room(
    ['renderer/**'],
    [
      ['electron/(?!contract/)', 'The renderer imports only the contract.'],
      ['^electron($|/)', 'There is no Electron in the renderer.'],
      ['^node:', 'There is no Node in the renderer.'],
    ],
  ),
  room(
    ['verify/**'],
    [
      [
        'electron/(?!contract/certificate-)',
        'The page that anyone opens knows the form of a code and nothing else.',
      ],
      ['/renderer/', 'verify.html stands alone.'],
      ['^node:', 'There is no Node in a page.'],
    ],
    ['verify/vite.config.ts'],
  ),
)
