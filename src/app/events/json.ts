/** An object of an event, whose fields may be anything. */
export type Json = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one where it is none, so that looking into an event never throws. */
export function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The object that a text holds as JSON; an empty one where it holds none. */
export function parseJson(text: unknown): Json {
  if (typeof text !== 'string') return {};
  try {
    return asJson(JSON.parse(text));
  } catch {
    return {};
  }
}
