/** What registers parts of a bot, as components of v4 did; nothing more than a list of one instance per class. */
export class ComponentRegistration {
  private static readonly registered: Map<unknown, ComponentRegistration> = new Map()

  /** One of each class, in the order their classes were first added. */
  static get components(): ComponentRegistration[] {
    return [...ComponentRegistration.registered.values()]
  }

  /** Adds a component, in place of the one of the same class. */
  static add(componentRegistration: ComponentRegistration): void {
    ComponentRegistration.registered.set(componentRegistration.constructor, componentRegistration)
  }
}
