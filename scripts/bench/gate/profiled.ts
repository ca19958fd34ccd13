import { Session } from 'node:inspector/promises';

/**
 * Runs `work` under V8's profiler and tells the milliseconds of its parts.
 * @param partOf the part that a function stands for, by its name; what it calls belongs to it, unless that is a part itself.
 * @returns the milliseconds by part, those of no part as `other`.
 */
export async function profiled(
  partOf: Readonly<Record<string, string>>,
  work: () => Promise<unknown>,
): Promise<Record<string, number>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 1_000 });
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const named = (id: number): string => {
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const name = nodes.get(at)?.callFrame.functionName ?? '';
      if (Object.hasOwn(partOf, name)) return partOf[name] ?? 'other';
    }
    return 'other';
  };
  const parts: Record<string, number> = {};
  profile.samples?.forEach((id, i) => {
    const part = named(id);
    parts[part] = (parts[part] ?? 0) + (profile.timeDeltas?.[i + 1] ?? 0) / 1_000;
  });
  return parts;
}
