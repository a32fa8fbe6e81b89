import { nameModules } from '../../src/project/moduleNames';
import { linkModule, Project } from '../../src/project/project';
import { readPython } from '../../src/syntax/readPython';
import { loadTestGrammars } from './loadTestGrammars';

/** Links Python files given by path (relative to one root, `file:///r`) into a project. */
export async function linkProject(files: Readonly<Record<string, string>>): Promise<Project> {
  const parser = (await loadTestGrammars()).newParser('python');
  const rootUri = 'file:///r';
  const placed = Object.keys(files).map((path) => ({ uri: `${rootUri}/${path}`, rootUri, path }));
  const names = nameModules(placed);
  const modules = placed.flatMap(({ uri, path }) => {
    const name = names.get(uri);
    return name ? [linkModule(readPython(uri, files[path] ?? '', 'hash', parser), name)] : [];
  });
  parser.delete();
  return new Project(modules);
}
