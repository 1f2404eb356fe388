export * from '@parley/sdk-v4/schema'
export * from '@parley/sdk-v4/core'
export * from '@parley/sdk-v4/botbuilder'
