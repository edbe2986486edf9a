import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './shell/App.vue'
import { router } from './shell/routes.ts'
import './styles/index.css'

createApp(App)
  .use(createPinia())
  // Data is reloaded when the change feed says so, not because a window was looked at again.
  .use(PiniaColada, { queryOptions: { staleTime: 60_000, refetchOnWindowFocus: false } })
  .use(router)
  .mount('#app')
