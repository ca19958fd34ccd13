/**
 * Sorts `nodes` so that each stands after those it points at. Nodes that point at each other in a circle come as one
 * group. Where the edges leave a choice the given order decides (Tarjan's strongly connected components).
 */
export function targetsFirst<T>(nodes: readonly T[], targetsOf: (node: T) => Iterable<T>): T[][] {
  const groups: T[][] = [];
  const path: T[] = [];
  const found = new Map<T, { index: number; lowest: number; open: boolean }>();

  const visit = (node: T): { index: number; lowest: number; open: boolean } => {
    const mark = { index: found.size, lowest: found.size, open: true };
    found.set(node, mark);
    path.push(node);
    for (const target of targetsOf(node)) {
      const seen = found.get(target);
      if (seen === undefined) mark.lowest = Math.min(mark.lowest, visit(target).lowest);
      else if (seen.open) mark.lowest = Math.min(mark.lowest, seen.index);
    }
    if (mark.lowest === mark.index) groups.push(closeGroup(node));
    return mark;
  };
  const closeGroup = (root: T): T[] => {
    const group = path.splice(path.indexOf(root)).sort((a, b) => nodes.indexOf(a) - nodes.indexOf(b));
    for (const node of group) {
      const mark = found.get(node);
      if (mark !== undefined) mark.open = false;
    }
    return group;
  };

  for (const node of nodes) if (!found.has(node)) visit(node);
  return groups;
}
