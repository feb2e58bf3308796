import { GangwayError } from '@gangway/core/errors'
import type { DatasetLabels } from '@gangway/core/ports'
import { z } from 'zod'
import { isDuplicate, isNotFound } from './api-error.ts'
import type { Connection } from './connection.ts'
import { datasetId, datasetLabels } from './names.ts'

const labelledSchema = z.object({ labels: z.record(z.string(), z.string()).default({}) })

/** A name that is taken is ours if the labels say so: the reply to our own creation may have been lost. */
export async function ensureDataset(connection: Connection, name: string, labels: DatasetLabels): Promise<'created' | 'present'> {
  const { client, pacer, location, justCreated, answer } = connection
  const id = datasetId(name)
  await pacer.wait('dataset', id)
  try {
    await answer(client.createDataset(id, { location, labels: datasetLabels(labels) }))
    justCreated.add(id)
    return 'created'
  } catch (error) {
    if (!isDuplicate(error)) throw error
    if (await isPresent(connection, id, labels)) return 'present'
    // It is there, and not found yet.
    throw new GangwayError('WAREHOUSE_UNAVAILABLE', { cause: error })
  }
}

interface Deletion {
  name: string
  labels: DatasetLabels
  /** Happens first, when there is something to delete. */
  before: (id: string) => Promise<void>
}

export async function deleteDataset(connection: Connection, { name, labels, before }: Deletion): Promise<void> {
  const id = datasetId(name)
  if (!(await isPresent(connection, id, labels))) return
  await before(id)
  try {
    await connection.answer(connection.client.dataset(id).delete({ force: true }))
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}

/** Throws DATASET_CONFLICT for a dataset that does not carry these labels. */
async function isPresent({ client, answer }: Connection, id: string, wanted: DatasetLabels): Promise<boolean> {
  try {
    const [metadata] = await answer(client.dataset(id).getMetadata())
    const { labels } = labelledSchema.parse(metadata)
    const isOurs = Object.entries(datasetLabels(wanted)).every(([key, value]) => labels[key] === value)
    if (!isOurs) throw new GangwayError('DATASET_CONFLICT', { cause: new Error(`${id} has other labels`) })
    return true
  } catch (error) {
    if (isNotFound(error)) return false
    throw error
  }
}
