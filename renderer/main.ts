import { PiniaColada } from '@pinia/colada'
import { provideGlobalConfig } from 'element-plus/es/components/config-provider/index.mjs'
import zhCn from 'element-plus/es/locale/lang/zh-cn.mjs'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './shell/App.vue'
import { hidePairingCode } from './shell/pairing.ts'
import { openRouter } from './shell/routes.ts'
import './styles/index.css'

hidePairingCode()
const app = createApp(App)
// Element Plus types the locale as the declaration of a prop; it takes the locale itself.
provideGlobalConfig({ locale: zhCn } as never, app, true)
app
  .use(createPinia())
  // Data is reloaded when the change feed says so, not because a window was looked at again.
  .use(PiniaColada, { queryOptions: { staleTime: 60_000, refetchOnWindowFocus: false } })
  .use(openRouter())
  .mount('#app')
