'use client'

import { Pill, PillsInput } from '@mantine/core'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useController } from 'react-hook-form'
import { useWords } from '../../words/words.ts'
import { listOf } from '../draft-values.ts'
import { describedBy, optionsIn, type QuestionProps, requiredMark } from './question-props.ts'
import { suggestions, withTags } from './tag-list.ts'
import styles from './tags-input.module.css'

/**
 * Any of a long list that can be searched, and what people add themselves. By hand, since the library's own brings as much
 * code as all other controls together, to place its list. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function TagsInput(props: QuestionProps) {
  const { field, control } = props
  const words = useWords()
  const { field: input, fieldState } = useController({ name: field.name, control })
  const { ref, value: given, onChange, onBlur } = input
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  /** The suggestion that the arrow keys are on; -1 for none. */
  const [active, setActive] = useState(-1)
  const { id, label, description } = describedBy(props)
  const options = optionsIn(props)
  const values = listOf(given)
  const found = isOpen ? suggestions(options, { values, typed }) : []
  const current = found[active]
  const currentId = current && `${id}-option-${active}`
  const labelOf = (value: string) => options.find((option) => option.value === value)?.label ?? value

  useEffect(() => {
    if (currentId) document.getElementById(currentId)?.scrollIntoView({ block: 'nearest' })
  }, [currentId])

  function search(text: string, open: boolean): void {
    setTyped(text)
    setOpen(open)
    setActive(-1)
  }

  /** The list is closed after each choice: open, it would lie over the button that comes next. */
  function add(text: string): void {
    onChange(withTags(values, text, { options, limit: field.validation?.max ?? 100 }))
    search('', false)
  }

  function remove(value: string): void {
    onChange(values.filter((other) => other !== value))
    // The button that was pressed is gone.
    document.getElementById(id)?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const wanted = current?.label ?? typed.trim()
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      setOpen(true)
      const count = isOpen ? found.length : suggestions(options, { values, typed }).length
      // From the field down to the first, up to the last, and on in a circle.
      setActive((at) => (count === 0 ? -1 : (Math.max(at, step < 0 ? 0 : -1) + step + count) % count))
    } else if ((event.key === 'Enter' || event.key === ',') && wanted !== '') add(wanted)
    else if (event.key === 'Escape' && isOpen) search(typed, false)
    else if (event.key === 'Backspace' && typed === '' && values.length > 0) return onChange(values.slice(0, -1))
    else return
    event.preventDefault()
  }

  return (
    <PillsInput
      {...{ id, label, description }}
      withAsterisk={field.required}
      error={fieldState.error?.message}
      inputContainer={(box) => (
        <div className={styles.place}>
          {box}
          {found.length > 0 && (
            <div role="listbox" tabIndex={-1} id={`${id}-options`} aria-label={label} className={styles.list}>
              {found.map((option, index) => (
                <div
                  key={option.value}
                  role="option"
                  id={`${id}-option-${index}`}
                  tabIndex={-1}
                  aria-selected={option === current}
                  className={styles.option}
                  // The field keeps the focus.
                  onMouseDown={(event) => event.preventDefault()}
                  onMouseUp={() => add(option.label)}
                >
                  {option.label}
                </div>
              ))}
            </div>
          )}
        </div>
      )}
    >
      <Pill.Group>
        {values.map((value) => (
          <Pill
            key={value}
            withRemoveButton
            onRemove={() => remove(value)}
            removeButtonProps={{ 'aria-label': words.removeOne(labelOf(value)), 'aria-hidden': false, tabIndex: 0 }}
          >
            {labelOf(value)}
          </Pill>
        ))}
        <PillsInput.Field
          ref={ref}
          role="combobox"
          autoComplete="off"
          aria-required={requiredMark(props)['aria-required']}
          aria-expanded={found.length > 0}
          aria-controls={found.length > 0 ? `${id}-options` : undefined}
          aria-autocomplete="list"
          aria-activedescendant={currentId}
          value={typed}
          onChange={(event) => search(event.currentTarget.value, true)}
          onClick={() => setOpen(true)}
          onKeyDown={onKeyDown}
          onBlur={() => {
            if (typed.trim() === '') search('', false)
            else add(typed)
            onBlur()
          }}
        />
      </Pill.Group>
    </PillsInput>
  )
}
