import type { DnsAnswer } from '../../src/sources/dns/question.ts';
import { descriptionKey } from '../world/read-keys.ts';
import type { Input } from './write.ts';

/** What a run has been shown of one source. */
interface Sighting {
  /** Interfaces in use, over all pages so far. */
  inUse: number;
  /** Whether the listing came to its end with something in it, or the name was answered. */
  known: boolean;
  /** Whether that is all there was: the world left nothing out, and it was no sample. */
  whole: boolean;
}

/** Who answers with fewer addresses knows no more of them. */
const sampleSize = 8;

/** What a run has seen so far: by it, and never by what the run made of it, are its writes judged. */
export class Sightings {
  /** By `readKeys`. */
  readonly #listings: Map<string, Sighting> = new Map();
  readonly #answers: Map<string, Sighting>;
  /** By name of the binding: when its sink was first read. */
  readonly #sinkReads: Map<string, number> = new Map();
  readonly #full: Set<string> = new Set();

  /** Runs that keep answers for one another have those in common. */
  constructor(answers: Map<string, Sighting> = new Map()) {
    this.#answers = answers;
  }

  /** An answer to a listing of interfaces; an undefined output is a failure. */
  listed(keys: readonly string[], input: Input, output: Input | undefined, mutilated: boolean): void {
    for (const key of keys) {
      const before = input.NextToken === undefined ? undefined : this.#listings.get(key);
      const found = (output?.NetworkInterfaces ?? []).filter((held: Input) => isAbout(held, key));
      const inUse = (before?.inUse ?? 0) + found.length;
      this.#listings.set(key, {
        inUse,
        known: output !== undefined && output.NextToken === undefined && inUse > 0,
        whole: !mutilated && (before?.whole ?? true),
      });
    }
  }

  answered(key: string, answer: DnsAnswer): void {
    if (answer.kind === 'unanswered') return;
    this.#answers.set(key, { inUse: 0, known: true, whole: answer.values.length < sampleSize });
  }

  readSink(binding: string, at: number): void {
    if (!this.#sinkReads.has(binding)) this.#sinkReads.set(binding, at);
  }

  /** A write to the binding's sink was refused for want of room. */
  foundFull(binding: string): void {
    this.#full.add(binding);
  }

  /** Whether the source's interfaces were listed to the end, and there were some; or its name was answered. */
  knows(key: string): boolean {
    return this.#of(key)?.known ?? false;
  }

  /** Whether what was seen of the source was all of it. */
  sawWhole(key: string): boolean {
    return this.#of(key)?.whole ?? false;
  }

  sinkReadAt(binding: string): number | undefined {
    return this.#sinkReads.get(binding);
  }

  sawFull(binding: string): boolean {
    return this.#full.has(binding);
  }

  #of(key: string): Sighting | undefined {
    return this.#listings.get(key) ?? this.#answers.get(key);
  }
}

function isAbout({ Description, Status }: Input, key: string): boolean {
  return Status === 'in-use' && (!key.startsWith('description ') || key === descriptionKey(Description));
}
