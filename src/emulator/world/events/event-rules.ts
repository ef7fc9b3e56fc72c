/** EventBridge rules with their schedules and targets. */
export class EventRules {}
