import { describe, expect, it } from 'vitest';
import type { BindingConfig, SourceConfig } from '../../config/config.ts';
import { concerned } from './concerned.ts';
import type { Hint, Trigger } from './trigger.ts';

const arn = (path: string) => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/${path}`;
const web = 'app/web/50dc6c495c0c9188';

const binding = (name: string, source: SourceConfig): BindingConfig => ({
  name,
  source,
  sink: { type: 'security-group', id: 'sg-0123456789abcdef0', port: 80 },
  policy: { mode: 'sync' },
});

const bindings = [
  binding('web by arn', { type: 'load-balancer', arn: arn(web) }),
  binding('web by name', { type: 'load-balancer', description: 'web' }),
  binding('web by interface', { type: 'load-balancer', description: `ELB ${web}` }),
  binding('web, interfaces alone', { type: 'load-balancer', arn: arn(web), earlyDrain: false }),
  binding('webshop', { type: 'load-balancer', description: 'webshop' }),
  binding('edge', { type: 'load-balancer', arn: arn('net/edge/50dc6c495c0c9188') }),
  binding('list', { type: 'static', addresses: ['10.0.0.1'] }),
  binding('database', { type: 'dns', name: 'db.example.com' }),
  binding('tagged', { type: 'network-interfaces', tags: { role: 'web' } }),
  binding('list and database', {
    type: 'merged',
    sources: [
      { type: 'static', addresses: ['10.0.0.1'] },
      { type: 'dns', name: 'db.example.com' },
    ],
  }),
];

const all = bindings.map(({ name }) => name);
const made = (description: string): Hint => ({ about: 'interface', change: 'created', description });
const names = (trigger: Trigger) => concerned(bindings, trigger).map(({ name }) => name);
const ofWeb = ['web by arn', 'web by name', 'web by interface', 'web, interfaces alone'];

describe('concerned', () => {
  it.each([
    { name: 'the schedule', trigger: { kind: 'scheduled' } },
    { name: 'a tick', trigger: { kind: 'tick', expires: 0 } },
    { name: 'what is unknown', trigger: { kind: 'unknown' } },
    { name: 'a hint at anything', trigger: { kind: 'hint', hint: { about: 'anything' } } },
  ] as { name: string; trigger: Trigger }[])('is every binding for $name', ({ trigger }) => {
    expect(names(trigger)).toEqual(all);
  });

  it.each([
    { name: 'an interface of one load balancer', hint: made(`ELB ${web}`), want: [...ofWeb, 'tagged'] },
    { name: 'an interface of an unknown load balancer', hint: made('ELB app/other/0'), want: ['tagged'] },
    {
      name: 'a deleted interface',
      hint: { about: 'interface', change: 'deleted' },
      want: [...ofWeb, 'webshop', 'edge', 'tagged'],
    },
    { name: 'a failover', hint: { about: 'database' }, want: ['database', 'list and database'] },
  ] as { name: string; hint: Hint; want: string[] }[])(
    'is what $name may have moved (FM4)',
    ({ hint, want }) => {
      expect(names({ kind: 'hint', hint })).toEqual(want);
    },
  );

  it.each([
    {
      name: 'an interface',
      hint: made(`ELB ${web}`),
      want: ['web by arn', 'web by name', 'web by interface'],
    },
    { name: 'a failover', hint: { about: 'database' }, want: ['database', 'list and database'] },
  ] as { name: string; hint: Hint; want: string[] }[])(
    'is, for a re-check after $name, what also goes by DNS (FM16)',
    ({ hint, want }) => {
      expect(names({ kind: 'recheck', hint, expires: 0 })).toEqual(want);
    },
  );
});
