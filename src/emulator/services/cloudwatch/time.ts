/** As CloudWatch writes times in what it tells: `2026-01-01T00:00:00.000+0000`. */
export function awsTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+0000');
}

/** As it writes them in reasons: `01/01/26 00:00:00`. */
export function reasonTime(milliseconds: number): string {
  const [date = '', time = ''] = new Date(milliseconds).toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}
