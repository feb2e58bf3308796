import styles from './brand.module.css'

export function Brand() {
  return (
    <span className={styles.brand}>
      <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true" className={styles.mark}>
        <path d="M3 17.5 19 8M5.5 16V12M10 13.3V9.3M14.5 10.7V6.7M3 13.5 17 5.2" />
      </svg>
      Gangway
    </span>
  )
}
