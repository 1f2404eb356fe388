import type { IDialogState, IRouteResult } from '../contracts/recognizing.ts'
import { ROUTE_TYPES } from './route-types.ts'

/** The best of `current` and `route`: those of the highest score. */
export function addRoute(route: IRouteResult, current: IRouteResult[] = []): IRouteResult[] {
  const [best] = current
  if (!best || route.score > best.score) return [route]
  return route.score === best.score ? [...current, route] : current
}

/**
 * The one to take of several: the bot's own types, then the active dialog, then actions of the dialogs on the stack from the
 * top down, then global actions, those of a library on the stack before others.
 */
export function bestRoute(
  routes: readonly IRouteResult[],
  stack: readonly IDialogState[] = [],
  rootLibraryName?: string,
): IRouteResult | undefined {
  const known = Object.values(ROUTE_TYPES)
  const own = routes.find(({ routeType }) => routeType !== undefined && !known.includes(routeType))
  if (own) return own
  const active = routes.find(({ routeType }) => routeType === ROUTE_TYPES.ActiveDialog)
  return active ?? topmost(routes) ?? closest(routes, stack, rootLibraryName)
}

function topmost(routes: readonly IRouteResult[]): IRouteResult | undefined {
  const ofStack = routes.filter(({ routeType }) => routeType === ROUTE_TYPES.StackAction)
  const indexOf = ({ routeData }: IRouteResult): number => (routeData as { dialogIndex?: number })?.dialogIndex ?? 0
  return ofStack.reduce<IRouteResult | undefined>(
    (best, route) => (!best || indexOf(route) > indexOf(best) ? route : best),
    undefined,
  )
}

function closest(
  routes: readonly IRouteResult[],
  stack: readonly IDialogState[],
  rootLibraryName: string | undefined,
): IRouteResult | undefined {
  const libraries = stack.map(({ id }) => id.split(':')[0]!).toReversed()
  if (libraries.length === 0 && rootLibraryName !== undefined) libraries.push(rootLibraryName)
  for (const library of libraries) {
    const route = routes.find(({ libraryName }) => libraryName === library)
    if (route) return route
  }
  return routes[0]
}
