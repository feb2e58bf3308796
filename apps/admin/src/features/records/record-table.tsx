'use client'

import { Skeleton, Table, Text, VisuallyHidden } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import classes from './record-table.module.css'
import { moveBetweenRows } from './row-keys.ts'

export interface Column<Row> {
  heading: string
  /** Share of the table's width, so that nothing moves when the rows come in. */
  width: `${number}%`
  /** Its numbers stand below each other, to be compared. */
  numeric?: true
  cell: (row: Row) => ReactNode
}

interface RecordTableProps<Row> {
  /** What the rows are, for those who cannot see the page around the table. */
  label: string
  columns: readonly Column<Row>[]
  /** undefined while they are on their way. */
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  /** The first column's cell is the link to the row's page; the whole row leads there. Without one, rows are just read. */
  href?: (row: Row) => string
  /** The rows are of an older question, and newer ones are on their way. */
  stale?: boolean
  /** The headings stay in sight while the page scrolls. */
  stickyHead?: boolean
}

const SKELETON_ROWS = Array.from({ length: 8 }, (_, index) => index)

/** Rows. Where they lead somewhere, arrow keys, Home and End go from one to another; narrow screens show each as a block. */
export function RecordTable<Row>({ label, columns, rows, rowKey, href, stale, stickyHead }: RecordTableProps<Row>) {
  // The roles are spelled out because `display: grid` on narrow screens would take them away.
  return (
    <Table
      role="table"
      layout="fixed"
      stickyHeader={stickyHead === true}
      aria-label={label}
      aria-busy={!rows || stale}
      className={classes.table}
    >
      <Table.Thead role="rowgroup" className={classes.head}>
        <Table.Tr role="row">
          {columns.map(({ heading, width, numeric }) => (
            <Table.Th key={heading} role="columnheader" scope="col" w={width} className={classes.heading} data-numeric={numeric}>
              {heading}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody role="rowgroup" onKeyDown={moveBetweenRows}>
        {rows
          ? rows.map((row) => (
              <Table.Tr key={rowKey(row)} role="row" className={classes.row} data-leads={href ? true : undefined}>
                {columns.map(({ heading, numeric, cell }, index) => (
                  <Table.Td key={heading} role="cell" className={classes.cell} data-heading={heading} data-numeric={numeric}>
                    <div>
                      {index === 0 && href ? (
                        <Link href={href(row)} scroll={false} className={classes.link}>
                          {cell(row)}
                        </Link>
                      ) : (
                        cell(row)
                      )}
                    </div>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))
          : SKELETON_ROWS.map((index) => <SkeletonRow key={index} columns={columns} />)}
      </Table.Tbody>
    </Table>
  )
}

function SkeletonRow({ columns }: { columns: readonly { heading: string }[] }) {
  return (
    <Table.Tr role="row" className={classes.row}>
      {columns.map(({ heading }) => (
        <Table.Td key={heading} role="cell" className={classes.cell} data-heading={heading}>
          <Skeleton h={12} my={5} w="70%" />
        </Table.Td>
      ))}
    </Table.Tr>
  )
}

/** A cell with nothing in it. */
export function Absent() {
  return (
    <>
      <Text span inherit c="dimmed" aria-hidden>
        –
      </Text>
      <VisuallyHidden>none</VisuallyHidden>
    </>
  )
}
