/** What a message can be routed to by itself. Other types are the bot's own, and go first. */
export const ROUTE_TYPES: { GlobalAction: string; StackAction: string; ActiveDialog: string } = {
  GlobalAction: 'GlobalAction',
  StackAction: 'StackAction',
  ActiveDialog: 'ActiveDialog',
}
