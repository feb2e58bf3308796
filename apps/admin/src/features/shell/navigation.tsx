'use client'

import { NavLink, Text } from '@mantine/core'
import {
  IconBell,
  IconBuilding,
  IconChartBar,
  IconDatabaseCog,
  IconDownload,
  IconFilter,
  IconFlag,
  IconFlask,
  IconForms,
  IconHistory,
  IconListDetails,
  IconLock,
  IconMail,
  IconRefreshAlert,
  IconRoute,
  IconWebhook,
} from '@tabler/icons-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useId } from 'react'
import { paths } from '../../paths.ts'
import { AlertsBadge } from '../alerts/alerts-badge.tsx'
import classes from './navigation.module.css'

const GROUPS = [
  {
    label: 'Customers',
    places: [
      { href: paths.answers(), label: 'Answers', Icon: IconListDetails },
      { href: paths.totals(), label: 'Totals', Icon: IconChartBar },
      { href: paths.funnel(), label: 'Funnel', Icon: IconFilter },
      { href: paths.runs(), label: 'Runs', Icon: IconRoute },
      { href: paths.organizations(), label: 'Organizations', Icon: IconBuilding },
    ],
  },
  {
    label: 'Questionnaire',
    places: [
      { href: paths.manifests(), label: 'Questions', Icon: IconForms },
      { href: paths.flags(), label: 'Flags', Icon: IconFlag },
      { href: paths.experiments(), label: 'Experiments', Icon: IconFlask },
    ],
  },
  {
    label: 'Operations',
    places: [
      { href: paths.alerts(), label: 'Alerts', Icon: IconBell, Badge: AlertsBadge },
      { href: paths.pendingSyncs(), label: 'Pending syncs', Icon: IconRefreshAlert },
      { href: paths.locks(), label: 'Locks', Icon: IconLock },
      { href: paths.bootstrap(), label: 'Bootstrap', Icon: IconDatabaseCog },
    ],
  },
  {
    label: 'Records',
    places: [
      { href: paths.exports(), label: 'Exports', Icon: IconDownload },
      { href: paths.audit(), label: 'Audit log', Icon: IconHistory },
      { href: paths.mail(), label: 'Mail', Icon: IconMail },
      { href: paths.webhooks(), label: 'Webhooks', Icon: IconWebhook },
    ],
  },
]

export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  return GROUPS.map((group) => <Group key={group.label} {...group} onNavigate={onNavigate} />)
}

function Group({ label, places, onNavigate }: (typeof GROUPS)[number] & { onNavigate: () => void }) {
  const pathname = usePathname()
  const labelId = useId()
  return (
    <div className={classes.group}>
      <Text id={labelId} size="xs" fw={500} c="dimmed" className={classes.label}>
        {label}
      </Text>
      <ul className={classes.list} aria-labelledby={labelId}>
        {places.map(({ href, label, Icon, Badge }) => {
          const here = pathname === href || pathname.startsWith(`${href}/`)
          return (
            <li key={href}>
              <NavLink
                component={Link}
                href={href}
                label={label}
                leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
                rightSection={Badge ? <Badge /> : undefined}
                active={here}
                aria-current={here ? 'page' : undefined}
                onClick={onNavigate}
                className={classes.link}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
