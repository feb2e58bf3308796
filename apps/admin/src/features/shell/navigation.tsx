'use client'

import { NavLink } from '@mantine/core'
import { IconListDetails, IconMail } from '@tabler/icons-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { paths } from '../../paths.ts'
import classes from './navigation.module.css'

const PLACES = [
  { href: paths.answers(), label: 'Answers', Icon: IconListDetails },
  { href: paths.mail(), label: 'Mail', Icon: IconMail },
]

export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const pathname = usePathname()
  return (
    <ul className={classes.list}>
      {PLACES.map(({ href, label, Icon }) => {
        const here = pathname === href || pathname.startsWith(`${href}/`)
        return (
          <li key={href}>
            <NavLink
              component={Link}
              href={href}
              label={label}
              leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
              active={here}
              aria-current={here ? 'page' : undefined}
              onClick={onNavigate}
              className={classes.link}
            />
          </li>
        )
      })}
    </ul>
  )
}
