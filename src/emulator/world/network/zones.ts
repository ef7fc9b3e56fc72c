/** The Availability Zones that every region has here. */
const letters = ['a', 'b', 'c'];

export interface Zone {
  name: string;
  id: string;
}

/** `us-east-1a` with its zone id `use1-az1`, and so on. */
export function zonesOf(region: string): Zone[] {
  const [area = '', direction = '', number = ''] = region.split('-');
  return letters.map((letter, index) => ({
    name: `${region}${letter}`,
    id: `${area}${direction.charAt(0)}${number}-az${index + 1}`,
  }));
}
