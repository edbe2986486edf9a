import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'

type Choices = { platform: NodeJS.Platform; devTools: boolean; print: () => void; openFolder: () => void }

/** The menu bar. Roles bring their usual keys; the page keeps Ctrl+K and F2..F8 for itself. */
export function menuTemplate({
  platform,
  devTools,
  print,
  openFolder,
}: Choices): MenuItemConstructorOptions[] {
  return [
    {
      label: '文件',
      submenu: [
        { label: '打印…', accelerator: 'CmdOrCtrl+P', click: print },
        { label: '打开数据文件夹', click: openFolder },
        { type: 'separator' },
        { label: '退出', role: 'quit' },
      ],
    },
    {
      label: '编辑',
      submenu: [
        { label: '撤销', role: 'undo' },
        { label: '重做', role: 'redo' },
        { type: 'separator' },
        { label: '剪切', role: 'cut' },
        { label: '复制', role: 'copy' },
        { label: '粘贴', role: 'paste' },
        { label: '全选', role: 'selectAll' },
      ],
    },
    {
      label: '查看',
      submenu: [
        { label: '重新载入', role: 'reload' },
        { type: 'separator' },
        { label: '放大', role: 'zoomIn' },
        // The same key without Shift, and the one of the number pad.
        {
          label: '放大',
          role: 'zoomIn',
          accelerator: 'CmdOrCtrl+=',
          visible: false,
          acceleratorWorksWhenHidden: true,
        },
        { label: '缩小', role: 'zoomOut' },
        { label: '原始大小', role: 'resetZoom' },
        { type: 'separator' },
        { label: '全屏', role: 'togglefullscreen' },
        ...(devTools ? [{ label: '开发者工具', role: 'toggleDevTools' } as const] : []),
      ],
    },
    {
      label: '窗口',
      submenu: [
        { label: '最小化', role: 'minimize' },
        { label: '关闭', role: 'close' },
      ],
    },
    ...(platform === 'darwin'
      ? []
      : [{ label: '帮助', submenu: [{ label: '关于', role: 'about' } as const] }]),
  ]
}

/** What the right mouse button offers on a field or on marked text; nothing elsewhere. */
export function fieldTemplate(
  at: Pick<ContextMenuParams, 'isEditable' | 'selectionText'>,
): MenuItemConstructorOptions[] {
  const copy: MenuItemConstructorOptions = { label: '复制', role: 'copy' }
  if (!at.isEditable) return at.selectionText ? [copy] : []
  const rest: MenuItemConstructorOptions[] = [
    { label: '粘贴', role: 'paste' },
    { type: 'separator' },
    { label: '全选', role: 'selectAll' },
  ]
  return [{ label: '剪切', role: 'cut' }, copy, ...rest]
}
