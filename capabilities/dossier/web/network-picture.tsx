import { useNavigate } from 'react-router';
import { optionLabel, fieldOf, useObjectMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { levelsOf } from './network-api';
import type { Network } from './network-api';
import styles from './network.module.css';

const MOST_NODES = 60;
const NODE = { width: 150, height: 34, across: 170, down: 74 } as const;
const SHOWN_CHARACTERS = 10;
const BETWEEN = 0.5;

type Node = Readonly<{
  key: string; id: string; name: string; x: number; y: number; own: boolean;
}>;
type Line = Readonly<{ from: string; to: string; label: string }>;

/** The group level by level, and the related companies in the last row, between its columns. */
function pictureOf(id: string, network: Network, kindOf: (kind: string) => string) {
  const levels = levelsOf(network.members);
  const taken = new Map<number, number>();
  const nodes: Node[] = [];
  const lines: Line[] = [];
  const put = (key: string, of: string, name: string, level: number, shift = 0) => {
    const place = taken.get(level) ?? shift;
    taken.set(level, place + 1);
    nodes.push({
      key, id: of, name, own: of === id, x: place * NODE.across, y: level * NODE.down,
    });
  };
  for (const member of network.members.slice(0, MOST_NODES)) {
    put(member.id, member.id, member.name ?? '', levels.get(member.id) ?? 0);
    if (member.parent !== null) lines.push({ from: member.parent, to: member.id, label: '' });
  }
  const last = Math.max(0, ...levels.values()) + 1;
  for (const one of network.relations.slice(0, MOST_NODES - nodes.length)) {
    if (!nodes.some(({ key }) => key === one.account)) {
      put(one.account, one.account, one.name ?? '', last, BETWEEN);
    }
    lines.push({ from: id, to: one.account, label: kindOf(one.kind) });
  }
  return { nodes, lines };
}

const short = (name: string) => (
  name.length > SHOWN_CHARACTERS ? `${name.slice(0, SHOWN_CHARACTERS - 1)}…` : name
);

/** Who belongs to whom and who has to do with the account; a click opens a company. */
export function NetworkPicture({ id, network }: Readonly<{ id: string; network: Network }>) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const object = useObjectMeta('account_relation');
  const options = (object && fieldOf(object, 'kind'))?.options ?? [];
  const { nodes, lines } = pictureOf(id, network, (kind) => {
    const option = options.find(({ key }) => key === kind);
    return option ? optionLabel(option, language) : kind;
  });
  const at = new Map(nodes.map((node) => [node.key, node]));
  const width = Math.max(...nodes.map(({ x }) => x)) + NODE.width + 2;
  const height = Math.max(...nodes.map(({ y }) => y)) + NODE.height + 2;
  return (
    <div className={styles.picture}>
      <svg
        width={width} height={height} viewBox={`-1 -1 ${width} ${height}`} role="group"
        aria-label={t('dossier.network')}
      >
        {lines.map(({ from, to, label }) => {
          const [upper, lower] = [at.get(from), at.get(to)];
          if (!upper || !lower) return null;
          const [x1, y1] = [upper.x + NODE.width / 2, upper.y + NODE.height];
          const [x2, y2] = [lower.x + NODE.width / 2, lower.y];
          return (
            <g key={`${from} ${to} ${label}`}>
              <line
                x1={x1} y1={y1} x2={x2} y2={y2}
                className={label === '' ? styles.line : styles.relation}
              />
              {label !== '' && <text x={x2 + 4} y={y2 - 6} className={styles.label}>{label}</text>}
            </g>
          );
        })}
        {nodes.map((node) => (
          <a
            key={node.key} href={`/accounts/${node.id}?tab=network`}
            onClick={(event) => {
              event.preventDefault();
              void navigate(`/accounts/${node.id}?tab=network`);
            }}
          >
            <title>{node.name}</title>
            <rect
              x={node.x} y={node.y} width={NODE.width} height={NODE.height} rx={8}
              className={node.own ? styles.own : styles.node}
            />
            <text
              x={node.x + NODE.width / 2} y={node.y + NODE.height / 2 + 4}
              className={styles.name}
            >
              {short(node.name)}
            </text>
          </a>
        ))}
      </svg>
    </div>
  );
}
