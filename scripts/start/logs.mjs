import { pino } from 'pino'
import pretty from 'pino-pretty'

/** One pretty stream for the logs of the service, of the bot and of the starter. */
export function openLogs() {
  const stream = pretty({
    colorize: process.stdout.isTTY,
    ignore: 'pid,hostname,ev',
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
    sync: true,
  })
  const level = process.env['LOG_LEVEL'] || 'info'
  return {
    /** @param {string} name */
    logger: (name) => pino({ name, level }, stream),
    /** @param {string | Buffer} chunk - JSON lines; other lines are shown as they are. */
    write: (chunk) => void stream.write(chunk),
    close: () => stream.end(),
  }
}
