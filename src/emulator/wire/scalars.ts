import type { NormalizedSchema } from '@smithy/core/schema';

/** A timestamp's form on the wire. */
export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

const formats: Readonly<Record<number, TimestampFormat>> = {
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
};

/** The form the model asks for, or the protocol's own. */
export function timestampFormat(schema: NormalizedSchema, fallback: TimestampFormat): TimestampFormat {
  return formats[schema.getSchema() as number] ?? fallback;
}

export function writeTimestamp(date: Date, format: TimestampFormat): string {
  if (format === 'epoch-seconds') return String(date.getTime() / 1000);
  return format === 'http-date' ? date.toUTCString() : date.toISOString();
}

/** A value of a simple type from its text in a query, a header or an XML element. */
export function readScalar(schema: NormalizedSchema, text: string): unknown {
  if (schema.isNumericSchema()) return Number(text);
  if (schema.isBooleanSchema()) return text === 'true' || text === 'True';
  if (schema.isTimestampSchema()) return readTimestamp(text);
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(text, 'base64'));
  return text;
}

/** The text of a value of a simple type. */
export function writeScalar(schema: NormalizedSchema, value: unknown, format: TimestampFormat): string {
  if (value instanceof Date) return writeTimestamp(value, timestampFormat(schema, format));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return String(value);
}

export function readTimestamp(value: string | number): Date {
  const seconds = Number(value);
  return Number.isNaN(seconds) ? new Date(value) : new Date(seconds * 1000);
}
