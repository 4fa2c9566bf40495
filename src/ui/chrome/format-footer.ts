import type { AppState } from '../../app/state.ts';
import { bothSides, span, type Line } from '../line.ts';
import { formatPosition } from './format-position.ts';

export function formatFooter(state: AppState, width: number): Line {
  return bothSides([span(' ')], [span(`${formatPosition(state)} `, 'muted')], width);
}
