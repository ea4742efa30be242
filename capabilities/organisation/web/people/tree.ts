export type Department = Readonly<{ id: string; name: string; parent: string | null }>;
export type TreeNode = Readonly<{ key: string; title: string; children: readonly TreeNode[] }>;

/** The departments as a tree. One whose parent is not there, or in a ring, stands at the top. */
export function departmentTree(departments: readonly Department[]): readonly TreeNode[] {
  const placed = new Set<string>();
  const known = new Set(departments.map((one) => one.id));
  const nodeOf = (one: Department): TreeNode => {
    placed.add(one.id);
    const below = departments.filter((other) => other.parent === one.id && !placed.has(other.id));
    return { key: one.id, title: one.name, children: below.map(nodeOf) };
  };
  const isTop = (one: Department) => one.parent === null || !known.has(one.parent);
  const tops = departments.filter(isTop).map(nodeOf);
  const ringed: TreeNode[] = [];
  for (const one of departments) if (!placed.has(one.id)) ringed.push(nodeOf(one));
  return [...tops, ...ringed];
}

/** A department and everything below it. */
export function withBelow(departments: readonly Department[], id: string): readonly string[] {
  const found = new Set([id]);
  let before = 0;
  while (before < found.size) {
    before = found.size;
    for (const one of departments) {
      if (one.parent !== null && found.has(one.parent)) found.add(one.id);
    }
  }
  return [...found];
}
