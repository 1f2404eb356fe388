import { AzureCoreHttpCompat } from '@parley/botbuilder-stdlib'
import { HttpHeaders, ServiceClientContext } from '@parley/botbuilder-stdlib/lib/azureCoreHttpCompat'
import type { WebResourceLike } from '@parley/botbuilder-stdlib/lib/azureCoreHttpCompat'
import type { Nil } from '@parley/botbuilder-stdlib/lib/types'

test('lib/azureCoreHttpCompat gives what AzureCoreHttpCompat holds', () => {
  expect(HttpHeaders).toBe(AzureCoreHttpCompat.HttpHeaders)
  expect(ServiceClientContext).toBe(AzureCoreHttpCompat.ServiceClientContext)
})

test('types come from lib/ and from the namespace alike', () => {
  const request: AzureCoreHttpCompat.WebResourceLike = AzureCoreHttpCompat.createWebResource()
  const same: WebResourceLike = request
  const nothing: Nil = null
  expect([same.method, nothing]).toEqual(['GET', null])
})
