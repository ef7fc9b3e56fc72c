import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { bridgeInExistingVpc } from './existing-vpc.ts';
import { bridgeInNewVpc } from './new-vpc.ts';

/** The plain templates: the text of each file by its name. */
export function renderTemplates(): Record<string, string> {
  return {
    'bridge-new-vpc.template.json': render(bridgeInNewVpc),
    'bridge.template.json': render(bridgeInExistingVpc),
  };
}

function render(define: (app: App) => Stack): string {
  const outdir = mkdtempSync(join(tmpdir(), 'albridge-templates-'));
  try {
    const app = new App({
      analyticsReporting: false,
      // It objects to code that is a local path until it is packaged; cfn-lint checks the files instead.
      builtinCloudFormationValidation: false,
      outdir,
      treeMetadata: false,
    });
    const { artifactId } = define(app);
    const { template } = app.synth().getStackArtifact(artifactId);
    return `${JSON.stringify(template, null, 2)}\n`;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
