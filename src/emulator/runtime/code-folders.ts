import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { unzipSync } from 'fflate';
import type { FunctionCode } from '../world/functions/function-version.ts';
import { bootstrapSource } from './bootstrap-source.ts';

/** A temporary folder with the bootstrap and each function's code, unpacked when it is first needed. */
export class CodeFolders {
  #root: Promise<string> | undefined;
  readonly #unpacked = new WeakMap<FunctionCode, Promise<string>>();
  #count = 0;

  async bootstrap(): Promise<string> {
    return join(await this.#folder(), 'bootstrap.mjs');
  }

  unpack(code: FunctionCode): Promise<string> {
    const folder = this.#unpacked.get(code) ?? this.#write(code, String(this.#count++));
    this.#unpacked.set(code, folder);
    return folder;
  }

  async remove(): Promise<void> {
    const root = await this.#root;
    if (root !== undefined) await rm(root, { recursive: true, force: true });
  }

  #folder(): Promise<string> {
    this.#root ??= createRoot();
    return this.#root;
  }

  async #write(code: FunctionCode, name: string): Promise<string> {
    const folder = join(await this.#folder(), name);
    await mkdir(folder);
    for (const [path, bytes] of Object.entries(unzipSync(code.zip))) {
      const file = join(folder, path);
      if (path.endsWith('/') || !file.startsWith(folder + sep)) continue;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
    return folder;
  }
}

async function createRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'albridge-functions-'));
  await writeFile(join(root, 'bootstrap.mjs'), bootstrapSource);
  return root;
}
