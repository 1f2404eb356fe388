import { EXIT } from '../command.ts'
import type { Command } from '../command.ts'
import { createOutput } from '../output.ts'
import type { CheckResult } from './check-result.ts'
import { readDoctorSettings } from './doctor-settings.ts'
import { examine, REACHABILITY_IDS } from './examine.ts'
import { printResult, summaryOf } from './report.ts'

const help = `Usage: parley doctor [options]

Looks at a bot that runs and says what is wrong with it and what to do: its settings, its endpoint, its credentials, and
whether a whole turn works. Run it in the folder of the bot, where its .env is, or with its variables.

  --bot <address>      the bot's endpoint, default http://localhost:3978/api/messages;
                       3980 and localhost:3980 are completed to it
  --service <address>  the running service the bot works with; default what ChannelService names, or the
                       parley dev that runs on port 3979 with this bot
  --secret <text>      its Direct Line secret, if it is not of this machine        (DIRECTLINE_SECRET)
  --login <address>    asks this login service for a token for the bot; default the local service
  --online             asks the login service of the cloud; without it nothing leaves your network but calls to the bot
  --no-turn            does not talk to the bot
  --timeout <seconds>  for each check, 0.1 to 60, default 5
  --json               writes {ok, checks: [{id, status, title, detail, advice}]}; status is ok, warning or failed

A turn goes through that service. When none runs there, the doctor starts one in its place while it looks. No secret is ever printed.

Examples:

  parley doctor
  parley doctor --bot https://bot.example.com/api/messages --online --no-turn

Exit codes: 0 nothing failed, 1 something failed, 2 the command line cannot be understood, 3 the bot cannot be reached.
`

/** `parley doctor`: what is wrong with a bot, and what to do. */
export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'finds what is wrong with a bot, and says what to do',
  help,
  async run(args, io) {
    const settings = readDoctorSettings(args, io)
    const output = createOutput(io, settings)
    const checks: CheckResult[] = []
    output.line(`Looking at ${settings.endpoint.href}`)
    output.line()
    await examine(settings, io.signal, (...results) => {
      checks.push(...results)
      for (const result of results) printResult(output, result)
    })
    if (io.signal.aborted) return EXIT.interrupted
    output.line()
    output.line(summaryOf(checks))
    const failures = checks.filter(({ status }) => status === 'failed')
    output.json({ ok: failures.length === 0, checks })
    if (failures.length === 0) return EXIT.ok
    return failures.some(({ id }) => REACHABILITY_IDS.includes(id)) ? EXIT.unreachable : EXIT.failed
  },
}
