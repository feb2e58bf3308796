import pino, { type Logger } from 'pino'

/** JSON lines; what could hold a secret never leaves. */
export function openLog(level: string, name: string, file?: string): Logger {
  return pino(
    {
      name,
      level,
      redact: {
        paths: [
          '*.password',
          '*.apiKey',
          '*.sealed',
          '*.cookie',
          '*.authorization',
          'req.headers.cookie',
          'req.headers.authorization',
        ],
        censor: '[redacted]',
      },
    },
    file ? pino.destination({ dest: file, mkdir: true }) : pino.destination(1),
  )
}
