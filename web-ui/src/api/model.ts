/** The names that pages know the API's types by. What they hold is generated from docs/openapi.yaml. */
import type { components, paths } from './schema';

type Schemas = components['schemas'];
type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never;
type PageQuery = 'cursor' | 'limit';

/** Where something is; links, files and streams, which are no calls, say by it that they are of the API. */
export type EventSummary = Schemas['EventSummary'];
export type Path = keyof paths;
export type ApiError = Schemas['Error'];
export type Role = Schemas['SessionUser']['role'];
export type Session = Schemas['Session'];

export type ApiToken = Schemas['ApiToken'];
export type AuditEntry = Schemas['AuditEntry'];
export type Invitation = Schemas['Invitation'];
export type Organization = Schemas['Organization'];
export type OrganizationToken = Schemas['OrganizationToken'];
export type Team = Schemas['Team'];
export type User = Schemas['User'];

export type Delivery = Schemas['Delivery'];
export type DeliveryFilter = Omit<Query<'/api/v1/deliveries'>, PageQuery>;
export type DeliveryState = Delivery['state'];

export type Feedback = Schemas['Feedback'];
export type FeedbackFilter = Omit<Query<'/api/v1/feedback'>, PageQuery | 'status'>;

export type AlertSource = Schemas['AlertSource'];
export type Webhook = Schemas['Webhook'];

export type Endpoint = Schemas['PerformanceEndpoint'];
export type EndpointDetail = Schemas['PerformanceEndpointDetail'];
export type Trace = Schemas['Trace'];
export type TraceError = Schemas['TraceError'];

export type FilterSettings = Schemas['Filters'];
export type FiltersTrial = Schemas['FiltersTrial'];
export type LimitBacktest = Schemas['LimitBacktest'];
export type Limit = Schemas['ProjectLimit'];
export type LimitChange = Schemas['Limit'];
export type Project = Schemas['Project'];
export type ProjectFilters = Schemas['ProjectFilters'];
export type ProjectGroupingRules = Schemas['ProjectGroupingRules'];
export type ProjectKey = Schemas['ProjectKey'];
export type ProjectRepository = Schemas['ProjectRepository'];
export type ProjectScrubbing = Schemas['ProjectScrubbing'];
export type Regroup = Schemas['Regroup'];
export type RegroupChange = Schemas['RegroupChange'];
export type RegroupPart = Schemas['RegroupPart'];
export type RepositorySettings = Schemas['RepositorySettings'];
export type RepositoryTrial = Schemas['RepositoryTrial'];
export type ScrubRule = Schemas['Rule'];
export type ScrubSettings = Schemas['Scrubbing'];
export type ScrubTrial = Schemas['ScrubbingTrial'];
export type ProjectStats = Schemas['ProjectStats'];
export type StorageCap = Schemas['StorageCap'];

export type Log = Schemas['Log'];
export type LogFilter = Omit<Query<'/api/v1/logs'>, PageQuery | 'order'>;

export type AlertBacktest = Schemas['AlertBacktest'];
export type AlertCondition = Schemas['AlertCondition'];
export type AlertFilter = Schemas['AlertFilter'];
export type AlertFiring = Schemas['AlertFiring'];
export type AlertRule = Schemas['AlertRule'];
export type AlertRuleDefinition = Schemas['AlertRuleDefinition'];
export type AlertSnooze = Schemas['AlertSnooze'];
export type AlertTarget = Schemas['AlertTarget'];
export type AlertTest = Schemas['AlertTest'];
export type AlertTargetChange = Schemas['AlertTargetChange'];
export type DashboardErrors = Schemas['DashboardErrors'];
export type Spike = Schemas['Spike'];
export type DashboardWidget = Schemas['DashboardWidget'];
export type SavedDashboard = Schemas['SavedDashboard'];
export type SavedDashboardSummary = Schemas['SavedDashboardSummary'];

export type Activity = Schemas['IssueActivity'];
export type CappedDay = Schemas['CappedDay'];
export type Changed = Schemas['Changed'];
export type Issue = Schemas['Issue'];
export type SimilarIssue = Schemas['SimilarIssue'];
export type SimilarIssues = Schemas['SimilarIssues'];
export type IssueChange = Schemas['IssueChange'];
export type IssueDetail = Schemas['IssueDetail'];
export type IssueFilter = Omit<Query<'/api/v1/issues'>, PageQuery | 'sort'>;
export type IssuePage = Schemas['IssuePage'];
export type IssueSort = NonNullable<Query<'/api/v1/issues'>['sort']>;
export type IssueHash = Schemas['IssueHash'];
export type IssueTag = Schemas['IssueTag'];
export type Person = Schemas['Assignee'];
export type Ticket = Schemas['IssueTicket'];

/** What SDKs send keeps its shape, which may be anything: it is read with the functions of ui/untrusted. */
export type Event = Schemas['Event'];
export type SymbolicatedFrame = Schemas['SymbolicatedFrame'];
export type EventGrouping = Schemas['EventGrouping'];
export type ExploreExport = Query<'/api/v1/explore/{dataset}/export'>;
export type ExploreQuestion = Query<'/api/v1/explore/{dataset}/facets'>;
export type Explored = Schemas['Explored'];
export type ExploredFacet = Schemas['ExploredFacet'];
export type FrameLink = Schemas['FrameLink'];
export type SuspectCommit = Schemas['SuspectCommit'];

export type Artifact = Schemas['Artifact'];
export type Monitor = Schemas['Monitor'];
export type CheckIn = Schemas['CheckIn'];
export type UptimeCheck = Schemas['UptimeCheck'];

export type Deployment = Schemas['Deployment'];
export type Release = Schemas['Release'];
export type ReleaseCommit = Schemas['ReleaseCommit'];
export type ReleaseHealth = Schemas['ReleaseHealth'];
export type ReleaseFigures = Schemas['ReleaseFigures'];
export type ReleaseStats = Schemas['ReleaseStats'];
export type ReleaseFilter = Omit<Query<'/api/v1/releases'>, PageQuery | 'sort'>;
export type ReleaseSort = NonNullable<Query<'/api/v1/releases'>['sort']>;

export type Balance = Schemas['PipelineBalance'];
export type DeadLetter = Schemas['DeadLetter'];
export type DeadLetterAttempt = Schemas['DeadLetterAttempt'];
export type DeadLetterCause = Schemas['DeadLetterCause'];
export type Job = Schemas['Job'];
export type LedgerEntry = Schemas['LedgerEntry'];
export type LedgerEnvelope = Schemas['LedgerEnvelope'];
export type LedgerRow = Schemas['LedgerRow'];
export type OutcomeTotal = Schemas['OutcomeTotal'];
export type Pipeline = Schemas['Pipeline'];

export type RecentSearch = Schemas['RecentSearch'];
export type SavedSearch = Schemas['SavedSearch'];
export type SearchDataset = SavedSearch['dataset'];
export type SearchKey = Schemas['SearchKey'];
export type SearchValue = Schemas['SearchValue'];
