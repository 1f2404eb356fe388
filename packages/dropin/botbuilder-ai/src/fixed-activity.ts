import type { Converter, DialogContext, TemplateInterface } from '@parley/botbuilder-dialogs'
import { MessageFactory } from '@parley/core'
import type { Activity } from '@parley/core'

/** A template that makes the same activity always. */
export class FixedActivity implements TemplateInterface<Partial<Activity>> {
  private readonly activity: Partial<Activity>

  constructor(activity: Partial<Activity>) {
    this.activity = activity
  }

  async bind(_dialogContext: DialogContext, _data?: unknown): Promise<Partial<Activity>> {
    return this.activity
  }
}

/** Reads templates of configuration files: a text, an activity, or a template. */
export const activityConverter: Converter = {
  convert: (value: unknown) => {
    if (typeof value === 'string') return new FixedActivity(MessageFactory.text(value))
    return 'bind' in (value as object) ? value : new FixedActivity(value as Partial<Activity>)
  },
}
