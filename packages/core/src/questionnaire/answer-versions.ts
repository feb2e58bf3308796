import { ANSWER_SCHEMA_VERSION, type DraftAnswers } from '@gangway/schemas/questionnaire'

/** Brings answers from one version of their shapes to the next. */
export type AnswerMigration = (answers: DraftAnswers) => DraftAnswers

/** By the version that they start from. Answers of a version that has none cannot be read any more. */
const ANSWER_MIGRATIONS: ReadonlyMap<number, AnswerMigration> = new Map()

interface OldAnswers {
  answers: DraftAnswers
  /** The version that they are of. */
  from: number
}

/** Answers in today's shapes; undefined when there is no way there. */
export function migrateAnswers(
  { answers, from }: OldAnswers,
  migrations: ReadonlyMap<number, AnswerMigration> = ANSWER_MIGRATIONS,
  to: number = ANSWER_SCHEMA_VERSION,
): DraftAnswers | undefined {
  let current = answers
  for (let version = from; version < to; version++) {
    const migrate = migrations.get(version)
    if (!migrate) return undefined
    current = migrate(current)
  }
  return current
}
