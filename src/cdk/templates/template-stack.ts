import { type App, type CfnElement, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';

/** A stack for people without CDK: logical ids without hashes, and no need of a bootstrapped account. */
export class TemplateStack extends Stack {
  constructor(app: App, description: string) {
    super(app, 'Template', {
      description,
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });
    this.templateOptions.templateFormatVersion = '2010-09-09';
    // An id that may be left out is empty by default (W1033), code is a local path until it is packaged (W3002), and CDK
    // says some dependencies twice (W3005).
    this.addMetadata('cfn-lint', { config: { ignore_checks: ['W1033', 'W3002', 'W3005'] } });
  }

  protected override allocateLogicalId(element: CfnElement): string {
    const [, ...path] = element.node.path.split('/');
    return path
      .filter((id) => !unnamed.has(id))
      .map((id) => id.replace(settings, '$1Sync'))
      .join('')
      .replace(/[^A-Za-z0-9]/g, '');
  }
}

/** What the id of a shared function tells of its settings, which are parameters here. */
const settings = /^(Albridge)(Every\d+Seconds)?(Events)?Sync$/;

const unnamed = new Set(['Binding', 'Bridge', 'Resource', 'Default']);
