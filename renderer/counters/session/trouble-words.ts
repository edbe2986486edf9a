import type { Trouble } from '../../../electron/contract/session.ts'

type Words = { title: string; what: string; safe: string; ways: string[] }

const untouched = '原来的文件一个字节都没有改动，也没有删除或覆盖任何数据。'

/** What happened, that nothing was lost, and what to do; by kind of trouble. */
export const troubleWords: Record<Trouble['kind'], Words> = {
  newer: {
    title: '请用新版程序打开',
    what: '这份数据是用更新版本的服务台保存的，现在这个旧版程序看不懂它。',
    safe: untouched,
    ways: ['关闭这个程序，安装或打开新版的一门式服务台。', '如果刚换过电脑，请确认装的是最新版本。'],
  },
  foreign: {
    title: '这个文件不是服务台的数据',
    what: '数据文件夹里的文件属于别的程序，服务台没有打开它。',
    safe: untouched,
    ways: ['检查启动时选的数据文件夹是不是选错了。', '换成正确的文件夹，再重新启动服务台程序。'],
  },
  corrupt: {
    title: '数据文件损坏，没有打开',
    what: '文件里有一部分读不出来，多半是磁盘或突然断电造成的。为了不让损坏扩大，服务台没有继续使用它。',
    safe: '损坏的文件会原样留着，可以再找人修复；不会删除，也不会覆盖。',
    ways: [],
  },
  network: {
    title: '数据文件夹在网络盘上',
    what: '网络盘可能让两台电脑同时写同一份数据，容易写坏，所以没有打开。',
    safe: untouched,
    ways: ['把数据文件夹放到这台电脑自己的硬盘上，再重新启动服务台程序。'],
  },
  'read-only': {
    title: '数据文件是只读的',
    what: '这个文件或文件夹不允许写入，登记的内容将无法保存，所以没有打开。',
    safe: untouched,
    ways: ['检查文件夹的权限，或者是否放在光盘、写保护的 U 盘上。', '改好以后重新启动服务台程序。'],
  },
  unwritable: {
    title: '数据文件夹不能写入',
    what: '磁盘满了，或者没有写入的权限，登记的内容将无法保存，所以没有打开。',
    safe: untouched,
    ways: ['腾出磁盘空间，或者检查文件夹的权限。', '处理好以后重新启动服务台程序。'],
  },
  migration: {
    title: '升级数据没有完成',
    what: '新版程序整理数据时出了错，已经整个退回升级之前的样子。',
    safe: '升级前做过并核对过备份；原来的数据没有改动。',
    ways: ['先用原来的版本继续工作。', '把下面的说明告诉技术人员。'],
  },
}
