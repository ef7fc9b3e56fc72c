import type { CloudFormation, ParameterDeclaration } from '@aws-sdk/client-cloudformation';
import { requiredCapabilities } from '../../cloudformation/template/capabilities.ts';
import { isNoEcho } from '../../cloudformation/template/parameters.ts';
import { parseTemplate } from '../../cloudformation/template/parse.ts';
import type { ParameterDefinition, Template } from '../../cloudformation/template/template.ts';
import { validateTemplate } from '../../cloudformation/template/validate.ts';
import type { Operations } from '../../core/service.ts';
import { findChangeSet } from './find-change-set.ts';
import { findStack } from './lookup.ts';
import { readTemplateBody } from './template-body.ts';

export const templates: Operations<CloudFormation> = {
  GetTemplate({ StackName, ChangeSetName }, { cell }) {
    const definition =
      ChangeSetName === undefined
        ? findStack(cell, StackName).definition
        : findChangeSet(cell, { StackName, ChangeSetName }).changeSet.definition;
    return { TemplateBody: definition.body, StagesAvailable: ['Original', 'Processed'] };
  },

  ValidateTemplate(input, { cell }) {
    const template = parseTemplate(readTemplateBody(input, cell));
    validateTemplate(template);
    return {
      Description: template.Description,
      Parameters: Object.entries(template.Parameters).map(([name, definition]) => ({
        ParameterKey: name,
        DefaultValue: defaultOf(definition),
        NoEcho: isNoEcho(definition),
        Description: definition.Description,
      })),
      ...capabilitiesOf(template),
      DeclaredTransforms: [],
    };
  },

  GetTemplateSummary({ StackName, ...source }, { cell }) {
    const body =
      StackName === undefined ? readTemplateBody(source, cell) : findStack(cell, StackName).definition.body;
    const template = parseTemplate(body);
    validateTemplate(template);
    return {
      Version: template.AWSTemplateFormatVersion,
      Description: template.Description,
      Metadata: template.Metadata && JSON.stringify(template.Metadata),
      Parameters: Object.entries(template.Parameters).map(([name, definition]) => declare(name, definition)),
      ResourceTypes: [...new Set(Object.values(template.Resources).map(({ Type }) => Type))],
      ...capabilitiesOf(template),
      DeclaredTransforms: [],
    };
  },
};

function capabilitiesOf(
  template: Template,
): Pick<
  Awaited<ReturnType<NonNullable<Operations<CloudFormation>['ValidateTemplate']>>>,
  'Capabilities' | 'CapabilitiesReason'
> {
  const { capabilities, types } = requiredCapabilities(template);
  if (capabilities.length === 0) return { Capabilities: [] };
  return {
    Capabilities: capabilities,
    CapabilitiesReason: `The following resource(s) require capabilities: [${types.join(', ')}]`,
  };
}

function declare(name: string, definition: ParameterDefinition): ParameterDeclaration {
  return {
    ParameterKey: name,
    ParameterType: definition.Type,
    DefaultValue: defaultOf(definition),
    NoEcho: isNoEcho(definition),
    Description: definition.Description,
    ParameterConstraints: { AllowedValues: definition.AllowedValues?.map(String) },
  };
}

function defaultOf({ Default }: ParameterDefinition): string | undefined {
  return Default === undefined ? undefined : String(Default);
}
