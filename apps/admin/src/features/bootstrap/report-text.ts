import type { BootstrapReport } from '@gangway/schemas/bootstrap'

/** `2 tables created, 19 were there, none has drifted. 1 run goes on.` */
export function reportText({ tables, runs_resumed: resumed }: BootstrapReport): string {
  const count = (state: BootstrapReport['tables'][number]['state']) => tables.filter((table) => table.state === state).length
  const done = `${counted(count('created'), 'table')} created, ${count('present')} ${count('present') === 1 ? 'was' : 'were'} there, ${count('drifted') || 'none'} drifted.`
  return resumed === 0 ? done : `${done} ${counted(resumed, 'run')} that waited for it ${resumed === 1 ? 'goes' : 'go'} on.`
}

function counted(value: number, noun: string): string {
  return `${value === 0 ? 'No' : value} ${value === 1 ? noun : `${noun}s`}`
}
