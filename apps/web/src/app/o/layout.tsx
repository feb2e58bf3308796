import type { ReactNode } from 'react'
import { WizardShell } from '../../features/questionnaire/wizard-shell.tsx'

export default function Layout({ children }: { children: ReactNode }) {
  return <WizardShell>{children}</WizardShell>
}
