export * from '@parley/sdk-v4/stdlib'
