import { MINIMUM_PASSWORD_LENGTH, newPasswordSchema } from '@gangway/schemas/account'
import type { Command } from 'commander'
import { createAdmin } from '../auth/create-admin.ts'
import { emailArgument } from './arguments.ts'
import { askSecret } from './ask.ts'
import { help } from './help.ts'
import { finish, JSON_OPTION, printJson, say } from './output.ts'
import { paint } from './paint.ts'
import { type Session, withSession } from './session.ts'

interface Options {
  email: string
  name: string
  generate?: boolean
  json?: boolean
}

export function addAdmin(program: Command): void {
  const admin = program.command('admin').description('staff accounts')
  admin
    .command('create')
    .description('make an account that may use the staff app, or make staff of one that is there')
    .requiredOption('--email <address>', 'what they sign in with', emailArgument)
    .option('--name <name>', 'how they are called', 'Admin')
    .option('--generate', 'make a password instead of asking for one; done anyway where nobody can be asked')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'Exit codes: 0 made, 1 failed, 2 wrong usage.',
        'gangway admin create --email grace@acme.example --name "Grace Hopper"',
        'gangway admin create --email grace@acme.example --generate --json',
      ),
    )
    .action((options: Options) => finish(options, () => withSession((session) => create(session, options))))
}

async function create({ auth, contexts: { base }, signal }: Session, { email, name, generate, json }: Options): Promise<boolean> {
  const askPassword = !generate && !json && process.stdin.isTTY ? () => newPassword(signal) : undefined
  const made = await createAdmin({ auth, base }, { email, name, ...(askPassword && { askPassword }) })
  if (json) printJson({ email, created: made.created, ...(made.password && { password: made.password }) })
  else {
    say([made.created ? `${email} is staff now.` : `${email} had an account, which is staff's now. The password is as it was.`])
    if (made.password) say([`The password is ${paint('strong', made.password)}, shown this once.`])
  }
  return true
}

/** Asks until it is good enough, and typed the same twice. */
async function newPassword(signal: AbortSignal): Promise<string> {
  for (;;) {
    const password = await askSecret(`Password, of at least ${MINIMUM_PASSWORD_LENGTH} characters: `, signal)
    const { error } = newPasswordSchema.safeParse(password)
    if (error) console.error(error.issues[0]?.message)
    else if ((await askSecret('The same again: ', signal)) === password) return password
    else console.error('The two differ.')
  }
}
