// For the linter, which reads .vue imports with plain TypeScript; vue-tsc finds the files' own types first.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}
