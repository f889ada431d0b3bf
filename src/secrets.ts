/** Puts random secrets into the file that holds them, where the templates leave room for them. */
import type { RenderedProject } from './render.js';
import { secretFile } from './secret-file.js';

/** A variable without a value, whose value nobody has to choose and nobody else may know. */
const room = /^AUTH_SECRET=$/m;

/** @param randomBytes makes that many */
export function fillSecrets(
  project: RenderedProject,
  randomBytes: (size: number) => Buffer,
): RenderedProject {
  const files = project.files.map((file) => {
    if (file.path !== secretFile || !room.test(file.contents.toString())) return file;
    const secret = randomBytes(32).toString('base64url');
    const filled = file.contents.toString().replace(room, `AUTH_SECRET=${secret}`);
    return { ...file, contents: Buffer.from(filled) };
  });
  return { ...project, files };
}
