import { readFileSync, readlinkSync, statfsSync } from 'node:fs';

/**
 * The owner of a temporary folder or file, in a form that fits into its name: process, start, namespace of process
 * numbers, and boot. A process number alone is not enough, since a later process may get it. Zeros stand for facts that
 * a system does not provide.
 */
export interface Owner {
  readonly pid: number;
  /** In ticks since the boot: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
  readonly start: string;
  /** Containers have numbers of their own: https://man7.org/linux/man-pages/man7/pid_namespaces.7.html */
  readonly namespace: string;
  readonly boot: string;
}

/** This process. */
export function thisOwner(): Owner {
  return { pid: process.pid, start: statOf('self').start ?? '0', namespace: readNamespace(), boot: readBoot() };
}

/** The owner as a part of a name. */
export function formatOwner({ pid, start, namespace, boot }: Owner): string {
  return `${pid}-${start}-${namespace}-${boot}`;
}

const pattern = /^(\d{1,10})-(\d{1,20})-(\d{1,20})-([0-9a-f]{8}|0)$/;

/** Reads what `formatOwner` wrote; null for any other text. */
export function parseOwner(text: string): Owner | null {
  const [, pid, start = '', namespace = '', boot = ''] = pattern.exec(text) ?? [];
  return pid === undefined ? null : { pid: Number(pid), start, namespace, boot };
}

/**
 * Whether an owner is known to be dead. If that is unknown, as for a process of another container or of another machine
 * on a network folder, it counts as living.
 */
export function isGone(owner: Owner, folder: string): boolean {
  const boot = readBoot();
  if (owner.boot !== boot) return owner.boot !== '0' && boot !== '0' && isLocal(folder);
  if (owner.namespace !== readNamespace()) return false;
  if (!isRunning(owner.pid)) return true;
  const { isExiting, start } = statOf(String(owner.pid));
  if (isExiting || isKilled(owner.pid)) return true;
  return start !== null && owner.start !== '0' && start !== owner.start;
}

/** The bit of SIGKILL, which is signal 9, in a mask of signals. */
const sigkill = 8n;

/** Whether SIGKILL waits for a process to return from a call, such as a write to a slow disk: it runs no more code. */
function isKilled(pid: number): boolean {
  const pending = /^SigPnd:\s*([0-9a-f]{16})$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return pending !== undefined && ((BigInt(`0x${pending}`) >> sigkill) & 1n) === 1n;
}

/** File systems that one kernel has to itself: ext4, tmpfs, XFS, Btrfs, F2FS, overlayfs. */
const ownFileSystems: ReadonlySet<number> = new Set([
  0xef53, 0x01021994, 0x58465342, 0x9123683e, 0xf2f52010, 0x794c7630,
]);

function isLocal(folder: string): boolean {
  try {
    return ownFileSystems.has(statfsSync(folder).type);
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** The flag of a process that is exiting: https://github.com/torvalds/linux/blob/master/include/linux/sched.h, PF_EXITING. */
const exiting = 0x4;

/**
 * Whether a process is exiting, and its start; null if the system does not provide it. A process that has exited keeps its
 * number until its parent collects its status.
 */
function statOf(process: string): { readonly isExiting: boolean; readonly start: string | null } {
  // The name of a program may hold spaces and brackets, and ends with the last bracket.
  const fields = read(`/proc/${process}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return { isExiting: (Number(fields?.[6] ?? 0) & exiting) > 0, start: fields?.[19] ?? null };
}

function readBoot(): string {
  return read('/proc/sys/kernel/random/boot_id')?.slice(0, 8) ?? '0';
}

function readNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0';
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return null;
  }
}
