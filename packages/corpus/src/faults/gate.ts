/** Something turns wait for. */
export class Gate {
  /** Resolves when it is opened. */
  readonly opened: Promise<void>
  /** Opens it, for good. */
  open: () => void = () => {}

  constructor() {
    this.opened = new Promise((resolve) => {
      this.open = resolve
    })
  }
}
