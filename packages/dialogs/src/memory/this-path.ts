/** Where the memory keeps what the active dialog was begun with. */
export class ThisPath {
  static readonly options = 'this.options'
}
