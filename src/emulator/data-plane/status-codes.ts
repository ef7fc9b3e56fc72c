/** Whether a health check's matcher has the status: `200`, `200,202`, `200-399`. */
export function includesStatus(matcher: string, status: number): boolean {
  return matcher.split(',').some((range) => {
    const [first = '', last = first] = range.trim().split('-');
    return status >= Number(first) && status <= Number(last);
  });
}
