// Called by Maven (-Prelease). "stage" puts what a release holds into target/release, with its bill of materials, the licences of
// what it is made of, and a checksum of each file; "checksum FILE" writes that of the zip beside it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const ui = join(root, 'web-ui');
const target = join(here, 'target');
const release = join(target, 'release');

const fail = (message) => {
  process.stderr.write(`release: ${message}\n`);
  process.exit(1);
};
const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function filesBelow(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort(byName);
}

/** The jars of all services in one directory: each names those that it needs in its manifest, and what several need is there once. */
function stageApps() {
  const lib = join(release, 'app', 'lib');
  mkdirSync(lib, { recursive: true });
  for (const [module, name] of [
    ['standalone', 'resentry'],
    ['ingest-gateway', 'ingest-gateway'],
    ['envelope-processor', 'envelope-processor'],
    ['query-api', 'query-api'],
  ]) {
    const unpacked = join(target, 'apps', module);
    const jar = readdirSync(unpacked).find((file) => file.endsWith('-exec.jar'));
    cpSync(join(unpacked, jar), join(release, 'app', `${name}.jar`));
    // Without what unpacks jars, which has just done so.
    const libraries = readdirSync(join(unpacked, 'lib')).filter((file) => !file.startsWith('spring-boot-jarmode-'));
    for (const file of libraries) {
      const there = join(lib, file);
      const from = join(unpacked, 'lib', file);
      if (!existsSync(there)) {
        cpSync(from, there);
      } else if (statSync(there).size !== statSync(from).size) {
        fail(`two different ${file}: that of ${module} is another than that of the services before it`);
      }
    }
  }
}

function stageFiles() {
  const launch = join(root, 'standalone', 'src', 'main', 'launch');
  cpSync(launch, join(release, 'bin'), { recursive: true });
  const texts = ['README.md', 'CHANGELOG.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'LICENSE'];
  for (const name of [...texts, 'docker-compose.yml', '.env.example', 'deploy', 'docs', 'postman']) {
    cpSync(join(root, name), join(release, name), { recursive: true });
  }
  // Whoever has tried an example has left what it was built with.
  const built = ['node_modules', 'dist', 'package-lock.json'];
  const filter = (from) => !built.includes(basename(from));
  cpSync(join(root, 'examples'), join(release, 'examples'), { recursive: true, filter });
  rmSync(join(release, 'docs', 'screens'), { recursive: true, force: true });
  mkdirSync(join(release, 'docker'));
  cpSync(join(root, 'docker', 'proxy.conf'), join(release, 'docker', 'proxy.conf'));
  cpSync(join(root, 'docker', 'release.Dockerfile'), join(release, 'Dockerfile'));
  cpSync(join(here, 'release.dockerignore'), join(release, '.dockerignore'));
}

/** The browser client as npm would have it. A quick build, as that of a release is, leaves it out, so it is made here if it is missing. */
function stageClient() {
  const client = join(root, 'packages', 'client');
  execFileSync(join(client, 'build.sh'), ['package'], { stdio: 'inherit' });
  for (const name of ['README.md', 'package.json', 'upload_sourcemap.mjs', 'dist']) {
    cpSync(join(client, name), join(release, 'packages', 'client', name), { recursive: true });
  }
}

/** What is in the web UI: all that its lock names, but for what only builds and tests it. */
function billOfPages() {
  const lock = JSON.parse(readFileSync(join(ui, 'package-lock.json'), 'utf8'));
  const components = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional)
    .map(([path, entry]) => {
      const [name, scope] = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length).split('/').reverse();
      const [algorithm, hash] = entry.integrity.split('-');
      return {
        type: 'library',
        'bom-ref': `${path}@${entry.version}`,
        ...(scope && { group: scope }),
        name,
        version: entry.version,
        hashes: [{ alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(hash, 'base64').toString('hex') }],
        licenses: entry.license ? [/ (OR|AND|WITH) /.test(entry.license) ? { expression: entry.license } : { license: { id: entry.license } }] : [],
        purl: `pkg:npm/${scope ? `${encodeURIComponent(scope)}/` : ''}${name}@${entry.version}`,
      };
    })
    .sort((one, other) => byName(one['bom-ref'], other['bom-ref']));
  const component = { type: 'application', 'bom-ref': lock.name, name: lock.name };
  return { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component }, components };
}

function stageBills() {
  const services = JSON.parse(readFileSync(join(target, 'resentry.cdx.json'), 'utf8'));
  const pages = billOfPages();
  const sbom = join(release, 'sbom');
  mkdirSync(sbom);
  writeFileSync(join(sbom, 'resentry.cdx.json'), `${JSON.stringify(services, null, 2)}\n`);
  writeFileSync(join(sbom, 'web-ui.cdx.json'), `${JSON.stringify(pages, null, 2)}\n`);
  return { services: services.components.filter((component) => component.group !== 'dev.resentry'), pages: pages.components };
}

function licenceOf(component) {
  const names = (component.licenses ?? []).map(({ license, expression }) => expression ?? license?.id ?? license?.name);
  return [...new Set(names.filter(Boolean))].join(', ') || 'not stated; see the file itself';
}

function stageLicences({ services, pages }) {
  const rows = (components, nameOf) =>
    components
      .map((component) => `| ${nameOf(component)} | ${component.version} | ${licenceOf(component)} |`)
      .sort(byName)
      .join('\n');
  const head = '| what | version | licence |\n|---|---|---|\n';
  writeFileSync(
    join(release, 'THIRD-PARTY.md'),
    `# What is not ours

## Libraries in app/lib

Each jar has the text of its licence and its notices in \`META-INF\`, where its authors put them.

${head}${rows(services, (component) => `${component.group}:${component.name}`)}

## In the web UI

The texts are in \`licences/web-ui.txt\`.

${head}${rows(pages, (component) => (component.group ? `${component.group}/${component.name}` : component.name))}
`,
  );
  const texts = pages.map((component) => {
    const name = component.group ? `${component.group}/${component.name}` : component.name;
    const directory = join(ui, 'node_modules', name);
    const files = existsSync(directory) ? readdirSync(directory).filter((file) => /^(licen[cs]e|notice|ofl)/i.test(file)) : [];
    const found = files.sort(byName).map((file) => readFileSync(join(directory, file), 'utf8').trim());
    return `${name} ${component.version} (${licenceOf(component)})\n\n${found.join('\n\n') || 'Its package holds no text.'}\n`;
  });
  mkdirSync(join(release, 'licences'));
  writeFileSync(join(release, 'licences', 'web-ui.txt'), texts.sort(byName).join(`\n${'-'.repeat(80)}\n\n`));
}

function stageChecksums() {
  const sums = filesBelow(release).map((file) => `${sha256(join(release, file))}  ${file}\n`);
  writeFileSync(join(release, 'SHA256SUMS'), sums.join(''));
}

const [command, file] = process.argv.slice(2);
if (command === 'stage') {
  if (!existsSync(join(ui, 'target', 'classes', 'static', 'ui', 'manifest.json'))) {
    fail('the web UI is not built, and a release has one: Node 20.19 or newer with npm has to be on the PATH');
  }
  rmSync(release, { recursive: true, force: true });
  stageApps();
  stageFiles();
  stageClient();
  stageLicences(stageBills());
  stageChecksums();
} else if (command === 'checksum') {
  writeFileSync(`${file}.sha256`, `${sha256(file)}  ${basename(file)}\n`);
} else {
  fail('usage: release.mjs stage | checksum FILE');
}
