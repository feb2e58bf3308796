/** A guarantee that is broken on purpose, and what has to notice. */
export interface Mutant {
  name: string
  edits: readonly [Edit, ...Edit[]]
  /** Lines of the long suite, as `--only` chooses them. */
  long: string
  /** Whether the processes of the model can come to it: they are in one process, and end only at named points. */
  model: boolean
}

export interface Edit {
  /** Or the newest migration that says this: later ones put a function in the place of earlier ones. */
  file: string | { migrationWith: string }
  /** Stands there once. */
  text: string
  by: string
}

const JOURNAL = 'packages/core/src/provisioning/journal.ts'
const SET_UP = 'packages/core/src/provisioning/stages/set-up-workspace.ts'
const FINALIZE = 'packages/core/src/provisioning/stages/finalize.ts'
const WRITES = { migrationWith: 'CREATE FUNCTION write_run_steps(' }
const OPENS = { migrationWith: 'CREATE FUNCTION open_runs(' }

const STEPS = '  const steps = JSON.stringify(rows)\n'
const EFFECTS = '  const effects = JSON.stringify(effectsByKind(writings))\n'
const ANSWER = '  return writings.map((_, n) => written.has(n))\n'

/** The events of these rows in a commit of their own. */
const eventsOf = (rows: string) => `  await db.execute(sql\`
    insert into onboarding_stage_events (run_id, seq, stage, status, attempt, run_state, detail, failure, error_code, error_id)
    select (s ->> 'runId')::uuid, (s ->> 'seq')::int + e.ordinality::int, e.value ->> 'stage', e.value ->> 'status',
           (e.value ->> 'attempt')::int, coalesce(s -> 'patch' ->> 'state', r.state), coalesce(e.value -> 'detail', '{}'),
           e.value -> 'failure', e.value -> 'failure' ->> 'code', e.value -> 'failure' ->> 'errorId'
    from jsonb_array_elements(\${JSON.stringify(${rows})}::jsonb) s join onboarding_runs r on r.id = (s ->> 'runId')::uuid
    cross join lateral jsonb_array_elements(s -> 'events') with ordinality e on conflict do nothing\`)
`

const NO_EVENTS: Edit = {
  file: WRITES,
  text: 'FROM written w CROSS JOIN LATERAL jsonb_array_elements(w.events) WITH ORDINALITY e',
  by: 'FROM written w CROSS JOIN LATERAL jsonb_array_elements(w.events) WITH ORDINALITY e WHERE false',
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a write needs no fencing token',
    edits: [{ file: WRITES, text: ' AND r.fencing_token = s.token AND r.last_seq', by: ' AND r.last_seq' }],
    long: 'overtaken in roll back: set_up_workspace',
    model: true,
  },
  {
    name: 'whoever takes a lock over gets the token of the last holder',
    edits: [{ file: OPENS, text: 'fencing_token = excluded.fencing_token, acquired_at', by: 'acquired_at' }],
    long: 'overtaken in roll back: set_up_workspace',
    model: true,
  },
  {
    name: 'a step is written again when its reply was lost',
    edits: [{ file: WRITES, text: ' AND r.last_seq = s.seq', by: '' }],
    long: 'cut  onboard',
    model: false,
  },
  {
    name: 'the journal and the state of a run first, their effects in a second commit',
    edits: [
      {
        file: JOURNAL,
        text: STEPS,
        by: `  const first = numbersOf(await call(db, WRITE_RUN_STEPS, [JSON.stringify(rows), '{}', patient]))
  const steps = JSON.stringify(rows.filter(({ n }) => first.has(n)).map((row) => ({ ...row, seq: row.seq + row.events.length, events: [], patch: {} })))
`,
      },
    ],
    long: 'in flight: onboard',
    model: true,
  },
  {
    name: 'the effects first, the journal and the state of a run in a second commit',
    edits: [
      {
        file: JOURNAL,
        text: EFFECTS,
        by: `  await call(db, WRITE_RUN_STEPS, [JSON.stringify(rows.map((row) => ({ ...row, events: [], patch: {}, lockId: null }))), JSON.stringify(effectsByKind(writings)), patient])
  const effects = '{}'
`,
      },
    ],
    long: 'in flight: onboard',
    model: false,
  },
  {
    name: 'the rows of the journal first, all else in a second commit',
    edits: [NO_EVENTS, { file: JOURNAL, text: STEPS, by: `${eventsOf('rows')}${STEPS}` }],
    long: 'in flight: onboard',
    model: true,
  },
  {
    name: 'all else first, the rows of the journal in a second commit',
    edits: [NO_EVENTS, { file: JOURNAL, text: ANSWER, by: `${eventsOf('rows.filter(({ n }) => written.has(n))')}${ANSWER}` }],
    long: 'in flight: onboard',
    model: false,
  },
  {
    name: 'jobs are queued after the commit',
    edits: [
      {
        file: JOURNAL,
        text: `        if (wanted.length > 0) await jobs.enqueueAll(tx, wanted)
        return numbers
      })`,
        by: `        return { numbers, wanted }
      }).then(async ({ numbers, wanted }) => {
        if (wanted.length > 0) await inTransaction(db, (tx) => jobs.enqueueAll(tx, wanted))
        return numbers
      })`,
      },
    ],
    long: 'kill  onboard: finalize: jobs.enqueueAll after',
    model: false,
  },
  {
    name: 'a dataset is made whose name is not on record',
    edits: [
      {
        file: SET_UP,
        text: '    const { workspace } = created(run)\n    await repeatChecks',
        by: '    const workspace = datasetName(ctx, run.slug)\n    await repeatChecks',
      },
      {
        file: SET_UP,
        text: 'detail: { dataset: workspace, tables } }',
        by: 'detail: { dataset: workspace, tables }, patch: { workspace }, effects: { moved: { orgId: created(run).orgId, workspace } } }',
      },
    ],
    long: 'kill  onboard: set_up_workspace: warehouse.ensureDataset after',
    model: true,
  },
  {
    name: 'rows are loaded by a job without a name',
    edits: [{ file: FINALIZE, text: 'jobId: `${run.id}-${workspace}-${table}`', by: 'jobId: ctx.ids.uuid()' }],
    long: 'kill  onboard: finalize: warehouse.loadRows after',
    model: false,
  },
]
