import { ParleyError } from '@parley/core'

/** `SERVICE_OPTION`: an option cannot be used as given; nothing was started. */
export class ServiceOptionError extends ParleyError {
  static readonly code = 'SERVICE_OPTION'
  readonly code: string = ServiceOptionError.code
  /** Name of the option, e.g. `bots[0].endpoint`. */
  readonly option: string

  constructor(option: string, problem: string, options?: ErrorOptions) {
    super(`The option ${option} ${problem}.`, options)
    this.option = option
  }
}

/** `SERVICE_HOST_NOT_LOOPBACK`: the service hands out tokens to whoever reaches it, so it never listens beyond this machine. */
export class HostNotLoopbackError extends ParleyError {
  static readonly code = 'SERVICE_HOST_NOT_LOOPBACK'
  readonly code: string = HostNotLoopbackError.code
  readonly host: string

  constructor(host: string) {
    super(`The service listens on this machine only, not on ${host}: use 127.0.0.1, ::1 or localhost.`)
    this.host = host
  }
}

/** `SERVICE_PORT_IN_USE`: another program listens on the port. */
export class PortInUseError extends ParleyError {
  static readonly code = 'SERVICE_PORT_IN_USE'
  readonly code: string = PortInUseError.code
  readonly port: number

  constructor(port: number, options?: ErrorOptions) {
    super(
      `Port ${port} is in use by another program: stop it, or choose another port with --port or SERVICE_PORT.`,
      options,
    )
    this.port = port
  }
}

/** `SERVICE_LISTEN_FAILED`: the operating system refused the address for another reason, kept as the cause. */
export class ListenFailedError extends ParleyError {
  static readonly code = 'SERVICE_LISTEN_FAILED'
  readonly code: string = ListenFailedError.code

  constructor(address: string, options: ErrorOptions) {
    super(`The service cannot listen on ${address}: see the cause, and choose another port or host.`, options)
  }
}

/** `SERVICE_USAGE`: the command line or its configuration file cannot be understood. */
export class ServiceUsageError extends ParleyError {
  static readonly code = 'SERVICE_USAGE'
  readonly code: string = ServiceUsageError.code
}
