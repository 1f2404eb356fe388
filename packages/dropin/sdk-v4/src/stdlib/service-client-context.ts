import { UnsupportedError } from '../schema/unsupported-error.ts'
import type {
  HttpOperationResponse,
  OperationArguments,
  OperationSpec,
  RestResponse,
  ServiceCallback,
  ServiceClientCredentials,
  ServiceClientOptions,
} from './http-models.ts'
import type { WebResourceLike } from './web-resource.ts'

/** The root of clients that were generated for the old Azure HTTP library. It keeps what it is given and sends nothing. */
export class ServiceClientContext {
  protected baseUri?: string
  protected requestContentType?: string
  credentials: ServiceClientCredentials

  /** @throws Error - There are no credentials; the text is SDK v4's. */
  constructor(credentials: ServiceClientCredentials, { baseUri }: ServiceClientOptions = {}) {
    if (!credentials) throw new Error("'credentials' cannot be null.")
    this.credentials = credentials
    if (baseUri !== undefined) this.baseUri = baseUri
  }

  /** Without the credentials. */
  protected toJSON(): unknown {
    return { name: this.constructor.name }
  }

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  async sendRequest(_request: WebResourceLike): Promise<HttpOperationResponse> {
    throw unsupported('sendRequest()')
  }

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  async sendOperationRequest(
    _operationArguments: OperationArguments,
    _operationSpec: OperationSpec,
    // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
    _callback?: ServiceCallback<any>,
  ): Promise<RestResponse> {
    throw unsupported('sendOperationRequest()')
  }
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
export function createSerializer(
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  _modelMappers?: { [key: string]: any },
  _isXML?: boolean,
): never {
  throw unsupported('createSerializer()')
}

function unsupported(name: string): UnsupportedError {
  return new UnsupportedError(name, "Use ConnectorClient, or fetch with a token of the credentials' getToken()")
}
