export {
  check,
  drill,
  gate,
  type MigrateSummary,
  migrate,
  profile,
  render,
  type SeedOptions,
  seed,
} from './api.ts';
export { type Config, defineConfig } from './config.ts';
export { HarnessError, type HarnessErrorCode } from './errors.ts';
export type { Connection, Row, SqlValue } from './model/connection.ts';
export type { DatasetName, Side } from './model/dataset.ts';
export type { DrillKind } from './model/drill.ts';
export type { FactsByCode } from './model/facts.ts';
export type { CodeFrame, Finding, FindingCode, FindingOf, ReportedFinding, Severity } from './model/finding.ts';
export type { Seed, SeedContext, SeedRow } from './model/fixture.ts';
export type { HazardKind, HazardLabel } from './model/hazard.ts';
export type {
  ColumnMaker,
  ColumnMakerContext,
  MadeValue,
  Makers,
  TableMaker,
  TableMakerContext,
} from './model/maker.ts';
export type { Note, NoteCode, NoteFacts, NoteOf } from './model/note.ts';
export type { Picture } from './model/picture.ts';
export type { Profile, ProfileRequest } from './model/profile.ts';
export type { Report, ReportNote, ReportStep, StepOutcome } from './model/report.ts';
export type {
  CheckOptions,
  DrillRequest,
  ExpectedWait,
  GateOptions,
  GateProgress,
  GateShare,
  MigrateRequest,
} from './model/request.ts';
export type { SeedSummary } from './model/seeding.ts';
export type { TransactionMode } from './model/settings.ts';
export type { Verdict } from './model/verdict.ts';
export type { Answer, AskedRows, WeighedWarning } from './model/weighed.ts';
export { defineSeed } from './seed/define.ts';
export { type MigrationCase, migrationCases } from './suite/cases.ts';
