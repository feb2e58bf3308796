'use client'

import type { MailTemplate } from '@gangway/schemas/mail'
import { NavLink } from '@mantine/core'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import classes from './template-list.module.css'

/** The templates by name; on narrow screens they wrap above the chosen one. */
export function TemplateList({ templates, chosen }: { templates: readonly MailTemplate[]; chosen: string }) {
  return (
    <nav aria-label="Templates">
      <ul className={classes.list}>
        {templates.map(({ id, name }) => (
          <li key={id}>
            <NavLink
              component={Link}
              href={paths.mailTemplates(id)}
              scroll={false}
              label={name}
              active={id === chosen}
              aria-current={id === chosen ? 'page' : undefined}
              className={classes.link}
            />
          </li>
        ))}
      </ul>
    </nav>
  )
}
