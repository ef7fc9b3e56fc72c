import type { SecureVersion } from 'node:tls';

/** What a security policy says of a listener's TLS: the protocol's versions. Ciphers are not told apart here. */
export interface SslPolicy {
  name: string;
  least: SecureVersion;
  most: SecureVersion;
}

/** What a listener has that names none. */
export const defaultSslPolicy = 'ELBSecurityPolicy-2016-08';

const versions: readonly (readonly [least: SecureVersion, most: SecureVersion, names: readonly string[]])[] =
  [
    ['TLSv1', 'TLSv1.2', ['2016-08', 'TLS-1-0-2015-04', '2015-05', 'FS-2018-06']],
    ['TLSv1', 'TLSv1.3', ['TLS13-1-0-2021-06', 'TLS13-1-0-FIPS-2023-04', 'TLS13-1-0-PQ-2025-09']],
    ['TLSv1.1', 'TLSv1.2', ['TLS-1-1-2017-01', 'FS-1-1-2019-08']],
    ['TLSv1.1', 'TLSv1.3', ['TLS13-1-1-2021-06', 'TLS13-1-1-FIPS-2023-04']],
    [
      'TLSv1.2',
      'TLSv1.2',
      [
        'TLS-1-2-2017-01',
        'TLS-1-2-Ext-2018-06',
        'FS-1-2-2019-08',
        'FS-1-2-Res-2019-08',
        'FS-1-2-Res-2020-10',
      ],
    ],
    [
      'TLSv1.2',
      'TLSv1.3',
      [
        'TLS13-1-2-2021-06',
        'TLS13-1-2-Res-2021-06',
        'TLS13-1-2-Ext1-2021-06',
        'TLS13-1-2-Ext2-2021-06',
        'TLS13-1-2-FIPS-2023-04',
        'TLS13-1-2-Res-FIPS-2023-04',
        'TLS13-1-2-Ext0-FIPS-2023-04',
        'TLS13-1-2-Ext1-FIPS-2023-04',
        'TLS13-1-2-Ext2-FIPS-2023-04',
        'TLS13-1-2-PQ-2025-09',
        'TLS13-1-2-Res-PQ-2025-09',
      ],
    ],
    ['TLSv1.3', 'TLSv1.3', ['TLS13-1-3-2021-06', 'TLS13-1-3-FIPS-2023-04', 'TLS13-1-3-PQ-2025-09']],
  ];

/** AWS's own policies, by name. */
export const sslPolicies: ReadonlyMap<string, SslPolicy> = new Map(
  versions.flatMap(([least, most, names]) =>
    names.map((short) => {
      const name = `ELBSecurityPolicy-${short}`;
      return [name, { name, least, most }] as const;
    }),
  ),
);
