import { useQuery } from '@tanstack/react-query';
import { JobControls, JobProgress } from '../../app/JobProgress';
import { jobsQuery } from '../../app/queries';
import { Facts } from '../../ui/Facts';
import { SdkText } from '../../ui/SdkText';
import { When } from '../../ui/When';
import { shown } from '../../ui/untrusted';
import { adminTexts } from './texts';

const { jobs: texts } = adminTexts;

/** Long work of every kind. */
export function Jobs() {
  const jobs = useQuery(jobsQuery);
  return (
    <Facts
      title={texts.list}
      none={adminTexts.none}
      heads={[
        { name: texts.job },
        { name: texts.kind },
        { name: texts.progress },
        { name: texts.who },
        { name: texts.at },
        { name: texts.finished },
        { name: texts.result },
        { name: '' },
      ]}
      rows={jobs.data?.results}
      asked={jobs}
      rowKey={(job) => job.id}
      cells={(job) => [
        job.id,
        job.kind.replaceAll('-', ' '),
        <JobProgress key="progress" job={job} />,
        job.created_by,
        <When key="at" at={job.created_at} />,
        <When key="finished" at={job.finished_at} />,
        <span key="result" className="meta">
          <SdkText limit={120}>{job.failure ?? (job.result ? shown(job.result) : '')}</SdkText>
        </span>,
        <JobControls key="controls" job={job} />,
      ]}
    />
  );
}
