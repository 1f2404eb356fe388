// There are types for it elsewhere; this bot needs little.
declare module 'restify' {
  interface Server {
    post(path: string, ...handlers: ((req: any, res: any, next: any) => void)[]): void
    get(path: string, ...handlers: ((req: any, res: any, next: any) => void)[]): void
    put(path: string, ...handlers: ((req: any, res: any, next: any) => void)[]): void
    del(path: string, ...handlers: ((req: any, res: any, next: any) => void)[]): void
    listen(port: number | string | undefined): void
    use(handler: unknown): void
  }
  export function createServer(options?: object): Server
  export const plugins: { bodyParser(): unknown }
}
