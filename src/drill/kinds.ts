import type { Kind } from './kind.ts';
import { between } from './kinds/between.ts';
import { diskFull } from './kinds/disk-full.ts';
import { fileSize } from './kinds/file-size.ts';
import { ioError } from './kinds/io-error.ts';
import { kill } from './kinds/kill.ts';
import { locked } from './kinds/locked.ts';
import { oldWriter } from './kinds/old-writer.ts';
import { powerLoss } from './kinds/power-loss.ts';
import { readOnly } from './kinds/read-only.ts';
import { sigkill } from './kinds/sigkill.ts';
import { sigkillAnytime } from './kinds/sigkill-anytime.ts';
import { sigstop } from './kinds/sigstop.ts';
import { smallDisk } from './kinds/small-disk.ts';
import { eightProcesses, twoProcesses } from './kinds/together.ts';
import { tornLog } from './kinds/torn-log.ts';

/** The kinds of faults, in the order in which they are injected and reported. */
export const kinds: readonly Kind[] = [
  kill,
  powerLoss,
  tornLog,
  between,
  diskFull,
  smallDisk,
  fileSize,
  readOnly,
  locked,
  ioError,
  sigkill,
  sigkillAnytime,
  sigstop,
  twoProcesses,
  eightProcesses,
  oldWriter,
];
