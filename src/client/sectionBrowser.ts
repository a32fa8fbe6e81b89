import * as vscode from 'vscode';
import { DESIGNATED_SECTIONS_REQUEST, type DesignatedProjectInfo, type RangeJson } from '../protocol/messages';
import type { ServerConnection } from './serverConnection';
import { toRange } from './treePresentation';

interface Place extends vscode.QuickPickItem {
  readonly uri: string;
  readonly range: RangeJson;
}

/** Asks for a project, then for one of its designated sections in one of the guidelines, and opens that place. */
export async function runBrowseSections(server: ServerConnection): Promise<void> {
  const all = await server.request<readonly DesignatedProjectInfo[]>(DESIGNATED_SECTIONS_REQUEST);
  if (all.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No guideline here has designated sections.'));
    return;
  }
  const project = await vscode.window.showQuickPick(listProjects(all), {
    title: vscode.l10n.t('Designated sections'),
    placeHolder: vscode.l10n.t('Project'),
  });
  if (!project) return;
  const place = await vscode.window.showQuickPick(listPlaces(all.filter((one) => one.project === project.label)), {
    title: vscode.l10n.t('Designated sections of {0}', project.label),
    placeHolder: vscode.l10n.t('Section'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!place) return;
  await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), { selection: toRange(place.range) });
}

function listProjects(all: readonly DesignatedProjectInfo[]): vscode.QuickPickItem[] {
  return [...new Set(all.map(({ project }) => project))].map((project) => {
    const blocks = all.filter((one) => one.project === project);
    return { label: project, description: blocks.map(({ guideline, status }) => `${guideline}: ${status}`).join(', ') };
  });
}

/** By guideline: the project as a whole, then its sections. */
function listPlaces(blocks: readonly DesignatedProjectInfo[]): Place[] {
  return blocks.flatMap(({ project, guideline, status, guidance, uri, range, sections }): Place[] => [
    { kind: vscode.QuickPickItemKind.Separator, label: `${guideline} · ${status}`, uri, range },
    { label: project, description: vscode.l10n.t('guidance · {0}', guideline), detail: guidance, uri, range },
    ...sections.map((section): Place => ({
      label: section.name,
      description: `${section.designated ? vscode.l10n.t('designated') : vscode.l10n.t('may be replaced')} · ${guideline}`,
      detail: section.description,
      uri,
      range: section.range,
    })),
  ]);
}
