import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { applicationId } from './open.ts'
import { errorCode } from './refusal.ts'
import { readWal } from './wal.ts'

/** What a file is, seen without opening it as a database. */
export type Verdict =
  | { kind: 'absent' }
  | { kind: 'ours'; version: number }
  | { kind: 'newer'; version: number; detail: string }
  | { kind: 'foreign' | 'corrupt' | 'read-only'; detail: string }

const magic = Buffer.from('SQLite format 3\0', 'latin1')

/** Problems of the first 100 bytes that SQLite itself would refuse, or that no file of this desk can have. */
function headerProblem(header: Buffer): string | null {
  if (!header.subarray(0, 16).equals(magic)) return 'does not begin like an SQLite file'
  const pageSize = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16)
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) return `has an impossible page size (${pageSize})`
  if (![1, 2].includes(header[18]!) || ![1, 2].includes(header[19]!)) return 'has an unknown file format'
  if (header[21] !== 64 || header[22] !== 32 || header[23] !== 32) return 'has damaged payload fractions'
  if (header.readUInt32BE(44) > 4) return 'has an unknown schema format'
  if (header.readUInt32BE(56) > 3) return 'has an unknown text encoding'
  return null
}

/** Which pages the file should have beyond its end and the log does not have either. */
function missingPages(bytes: number, header: Buffer, wal: ReturnType<typeof readWal>): number {
  const pageSize = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16)
  // The count in the header only counts when the last writer knew of it (file format, section 1.3.8).
  const trusted = header.readUInt32BE(24) === header.readUInt32BE(92)
  const expected = wal ? wal.size : trusted ? header.readUInt32BE(28) : 0
  const lockPage = Math.floor(0x40000000 / pageSize) + 1
  let missing = 0
  for (let page = Math.floor(bytes / pageSize) + 1; page <= expected; page += 1) {
    if (page !== lockPage && !wal?.pages.has(page)) missing += 1
    if (missing > 0 && !wal) return expected - page + 1
  }
  return missing
}

/**
 * Looks at a data file with plain reads only, so that a newer or foreign file stays byte for byte what it is, with no
 * `-wal` or `-shm` made beside it. Committed pages still in the log are taken into account: after a kill the file
 * itself can be older than what it holds.
 * Only before a connection is open in this process: see files.ts on POSIX locks.
 */
export function inspectFile(file: string, newest: number): Verdict {
  let opened: number
  try {
    opened = openSync(file, 'r')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      const log = statSync(`${file}-wal`, { throwIfNoEntry: false })
      if (!log || log.size === 0) return { kind: 'absent' }
      return { kind: 'corrupt', detail: 'the data file is missing, but its -wal file is there' }
    }
    return { kind: 'read-only', detail: `cannot be read: ${String(error)}` }
  }
  try {
    const stat = fstatSync(opened)
    if (!stat.isFile()) return { kind: 'foreign', detail: 'is not a file' }
    const header = Buffer.alloc(100)
    if (readSync(opened, header, 0, 100, 0) < 100) {
      return { kind: 'corrupt', detail: `is only ${stat.size} bytes long` }
    }
    const problem = headerProblem(header)
    if (problem) return { kind: 'corrupt', detail: problem }

    const wal = readWal(`${file}-wal`)
    const current = wal?.firstPage ?? header
    const owner = current.readUInt32BE(68)
    if (owner !== applicationId) {
      return { kind: 'foreign', detail: `belongs to another program (application_id ${owner.toString(16)})` }
    }
    const version = current.readUInt32BE(60)
    if (version > newest) {
      const detail = `was written by a newer version (schema ${version}, this one knows ${newest})`
      return { kind: 'newer', version, detail }
    }
    const missing = missingPages(stat.size, current, wal)
    if (missing > 0) return { kind: 'corrupt', detail: `is cut off: ${missing} pages are missing at its end` }
    return { kind: 'ours', version }
  } finally {
    closeSync(opened)
  }
}

/** File systems that live on another machine: their locks lie, and WAL needs memory shared on one machine. */
const networkTypes = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x564c, 'NCP'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
])
// FUSE carries local disks (NTFS) as well as remote ones; only the mount table tells which.
const fuse = 0x65735546
const remoteFuse = /^fuse\.(sshfs|rclone|s3fs|davfs2?|gvfsd-fuse|glusterfs|cephfs|curlftpfs|smbnetfs)$/

/** The type of the mount that holds this path, from Linux's mount table. */
function mountType(path: string): string {
  let best = { point: '', type: '' }
  for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
    const [before, after] = line.split(' - ')
    const point = before?.split(' ')[4]?.replace(/\\040/g, ' ')
    const type = after?.split(' ')[0]
    if (!point || !type) continue
    const inside = path === point || path.startsWith(point === '/' ? '/' : `${point}/`)
    if (inside && point.length >= best.point.length) best = { point, type }
  }
  return best.type
}

/** How the system describes a place; handed in by tests, which have no network drive. */
export type Place = { platform: string; type: (path: string) => number; real: (path: string) => string }

const here: Place = {
  platform: process.platform,
  type: (path) => statfsSync(path).type,
  real: (path) => realpathSync.native(path),
}

/** The nearest folder that exists, at or above this one. */
function existing(folder: string): string {
  const path = resolve(folder)
  return statSync(path, { throwIfNoEntry: false }) || dirname(path) === path ? path : existing(dirname(path))
}

/**
 * Names the network file system that a folder (or the place where it would be made) lies on; null on a local disk.
 * macOS does not tell a stable number for it, so there WAL's own check (pragmas read back) has to do.
 */
export function networkOf(folder: string, place: Place = here): string | null {
  if (place.platform === 'win32') {
    // Mapped drives show their server only in the real path.
    const paths = [folder, place.real(existing(folder))]
    const remote = paths.some((path) => /^[\\/]{2}(?![?.][\\/])|^[\\/]{2}\?[\\/]UNC[\\/]/i.test(path))
    return remote ? 'a Windows network share' : null
  }
  if (place.platform !== 'linux') return null
  const path = place.real(existing(folder))
  const type = place.type(path) >>> 0
  if (type === fuse) {
    const mounted = mountType(path)
    return remoteFuse.test(mounted) ? mounted : null
  }
  return networkTypes.get(type) ?? null
}
