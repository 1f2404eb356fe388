/** The scopes of the memory. */
export class ScopePath {
  static readonly user = 'user'
  static readonly conversation = 'conversation'
  static readonly dialog = 'dialog'
  static readonly dialogClass = 'dialogClass'
  static readonly dialogContext = 'dialogContext'
  static readonly this = 'this'
  static readonly class = 'class'
  static readonly settings = 'settings'
  static readonly turn = 'turn'
}
