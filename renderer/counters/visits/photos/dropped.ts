/** A file as it was chosen: with the path below the chosen folder, for two folders of a card name alike. */
export type Chosen = { file: File; path: string }

/** What systems leave in folders of photos. */
const leftBySystem = /(^|\/)(\.[^/]*|Thumbs\.db|desktop\.ini)$/i

const worth = (chosen: Chosen[]) => chosen.filter(({ path }) => !leftBySystem.test(path))

/** Files of an `<input type="file">`, with or without `webkitdirectory`. */
export const chosenOf = (files: Iterable<File>): Chosen[] =>
  worth([...files].map((file) => ({ file, path: file.webkitRelativePath || file.name })))

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject))

/** Chromium hands out a hundred entries at a time; none means that this was all. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}

async function walk(entry: FileSystemEntry): Promise<Chosen[]> {
  if (entry.isFile) {
    return [{ file: await fileOf(entry as FileSystemFileEntry), path: entry.fullPath.replace(/^\//, '') }]
  }
  const found: Chosen[] = []
  for (const inside of await entriesOf(entry as FileSystemDirectoryEntry)) found.push(...(await walk(inside)))
  return found
}

/** Everything that was dropped, folders with all that is in them, by path. */
export async function droppedOf(data: DataTransfer): Promise<Chosen[]> {
  // The entries are gone once the event is over: all of them are asked for before anything waits.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (entries.length === 0) return chosenOf(data.files)
  const found = (await Promise.all(entries.map(walk))).flat()
  return worth(found).sort((one, other) => one.path.localeCompare(other.path, 'zh-CN', { numeric: true }))
}
