'use client'

import type { OnboardingSession } from '@gangway/schemas/onboarding'
import { STEPS, type StepId } from '@gangway/schemas/questionnaire'
import { VisuallyHidden } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { canOpen } from './guard.ts'
import styles from './stepper.module.css'

type Standing = 'done' | 'skipped' | 'open'

export function Stepper({ current, session }: { current: StepId; session: OnboardingSession | undefined }) {
  return (
    <nav aria-label="Steps" className={styles.nav}>
      <ol className={styles.list}>
        {STEPS.map(({ id, title }, index) => {
          const standing = standingOf(id, session)
          const content = (
            <>
              <span className={styles.dot} data-standing={standing}>
                {standing === 'done' && <IconCheck size={14} stroke={2.5} aria-hidden />}
                {standing === 'skipped' && <IconMinus size={14} stroke={2.5} aria-hidden />}
                {standing === 'open' && <span aria-hidden>{index + 1}</span>}
              </span>
              <span className={styles.title}>{title}</span>
              {standing === 'done' && <VisuallyHidden>, done</VisuallyHidden>}
              {standing === 'skipped' && <span className={styles.note}>Skipped</span>}
            </>
          )
          return (
            <li key={id} aria-current={id === current ? 'step' : undefined} className={styles.item}>
              {id !== current && session && canOpen(session, id) ? (
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
