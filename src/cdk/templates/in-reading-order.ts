type Fields = Readonly<Record<string, unknown>>;

const sections = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Resources',
  'Outputs',
];

const ofParameters = [
  'Type',
  'Description',
  'Default',
  'AllowedValues',
  'AllowedPattern',
  'MinValue',
  'MaxValue',
];

const ofResources = ['Type', 'Condition', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy', 'Properties'];

/** The template with its keys in the order in which a reader needs them. */
export function inReadingOrder(template: Fields): Fields {
  const { Parameters = {}, Resources = {}, ...others } = template;
  return ordered(
    {
      ...others,
      Parameters: each(Parameters as Record<string, Fields>, (one) =>
        ordered(numbersAsSuch(one), ofParameters),
      ),
      Resources: each(Resources as Record<string, Fields>, (one) => ordered(one, ofResources)),
    },
    sections,
  );
}

/** What is not in the order comes after it, as it was. */
function ordered(fields: Fields, order: readonly string[]): Fields {
  const first = order.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]);
  return { ...Object.fromEntries(first), ...fields };
}

/** CDK has text alone for the values that a parameter may have. */
function numbersAsSuch(parameter: Fields): Fields {
  const { AllowedValues: values, Type } = parameter;
  if (Type !== 'Number' || !Array.isArray(values)) return parameter;
  return { ...parameter, AllowedValues: values.map(Number) };
}

function each(members: Readonly<Record<string, Fields>>, change: (one: Fields) => Fields): Fields {
  return Object.fromEntries(Object.entries(members).map(([name, one]) => [name, change(one)]));
}
