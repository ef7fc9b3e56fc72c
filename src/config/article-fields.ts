/** What the 2022 article's updater takes, in its event or in its environment; every value is a string there. */
export const articleFields = ['targetPort', 'albDescription', 'nlbTargetGroupArn'] as const;

/** Whether an event is of the article's form: it has one of its fields at least. */
export function isArticleEvent(event: Readonly<Record<string, unknown>>): boolean {
  return articleFields.some((field) => !isMissing(event[field]));
}

export function isMissing(value: unknown): boolean {
  return value === undefined || value === '';
}
