import type { Edge, Node } from '@xyflow/react';
import { MarkerType } from '@xyflow/react';
import type { Lane, Layout, Point } from './layout';
import { arrange, CARD } from './layout';
import type { MapPerson, PowerMap } from './map-api';
import { calledName, textOf } from './map-api';
import { layerOf } from './standing';

/** The map as the canvas draws it. */
export type PersonData = Readonly<{
  person: MapPerson; staleAfter: number; alone: boolean; text: string;
}>;
export type LaneData = Readonly<{ lane: Lane; label: string }>;
export type PersonNode = Node<PersonData, 'person'>;
export type LaneNode = Node<LaneData, 'lane'>;
export type MapNode = PersonNode | LaneNode;

export function layoutOf(map: PowerMap): Layout {
  return arrange(map.people.map((person) => ({
    id: person.id,
    layer: layerOf(person),
    superior: textOf(person.fields, 'reports_to') || null,
    department: textOf(person.fields, 'department_name'),
    name: calledName(person),
    place: person.place,
  })));
}

export function laneNodes(
  layout: Layout, label: (lane: Lane) => string,
): readonly LaneNode[] {
  return layout.lanes.map((lane) => ({
    id: `lane-${lane.layer}`, type: 'lane', data: { lane, label: label(lane) },
    position: { x: layout.left, y: lane.top },
    width: layout.width, height: lane.height,
    measured: { width: layout.width, height: lane.height },
    draggable: false, selectable: false, focusable: false, connectable: false, zIndex: -1,
  }));
}

export function personNode(
  data: PersonData, point: Point,
  options: Readonly<{ lane: Lane; selected: boolean; edge: number }>,
): PersonNode {
  const { lane, selected, edge } = options;
  const may = data.person.can.includes('update');
  return {
    id: data.person.id, type: 'person', data, position: point, selected, ariaLabel: data.text,
    width: CARD.width, height: CARD.height,
    measured: { width: CARD.width, height: CARD.height },
    draggable: may, connectable: may, deletable: false,
    extent: [[-edge, lane.top], [edge, lane.top + lane.height]],
  };
}

const WIDTHS: Readonly<Record<string, number>> = { strong: 2.5, medium: 1.75, weak: 1 };

// Lines fade by the opacity of their stroke: that of a whole element would make the browser draw
// each of them by itself whenever a card moves.
const FADED = 0.15;

/** Whom a line touches stands out once somebody is chosen. */
function dimmed(edge: Readonly<{ source: string; target: string }>, chosen: string): boolean {
  return chosen !== '' && edge.source !== chosen && edge.target !== chosen;
}

export function reportingEdges(map: PowerMap, chosen: string): readonly Edge[] {
  return map.people.flatMap((person) => {
    const superior = textOf(person.fields, 'reports_to');
    if (superior === '') return [];
    const ends = { source: superior, target: person.id };
    return [{
      ...ends, id: `reports-${person.id}`, type: 'smoothstep', focusable: false, selectable: false,
      deletable: false,
      style: {
        stroke: 'var(--ink-faint)', strokeWidth: 1.5,
        strokeOpacity: dimmed(ends, chosen) ? FADED : 0.8,
      },
    }];
  });
}

/** A line leaves a card on the side on which the other one lies. */
function sides(layout: Layout, ends: Readonly<{ source: string; target: string }>) {
  const across = (id: string) => layout.points.get(id)?.x ?? 0;
  return across(ends.source) <= across(ends.target)
    ? { sourceHandle: 'right', targetHandle: 'left' }
    : { sourceHandle: 'left', targetHandle: 'right' };
}

export function influenceEdges(
  map: PowerMap, layout: Layout, chosen: string, label: (strength: string) => string,
): readonly Edge[] {
  return map.lines.map(({ id, fields }) => {
    const ends = { source: textOf(fields, 'from'), target: textOf(fields, 'to') };
    const strength = textOf(fields, 'strength');
    return {
      ...ends, id, focusable: false, selectable: false, deletable: false,
      ...sides(layout, ends),
      label: ends.source === chosen || ends.target === chosen ? label(strength) : undefined,
      labelStyle: { fill: 'var(--ink-soft)' }, labelBgStyle: { fill: 'var(--surface)' },
      markerEnd: dimmed(ends, chosen)
        ? undefined : { type: MarkerType.ArrowClosed, color: 'var(--tag-purple)' },
      style: {
        stroke: 'var(--tag-purple)', strokeDasharray: '6 4', strokeWidth: WIDTHS[strength] ?? 1.5,
        strokeOpacity: dimmed(ends, chosen) ? FADED : 0.9,
      },
    };
  });
}
