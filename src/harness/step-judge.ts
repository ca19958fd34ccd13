import type { Step } from '../apply/walk.ts';
import type { DatasetRecipe } from '../datasets/recipe.ts';
import { tellCountersOnce } from '../explain/counters.ts';
import { findPosition } from '../identity/find.ts';
import { watchDeploy } from '../judge/deploy.ts';
import { type Judgement, type JudgementTerms, judgeStep, passStep } from '../judge/judge.ts';
import type { CostForecast } from '../model/cost.ts';
import type { DatasetName, Side } from '../model/dataset.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/history.ts';
import type { Note } from '../model/note.ts';
import { profileEvidence, rowsOfProfile } from './evidence.ts';
import { type ForecastWatch, noForecast, watchForecast } from './forecast.ts';
import { type GrowthWatch, watchGrowth } from './growth.ts';
import type { Project } from './project.ts';
import { createReproducer } from './reproductions.ts';
import { withRewrite } from './rewrites/correct.ts';
import { unlessUnknown } from './unknown-parts.ts';

/** The number of newest migrations for which a corrected form and a script are looked for: each takes many more runs. */
const correctable = 20;

/** Judges the steps of a check, in their order, with all that is said about them. */
export interface StepJudge {
  /** Whether the findings of a migration are asked for. */
  readonly isJudged: (migration: Migration) => boolean;
  readonly judge: (step: Step) => Promise<Judgement>;
  /** The findings that belong to the whole deploy. */
  readonly findings: () => readonly Finding[];
  readonly notes: () => readonly Note[];
  /** Ends the forecast. @returns the cost in production; null where nothing was forecast */
  readonly end: () => CostForecast | null;
}

/** Makes the judge of a check. @param sides the columns of the run */
export function createStepJudge(project: Project, recipe: DatasetRecipe, sides: readonly Side[]): StepJudge {
  const { history, config, applied } = project;
  const terms = termsOf(project);
  const deployFrom = config.deployFrom === null ? null : findPosition(history, config.deployFrom, '--deploy-from');
  const deploy = watchDeploy(deployFrom === null ? [] : history.migrations.slice(deployFrom), terms);
  // A deploy is judged as a whole, whatever is applied of it.
  const isJudged = ({ position }: Migration): boolean =>
    !applied.has(position) || (deployFrom !== null && position > deployFrom);
  const { growth, forecast } = watchCosts(project, recipe, sides, terms);
  const reproducer = createReproducer(config);
  const correct = (step: Step): Judgement => {
    // An applied migration must not change, and those far back are applied.
    const isRecent = step.migration.position > history.migrations.length - correctable;
    const judgement = reproducer.tell(step, judgeStep(step, terms), terms, isRecent);
    const isOpen = config.rewrites && isRecent && !applied.has(step.migration.position);
    return isOpen ? unlessUnknown(() => withRewrite(step, judgement, terms, project), judgement) : judgement;
  };
  return {
    isJudged,
    judge: async (step) => {
      // A failure on the empty database hides every later migration, applied or not.
      const isAsked = isJudged(step.migration) || step.baseline.status === 'failed';
      if (!isAsked) return passStep(step);
      return forecast.tell(step, await growth.tell(step, deploy.tell(step, correct(step))));
    },
    findings: () => deploy.only(),
    notes: () => [...growth.notes(), ...forecast.notes(), ...reproducer.notes()],
    end: () => {
      forecast.dispose();
      return forecast.forecast();
    },
  };
}

function termsOf({ history, config, profile, applied }: Project): JudgementTerms {
  const evidence = profile === null ? null : profileEvidence(profile, history.migrations);
  const counters = tellCountersOnce(history.migrations, applied);
  return { ...config, runner: history.runner, evidence, counters, ask: null };
}

/** The watches of how the work grows with the rows, and of what it takes in production. */
function watchCosts(
  { config, profile, datasets }: Project,
  recipe: DatasetRecipe,
  sides: readonly Side[],
  terms: JudgementTerms,
): { growth: GrowthWatch; forecast: ForecastWatch } {
  const { budgets } = config;
  const ofRun = sides.filter((side): side is DatasetName => side !== 'empty');
  const growth = watchGrowth(recipe, ofRun, terms, {
    rowsOf: profile === null ? null : rowsOfProfile(profile),
    budgets,
  });
  if (profile === null || !datasets.includes('profile')) return { growth, forecast: noForecast };
  return { growth, forecast: watchForecast(recipe, profile, terms, budgets) };
}
