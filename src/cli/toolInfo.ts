import { version } from '../../package.json';
import type { ToolInfo } from '../report/sarifReport';

/** The tool as reports name it. */
export const TOOL: ToolInfo = {
  name: 'interop-lens',
  version,
  informationUri: 'https://opendev.org/openinfra/interop-lens',
};
