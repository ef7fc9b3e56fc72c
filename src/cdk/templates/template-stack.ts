import { type App, type CfnElement, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';

/** A stack for people without CDK: logical ids without hashes, and no need of a bootstrapped account. */
export class TemplateStack extends Stack {
  constructor(app: App, description: string) {
    super(app, 'Template', {
      description,
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });
    // Code is a local path until it is packaged (W3002), and CDK says some dependencies twice (W3005).
    this.addMetadata('cfn-lint', { config: { ignore_checks: ['W3002', 'W3005'] } });
  }

  protected override allocateLogicalId(element: CfnElement): string {
    const [, ...path] = element.node.path.split('/');
    return path
      .filter((id) => !unnamed.has(id))
      .join('')
      .replace(/[^A-Za-z0-9]/g, '');
  }
}

const unnamed = new Set(['Bridge', 'Resource', 'Default']);
