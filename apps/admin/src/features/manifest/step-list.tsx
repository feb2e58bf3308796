'use client'

import { type ManifestStep, textIn } from '@gangway/schemas/manifest'
import { Button, Group, NavLink } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useDraftContext } from './draft-context.ts'
import { type Direction, moved, newStep } from './edit-steps.ts'
import { OrderButtons } from './order-buttons.tsx'
import { problemsIn } from './problems.ts'
import classes from './step-list.module.css'

interface StepListProps {
  steps: readonly ManifestStep[]
  path: string
  selected: number
  onSelect: (index: number) => void
  onChange: (steps: ManifestStep[]) => void
}

/** The steps in their order. Alt and an arrow moves the one that has the focus. */
export function StepList({ steps, path, selected, onSelect, onChange }: StepListProps) {
  const { problems } = useDraftContext()

  function move(index: number, by: Direction) {
    const target = index + by
    if (target < 0 || target >= steps.length) return
    onChange(moved(steps, index, by))
    onSelect(target)
    requestAnimationFrame(() => document.getElementById(`${path}.${target}`)?.focus())
  }

  return (
    <nav aria-label="Steps">
      <ol className={classes.list}>
        {steps.map((step, index) => {
          const title = textIn(step.title, 'en') || step.id
          const count = problemsIn(problems, `${path}.${index}`)
          return (
            <li key={index} className={classes.item}>
              <NavLink
                component="button"
                type="button"
                id={`${path}.${index}`}
                label={`${index + 1}. ${title}`}
                description={count > 0 ? (count === 1 ? 'One problem' : `${count} problems`) : undefined}
                active={index === selected}
                aria-current={index === selected ? 'true' : undefined}
                aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                onClick={() => onSelect(index)}
                onKeyDown={(event) => {
                  if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
                  event.preventDefault()
                  move(index, event.key === 'ArrowUp' ? -1 : 1)
                }}
                className={classes.link}
              />
              <OrderButtons
                name={title}
                index={index}
                count={steps.length}
                onMove={(by) => move(index, by)}
                onRemove={() => {
                  onChange(steps.toSpliced(index, 1))
                  onSelect(Math.max(0, index - 1))
                }}
              />
            </li>
          )
        })}
      </ol>
      <Group mt="sm">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            onChange([...steps, newStep(steps)])
            onSelect(steps.length)
          }}
        >
          Add a step
        </Button>
      </Group>
    </nav>
  )
}
