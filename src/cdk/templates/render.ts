import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { allowList } from './allow-list.ts';
import { dnsUpdater } from './dns-updater.ts';
import { bridgeInExistingVpc } from './existing-vpc.ts';
import { bridgeInNewVpc } from './new-vpc.ts';
import type { PlainTemplate } from './plain-template.ts';
import { templateYaml } from './template-yaml.ts';
import { templatesPage } from './templates-page.ts';
import { updater } from './updater.ts';

const definitions: Readonly<Record<string, (app: App) => Stack>> = {
  'bridge.template.yaml': bridgeInExistingVpc,
  'bridge-new-vpc.template.yaml': bridgeInNewVpc,
  'updater.template.yaml': updater,
  'dns-updater.template.yaml': dnsUpdater,
  'allow-list.template.yaml': allowList,
};

/** The plain templates, and the page that tells of them: the text of each file by its path in the repository. */
export function renderTemplates(): Record<string, string> {
  const templates = Object.entries(definitions).map(([name, define]) => [name, synthesized(define)] as const);
  return {
    ...Object.fromEntries(templates.map(([name, template]) => [`templates/${name}`, templateYaml(template)])),
    'docs/reference/templates.md': templatesPage(templates),
  };
}

function synthesized(define: (app: App) => Stack): PlainTemplate {
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
    return app.synth().getStackArtifact(artifactId).template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
