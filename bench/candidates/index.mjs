import { fileURLToPath } from 'node:url'

/**
 * @typedef {object} Candidate
 * @property {string} name - Of the file beside this one, and on the command line.
 * @property {string} title
 * @property {'channel' | 'tenant'} token - Whose tokens it is sent.
 * @property {boolean} authenticates - Whether it must refuse a forged token.
 * @property {{ name: string, from: string }} [package] - What is imported and installed, and the folder to resolve it from.
 */

const repository = fileURLToPath(new URL('../../', import.meta.url))
export const peersFolder = fileURLToPath(new URL('../peers/', import.meta.url))

/** What everything else is compared with. */
export const REFERENCE = 'botbuilder'

/** @type {readonly Candidate[]} */
export const candidates = [
  {
    name: 'parley',
    title: 'Parley on restify 12',
    token: 'channel',
    authenticates: true,
    package: { name: '@parley/adapter', from: repository },
  },
  {
    name: 'dropin',
    title: '@parley/botbuilder on restify 12',
    token: 'channel',
    authenticates: true,
    package: { name: '@parley/botbuilder', from: repository },
  },
  {
    name: 'botbuilder',
    title: 'botbuilder 4.23.3 on restify 12',
    token: 'channel',
    authenticates: true,
    package: { name: 'botbuilder', from: peersFolder },
  },
  {
    name: 'agents-hosting',
    title: 'agents-hosting 1.8.1 on express 5',
    token: 'tenant',
    authenticates: true,
    package: { name: '@microsoft/agents-hosting', from: peersFolder },
  },
  { name: 'bare-node', title: 'bare node:http, no checks', token: 'channel', authenticates: false },
]
