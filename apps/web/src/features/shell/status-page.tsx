'use client'

import { paths } from '../../paths.ts'
import { Brand } from './brand.tsx'
import styles from './status-page.module.css'

interface StatusPageProps {
  title: string
  text: string
  errorId?: string | undefined
  onRetry?: () => void
}

/**
 * For addresses and pages that hold nothing else. Every page carries it along, so it is plain HTML; its links load the whole
 * page anew, which is what helps a page that has stopped working.
 */
export function StatusPage({ title, text, errorId, onRetry }: StatusPageProps) {
  return (
    <main className={styles.page}>
      <a href={paths.home()} aria-label="Gangway, home" className={styles.brand}>
        <Brand />
      </a>
      <h1 className={styles.title}>{title}</h1>
      <p>{text}</p>
      {errorId && (
        <p className={styles.id}>
          Error id: <code>{errorId}</code>
        </p>
      )}
      <div className={styles.ways}>
        {onRetry && (
          <button type="button" onClick={onRetry} className={styles.way} data-first>
            Try again
          </button>
        )}
        <a href={paths.home()} className={styles.way} data-first={!onRetry || undefined}>
          Go to the home page
        </a>
      </div>
    </main>
  )
}
