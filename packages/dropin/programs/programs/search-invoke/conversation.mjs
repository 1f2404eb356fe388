import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  const value = { kind: 'search', queryText: 'be', queryOptions: { skip: 0, top: 15 }, dataset: 'towns' }
  const search = (/** @type {any} */ changes) => channel.invoke('application/search', { ...value, ...changes })
  deepEqual(await search({}), {
    status: 200,
    body: {
      statusCode: 200,
      type: 'application/vnd.microsoft.search.searchResponse',
      value: {
        results: [
          { title: 'Berlin', value: 'search:Berlin' },
          { title: 'Bern', value: 'search:Bern' },
        ],
      },
    },
  })
  equal(
    (await search({ kind: 'typeahead', queryOptions: { skip: 1, top: 1 } })).body.value.results[0].value,
    'typeahead:Bern',
  )
  deepEqual(await search({ dataset: 'secret' }), { status: 403, body: { why: 'not for you' } })

  const noKind = await search({ kind: undefined })
  equal(noKind.status, 400)
  deepEqual(noKind.body, {
    statusCode: 400,
    type: 'application/vnd.microsoft.error',
    value: { code: 'BadRequest', message: 'Missing kind property for search.' },
  })
  equal((await search({ queryText: undefined })).body.value.message, 'Missing queryText for search.')
  channel.channelId = 'msteams'
  equal((await search({ kind: undefined })).body.value.results[0].value, 'search:Berlin')
}
