import type { FaultResult } from '../faults/play-fault.ts'
import type { CaseResult } from '../inbound/verdict.ts'
import { failed } from '../inbound/verdict.ts'
import { figuresOf } from './figures.ts'
import { FAULT_COLUMNS, INBOUND_COLUMNS, markdownTable } from './tally.ts'

/** What a run against Parley came to. */
export interface ParleyResults {
  /** Inbound cases by web host. */
  readonly inbound: Readonly<Record<string, readonly CaseResult[]>>
  readonly faults: readonly FaultResult[]
}

/**
 * The report of a run as Markdown.
 *
 * @param machine - What it ran on, e.g. `Node 20.20.2, 2 cores`.
 */
export function reportOf({ inbound, faults }: ParleyResults, machine: string): string {
  const all = Object.values(inbound).flat()
  const hosts = Object.entries(inbound).map(
    ([host, results]) => `### On ${host}\n\n${markdownTable(results, INBOUND_COLUMNS)}`,
  )
  const figures = figuresOf(all, faults).map(({ name, goal, measured }) => `| ${name} | ${goal} | ${measured} |`)
  return `# Security figures

What Parley does with the attacks and faults of its corpus, measured in one run on ${machine}. The cases are data, in
\`packages/corpus/corpus/\`; each is also a test of \`npm test\`. To measure again:

\`\`\`
npm run corpus -- --report docs/reference/security-figures.md
\`\`\`

\`npm run corpus -- --help\` tells how to play the inbound cases against another bot, and how to fuzz.

## Figures

| figure | goal | measured |
|---|---|---|
${figures.join('\n')}

## Inbound cases

A case is as required when the status, the body, the code in the log and whether the handler ran are all as its file says, and
nothing leaked.

${hosts.join('\n\n')}

## Faults

${markdownTable(faults, FAULT_COLUMNS)}

${problemsOf(inbound, faults)}`
}

function problemsOf(inbound: ParleyResults['inbound'], faults: readonly FaultResult[]): string {
  const lines = [
    ...Object.entries(inbound).flatMap(([host, results]) =>
      failed(results).map((result) => lineOf(result, `, on ${host}`)),
    ),
    ...failed(faults).map((result) => lineOf(result, '')),
  ]
  return lines.length === 0 ? 'All are as required.\n' : `## Not as required\n\n${lines.join('\n')}\n`
}

function lineOf({ id, title, problems }: CaseResult, where: string): string {
  return `- ${id} ${title}${where}: ${problems.join('; ')}`
}
