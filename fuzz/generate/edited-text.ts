import fc from 'fast-check';

const piece = fc.oneof(
  fc.constantFrom(
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\\',
    '\n',
    '- ',
    '  ',
    '&a ',
    '*a',
    '!!',
    '#',
    '|',
    '>',
    '\u0000',
    '\ufeff',
  ),
  fc.string({ maxLength: 5 }),
);

/** A text with up to four pieces of it put in, or replaced by others, and now and then cut short. */
export function editedText(template: string): fc.Arbitrary<string> {
  const edit = fc.record({ at: fc.nat(template.length), length: fc.nat(6), by: piece });
  return fc
    .record({
      edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
      end: fc.option(fc.nat(template.length), { freq: 8 }),
    })
    .map(({ edits, end }) => {
      const text = edits.reduce(
        (part, { at, length, by }) => part.slice(0, at) + by + part.slice(at + length),
        template,
      );
      return end === null ? text : text.slice(0, end);
    });
}
