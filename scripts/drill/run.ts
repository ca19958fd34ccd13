import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drill } from '../../src/api.ts';
import type { DrillKind } from '../../src/model/drill.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import { subjectsOf } from './subjects.ts';

/** Numbers of faults, and of those that broke the law. */
export interface Count {
  readonly faults: number;
  readonly broken: number;
}

/** The result of a drill of many projects. */
export interface DrillRun {
  readonly groups: ReadonlyMap<string, Count>;
  readonly kinds: ReadonlyMap<DrillKind, Count>;
  /** Kinds that were left out somewhere, with the reason. */
  readonly skipped: ReadonlyMap<DrillKind, string>;
  /** The faults that a migrator did not survive although it should, with what replays them. */
  readonly violations: readonly string[];
  /** The migrators that survived although they are known to be bad. */
  readonly missed: readonly string[];
}

/** Drills the projects of `subjects.ts`, one after the other. @param tell called with the name of each. */
export async function runDrills(faults: number, tell: (name: string) => void = () => {}): Promise<DrillRun> {
  const home = mkdtempSync(join(tmpdir(), 'rowproof drill '));
  const groups = new Map<string, Count>();
  const kinds = new Map<DrillKind, Count>();
  const skipped = new Map<DrillKind, string>();
  const violations: string[] = [];
  const missed: string[] = [];
  try {
    for (const [i, subject] of subjectsOf(faults).entries()) {
      tell(subject.name);
      const folder = join(home, String(i));
      mkdirSync(folder);
      const report = await drill(subject.prepare(folder), subject.request);
      rmSync(folder, { recursive: true });
      const counted = countsOf(report);
      for (const [kind, count] of counted) add(kinds, kind, count);
      add(groups, subject.group, sum([...counted.values()]));
      for (const note of report.notes)
        if (note.code === 'drill-left-out') skipped.set(note.facts.kind, note.facts.reason);
      if (subject.breaks !== null) violations.push(...describe(subject.name, unexpected(report, subject.breaks)));
      else if (report.findings.length === 0) missed.push(subject.name);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  for (const kind of kinds.keys()) skipped.delete(kind);
  return { groups, kinds, skipped, violations, missed };
}

function countsOf({ notes }: Report): Map<DrillKind, Count> {
  return new Map(
    notes.flatMap((note) =>
      note.code === 'drilled-kind'
        ? [[note.facts.kind, { faults: note.facts.faults, broken: note.facts.faults - note.facts.survived }]]
        : [],
    ),
  );
}

/** The findings but for those that only faults of some kinds show. */
function unexpected({ findings }: Report, breaks: readonly DrillKind[]): readonly Finding[] {
  return findings.filter(
    (found) => found.code !== 'fails-drill' || found.facts.faults.some(({ kind }) => !breaks.includes(kind)),
  );
}

function describe(name: string, findings: readonly Finding[]): string[] {
  return findings.map(({ cause, migration, message, details }) =>
    [`${name} ${migration} ${cause}: ${message}`, ...details].join('\n    '),
  );
}

function sum(counts: readonly Count[]): Count {
  return counts.reduce((all, { faults, broken }) => ({ faults: all.faults + faults, broken: all.broken + broken }), {
    faults: 0,
    broken: 0,
  });
}

function add<Key>(counts: Map<Key, Count>, key: Key, count: Count): void {
  counts.set(key, sum([counts.get(key) ?? { faults: 0, broken: 0 }, count]));
}
