import type { Connection, NodeChange } from '@xyflow/react';
import { Background, ConnectionMode, Controls, ReactFlow, useStore } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useText } from '@/i18n/use-text';
import type { MapNode, PersonData } from './flow';
import { influenceEdges, laneNodes, layoutOf, personNode, reportingEdges } from './flow';
import { placeWithin } from './layout';
import type { PowerMap } from './map-api';
import { layerOf } from './standing';
import { LaneBand, PersonCard, useCardText } from './person-card';
import { useWords } from './use-words';
import { usePlaces } from './use-places';
import styles from './map.module.css';

/** The server takes no place further out. */
const EDGE = 100_000;
const NODES = { person: PersonCard, lane: LaneBand };
/** Below it cards show names and marks alone, which also keeps the map quick. */
const FAR_ZOOM = 0.55;
const FIT = { padding: 0.06, maxZoom: 1 };

type Props = Readonly<{
  map: PowerMap; chosen: string; onChoose: (id: string) => void;
  lines: Readonly<{ reports: boolean; influence: boolean }>;
  onRelate: (from: string, to: string) => void;
}>;

function usePeople(map: PowerMap): ReadonlyMap<string, PersonData> {
  const cardText = useCardText();
  const alone = useMemo(() => (
    new Set(map.risk.alone.flatMap(({ people }) => people))
  ), [map]);
  return useMemo(() => new Map<string, PersonData>(map.people.map((person) => (
    [person.id, {
      person, staleAfter: map.stale_after_days, alone: alone.has(person.id),
      text: cardText(person, alone.has(person.id)),
    }]
  ))), [map, alone, cardText]);
}

/** People as cards in lanes: dragged, walked with the keyboard, related by drawing a line. */
export default function Canvas({ map, chosen, onChoose, lines, onRelate }: Props) {
  const { t } = useText();
  const words = useWords();
  const places = usePlaces();
  const [far, setFar] = useState(false);
  const layout = useMemo(() => layoutOf(map), [map]);
  const data = usePeople(map);
  const bands = useMemo(() => laneNodes(layout, (lane) => words.layer(lane.layer)),
    [layout, words]);
  const resting = useMemo(() => new Map([...data].flatMap(([id, one]) => {
    const point = layout.points.get(id);
    const lane = layout.lanes.find(({ layer }) => layer === layerOf(one.person));
    if (!point || !lane) return [];
    return [[id, personNode(one, point, { lane, selected: id === chosen, edge: EDGE })] as const];
  })), [data, layout, chosen]);
  const nodes = useMemo<MapNode[]>(() => [...bands, ...[...resting].map(([id, node]) => {
    const moved = places.own.get(id);
    return moved ? { ...node, position: moved } : node;
  })], [bands, resting, places.own]);
  const edges = useMemo(() => [
    ...lines.reports ? reportingEdges(map, chosen) : [],
    ...lines.influence ? influenceEdges(map, layout, chosen, words.strength) : [],
  ], [map, layout, chosen, lines.reports, lines.influence, words]);
  const change = useCallback((changes: NodeChange<MapNode>[]) => {
    for (const one of changes) {
      if (one.type === 'select' && one.selected) onChoose(one.id);
      if (one.type !== 'position' || !one.position) continue;
      places.move(one.id, one.position);
      const lane = layout.lanes.find(({ layer }) => (
        layer === layerOf(data.get(one.id)?.person ?? NOBODY)
      ));
      if (lane && !one.dragging) places.rest(one.id, placeWithin(lane, one.position, EDGE));
    }
  }, [onChoose, places, layout, data]);
  return (
    <div
      className={styles.canvas} role="application" aria-label={t('people_map.canvas')}
      data-far={far}
    >
      <ReactFlow
        nodes={nodes} edges={edges} nodeTypes={NODES} onNodesChange={change}
        onConnect={({ source, target }: Connection) => {
          if (source !== target) onRelate(source, target);
        }}
        onPaneClick={() => {
          onChoose('');
        }}
        connectionMode={ConnectionMode.Loose} fitView fitViewOptions={FIT}
        minZoom={0.1} maxZoom={1.6} onlyRenderVisibleElements={false}
        deleteKeyCode={null} multiSelectionKeyCode={null} selectionKeyCode={null}
        nodesFocusable edgesFocusable={false} proOptions={{ hideAttribution: true }}
        ariaLabelConfig={{
          'node.a11yDescription.default': t('people_map.keys'),
          'node.a11yDescription.keyboardDisabled': t('people_map.keys'),
          'controls.zoomIn.ariaLabel': t('people_map.zoom_in'),
          'controls.zoomOut.ariaLabel': t('people_map.zoom_out'),
          'controls.fitView.ariaLabel': t('people_map.fit'),
          'controls.ariaLabel': t('people_map.controls'),
        }}
      >
        <Background color="var(--line)" gap={24} />
        <Controls showInteractive={false} />
        <Distance onChange={setFar} />
      </ReactFlow>
    </div>
  );
}

/** Tells when the cards are too small to read all that is on them, and when they are not. */
function Distance({ onChange }: Readonly<{ onChange: (far: boolean) => void }>) {
  const far = useStore(({ transform }) => transform[2] < FAR_ZOOM);
  useEffect(() => {
    onChange(far);
  }, [far, onChange]);
  return null;
}

const NOBODY = { id: '', fields: {}, can: [], standing: null, covered_by: [], place: null };
