import { openSql } from '@gangway/db/client'
import { expect } from '@playwright/test'

/** The first link to `path` in the newest mail to an address, once the worker has written it. */
export async function linkOf(recipient: string, path: string): Promise<string> {
  const sql = openSql({ url: process.env['E2E_SUPERUSER_URL'] ?? '', name: 'e2e-mails' })
  const find = async () => {
    const [mail] = await sql<{ text: string | null }[]>`
      select text_body as text from mail_outbox where recipient = ${recipient} order by created_at desc limit 1`
    return mail?.text?.split(/\s+/).find((word) => URL.canParse(word) && new URL(word).pathname.startsWith(path)) ?? ''
  }
  try {
    await expect.poll(find).toContain(path)
    return await find()
  } finally {
    await sql.end()
  }
}
