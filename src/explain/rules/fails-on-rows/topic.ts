import type { FailureOrigin } from '../../../model/comparison.ts';
import type { Statement } from '../../../model/history.ts';
import type { Failure } from '../../../model/outcome.ts';
import type { Topic } from '../../topic.ts';

/** The facts that a cause is recognised by, and the names for its advice. */
export interface FailureContext {
  readonly failure: Failure;
  readonly statement: Statement | null;
  readonly table: string | null;
  /** The statements of the migration before that one; left out where nobody knows them. */
  readonly earlier?: readonly Statement[];
  readonly origin?: FailureOrigin | undefined;
}

/** A mechanism behind `fails-on-rows`: how SQLite words it, and what to do. */
export interface FailureTopic extends Topic {
  readonly matches: (context: FailureContext) => boolean;
  /** The advice with the names of this case, if it can be more precise than `instead`. */
  readonly advise?: (context: FailureContext) => string | null;
}
