import { request } from './request';
import type { Launch, LaunchBoard, LaunchTransitionInput } from './types';

export function readBoard(): Promise<LaunchBoard> {
  return request('GET', '/launches/board');
}

export function readLaunch(code: string): Promise<Launch> {
  return request('GET', `/markets/${code}/launch`);
}

export function moveLaunch(code: string, body: LaunchTransitionInput): Promise<Launch> {
  return request('POST', `/markets/${code}/launch/transitions`, { body });
}
