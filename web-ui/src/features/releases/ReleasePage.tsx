import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Release } from '../../api/model';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Copy } from '../../ui/Copy';
import { Confirm } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { When } from '../../ui/When';
import { Artifacts } from './Artifacts';
import { CheckFrame } from './CheckFrame';
import { Comparison } from './Comparison';
import { NewDeployment } from './NewDeployment';
import { ReleaseDate } from './ReleaseDate';
import { ReleaseEvents } from './ReleaseEvents';
import { ReleaseHealth } from './ReleaseHealth';
import { Repairs } from './Repairs';
import { commitsQuery, deploymentsOfQuery, releaseQuery } from './queries';
import './releases.css';
import { releaseTexts } from './texts';

const route = getRouteApi('/shell/releases/$id');

function Actions({ release }: { release: Release }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const session = useSession();
  const [isDeploying, setDeploying] = useState(false);
  const [isDating, setDating] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const [isBusy, setBusy] = useState(false);
  if (!can(session, 'project:releases')) return null;
  const params = { path: { id: release.id } };
  const archive = async () => {
    setBusy(true);
    try {
      await value(api.PATCH('/api/v1/releases/{id}', { params, body: { archived: !release.archived } }));
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['release', release.id] }),
        queries.invalidateQueries({ queryKey: ['releases'] }),
      ]);
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="row-actions">
      <Button look="primary" onClick={() => setDeploying(true)}>
        {releaseTexts.deploy.button}
      </Button>
      <Button onClick={() => setDating(true)}>{releaseTexts.redate.button}</Button>
      <Button busy={isBusy} onClick={() => void archive()}>
        {release.archived ? releaseTexts.unarchive : releaseTexts.archive}
      </Button>
      {release.events === 0 && (
        <Button look="danger" onClick={() => setRemoving(true)}>
          {releaseTexts.remove}
        </Button>
      )}
      {isDeploying && <NewDeployment release={release} onClose={() => setDeploying(false)} />}
      {isDating && <ReleaseDate release={release} onClose={() => setDating(false)} />}
      <Confirm
        open={isRemoving}
        onClose={() => setRemoving(false)}
        title={releaseTexts.removeTitle(release.short_version)}
        action={releaseTexts.remove}
        run={async () => {
          await value(api.DELETE('/api/v1/releases/{id}', { params }));
          await queries.invalidateQueries({ queryKey: ['releases'] });
          toast(releaseTexts.removed);
          await navigate({ to: '/releases' });
        }}
      >
        <p>{releaseTexts.removeWords}</p>
      </Confirm>
    </div>
  );
}

function About({ release }: { release: Release }) {
  const { facts } = releaseTexts;
  const { previous } = release;
  const rows: [string, React.ReactNode][] = [
    [facts.date, <When key="date" at={release.date} form="local" />],
    [facts.firstSeen, <When key="first" at={release.first_event_at} form="local" />],
    [facts.lastSeen, <When key="last" at={release.last_event_at} form="local" />],
    [
      facts.previous,
      previous ? (
        <Link key="previous" className="mono" to="/releases/$id" params={{ id: previous.id }}>
          <SdkText inList>{previous.version}</SdkText>
        </Link>
      ) : (
        facts.noPrevious
      ),
    ],
    [facts.by, release.created_by ?? facts.byEvent],
  ];
  if (release.package_name)
    rows.push([facts.package, <SdkText key="package">{release.package_name}</SdkText>]);
  if (release.ref) rows.push([facts.ref, <SdkText key="ref">{release.ref}</SdkText>]);
  if (release.url) rows.push([facts.link, <SdkText key="url">{release.url}</SdkText>]);
  return (
    <dl className="card facts fact-list">
      {rows.map(([name, words]) => (
        <div key={name} className="fact-row">
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

function Deployments({ release }: { release: Release }) {
  const answer = useQuery(deploymentsOfQuery(release.id));
  const { deployments: texts } = releaseTexts;
  return (
    <Facts
      title={texts.title}
      none={texts.none}
      heads={[{ name: texts.environment }, { name: texts.name }, { name: texts.at }, { name: texts.by }]}
      rows={answer.data?.results}
      asked={answer}
      rowKey={(deployment) => deployment.id}
      cells={(deployment) => [
        <SdkText key="environment">{deployment.environment}</SdkText>,
        <SdkText key="name">{deployment.name ?? '–'}</SdkText>,
        <When key="at" at={deployment.deployed_at} form="local" />,
        deployment.created_by,
      ]}
    />
  );
}

const HASH_DIGITS = 12;

function Commits({ release }: { release: Release }) {
  const answer = useQuery(commitsQuery(release.id));
  const { commits: texts } = releaseTexts;
  return (
    <Facts
      title={texts.title}
      note={answer.data?.next ? texts.more : undefined}
      none={texts.none}
      heads={[
        { name: texts.commit },
        { name: texts.message },
        { name: texts.author },
        { name: texts.files, end: true },
        { name: texts.at },
      ]}
      rows={answer.data?.results}
      asked={answer}
      rowKey={(commit) => commit.id}
      cells={(commit) => [
        <code key="id" title={commit.id}>
          {commit.id.slice(0, HASH_DIGITS)}
        </code>,
        <SdkText key="message" inList limit={200}>
          {commit.message?.split('\n')[0] ?? '–'}
        </SdkText>,
        <SdkText key="author" inList>
          {commit.author_name ?? commit.author_email ?? '–'}
        </SdkText>,
        <span key="files" title={commit.files.slice(0, 20).join('\n')}>
          {commit.files.length}
        </span>,
        <When key="at" at={commit.timestamp} />,
      ]}
    />
  );
}

/** A release: what happened in it, beside the one before it, what is in it, and where it runs. */
export function ReleasePage() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const answer = useQuery(releaseQuery(id, search));
  const release = answer.data;
  useTitle(release ? releaseTexts.title(release.short_version) : releaseTexts.page);
  if (!release) {
    return (
      <div className="page">
        <h1 className="sr-only">{releaseTexts.page}</h1>
        <Missing asked={answer} />
      </div>
    );
  }
  return (
    <div className="page release-page">
      <header className="release-head">
        <div>
          <h1 className="mono">
            <SdkText limit={200}>{release.version}</SdkText>{' '}
            <Copy text={release.version} label={releaseTexts.copy} />
          </h1>
          <p className="meta">
            {release.project.name} {release.archived && <Badge>{releaseTexts.archivedBadge}</Badge>}
          </p>
        </div>
        <Actions release={release} />
      </header>
      <About release={release} />
      <ReleaseEvents release={release} />
      <ReleaseHealth release={release} />
      <Comparison release={release} />
      <p>
        <Link
          to="/issues"
          search={{ project: release.project.slug, release: release.version, view: 'all', range: '90d' }}
        >
          {releaseTexts.issues}
        </Link>
      </p>
      <Repairs release={release} />
      <CheckFrame key={release.id} release={release} />
      <Deployments release={release} />
      <Commits release={release} />
      <Artifacts release={release} />
    </div>
  );
}
