import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';

interface Template {
  Resources: Record<string, { Type: string; Properties: object }>;
}

/** The properties of a stack's resources of a type, by their logical ids, as its template has them. */
export function synthesized<Properties>(
  type: string,
  define: (stack: Stack) => void,
): Record<string, Properties> {
  const outdir = mkdtempSync(join(tmpdir(), 'albridge-reference-'));
  try {
    const app = new App({
      analyticsReporting: false,
      builtinCloudFormationValidation: false,
      outdir,
      treeMetadata: false,
    });
    const stack = new Stack(app, 'Stack');
    define(stack);
    const template: Template = app.synth().getStackArtifact(stack.artifactId).template;
    const found = Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
    return Object.fromEntries(found.map(([id, { Properties }]) => [id, Properties as Properties]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
