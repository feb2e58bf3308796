import type { ReactNode } from 'react'
import { StaffArea } from '../../features/shell/staff-area.tsx'

export default function StaffLayout({ children }: { children: ReactNode }) {
  return <StaffArea>{children}</StaffArea>
}
