'use client'

import type { OnboardingSession } from '@gangway/schemas/onboarding'
import { textIn } from '@gangway/schemas/manifest'
import type { StepId } from '@gangway/schemas/questionnaire'
import { Skeleton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { useWords } from '../words/words.ts'
import { canOpen } from './guard.ts'
import type { Questions } from './questions.ts'
import styles from './stepper.module.css'

type Standing = 'done' | 'skipped' | 'open'

interface StepperProps {
  current: StepId
  session: OnboardingSession | undefined
  questions: Questions
  /** False while built-in steps stand in for those that the server will name. */
  isKnown: boolean
}

export function Stepper({ current, session, questions: { steps, language }, isKnown }: StepperProps) {
  const words = useWords()
  return (
    <nav aria-label={words.steps} lang={words.lang} className={styles.nav}>
      <ol
        className={styles.list}
        style={{ gridTemplateColumns: `repeat(${steps.length}, minmax(0, 1fr))` }}
        lang={language === 'en' ? undefined : language}
      >
        {steps.map(({ id, title }, index) => {
          const standing = standingOf(id, session)
          const content = (
            <>
              <span className={styles.dot} data-standing={standing}>
                {standing === 'done' && <IconCheck size={14} stroke={2.5} aria-hidden />}
                {standing === 'skipped' && <IconMinus size={14} stroke={2.5} aria-hidden />}
                {standing === 'open' && <span aria-hidden>{index + 1}</span>}
              </span>
              <span className={styles.title}>{isKnown ? textIn(title, language) : <Skeleton height="0.7em" width={56} />}</span>
              {standing === 'done' && <VisuallyHidden>{words.done}</VisuallyHidden>}
              {standing === 'skipped' && <span className={styles.note}>{words.skipped}</span>}
            </>
          )
          return (
            <li key={id} aria-current={id === current ? 'step' : undefined} className={styles.item}>
              {id !== current && session && canOpen(session, id, steps) ? (
                <Link href={paths.step(id)} className={styles.link}>
                  {content}
                </Link>
              ) : (
                <span className={styles.link}>{content}</span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

function standingOf(step: StepId, session: OnboardingSession | undefined): Standing {
  if (session?.completedSteps.includes(step)) return 'done'
  return session?.skippedSteps.includes(step) ? 'skipped' : 'open'
}
