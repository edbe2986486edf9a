import type { MenuItemConstructorOptions } from 'electron'
import { expect, test, vi } from 'vitest'
import { fieldTemplate, menuTemplate } from '../../../electron/hosts/desktop/menu.ts'

const choices = { platform: 'linux' as const, devTools: false, print: vi.fn(), openFolder: vi.fn() }
const items = (menu: MenuItemConstructorOptions[]) =>
  menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
const labels = (menu: MenuItemConstructorOptions[]) => items(menu).flatMap(({ label }) => label ?? [])

test('the menu speaks Chinese and offers printing, zoom and reload', () => {
  const menu = menuTemplate(choices)
  expect([...menu.map(({ label }) => label), ...labels(menu)].join('')).not.toMatch(/[A-Za-z]/)
  expect(items(menu).map(({ role }) => role)).toEqual(
    expect.arrayContaining(['zoomIn', 'zoomOut', 'resetZoom', 'reload', 'quit', 'undo', 'paste']),
  )
  const print = items(menu).find(({ label }) => label === '打印…')
  ;(print!.click as () => void)()
  expect(choices.print).toHaveBeenCalledOnce()
})

test('the developer tools are only there while developing', () => {
  expect(labels(menuTemplate(choices))).not.toContain('开发者工具')
  expect(labels(menuTemplate({ ...choices, devTools: true }))).toContain('开发者工具')
})

test('every item of the menu does something', () => {
  for (const item of items(menuTemplate(choices))) {
    expect(item.type === 'separator' || item.role || item.click).toBeTruthy()
  }
})

test('the right mouse button cuts and pastes in fields and copies marked text', () => {
  const roles = (at: { isEditable: boolean; selectionText: string }) =>
    fieldTemplate(at).flatMap(({ role }) => role ?? [])
  expect(roles({ isEditable: true, selectionText: '' })).toEqual(['cut', 'copy', 'paste', 'selectAll'])
  expect(roles({ isEditable: false, selectionText: '张三' })).toEqual(['copy'])
  expect(roles({ isEditable: false, selectionText: '' })).toEqual([])
})
