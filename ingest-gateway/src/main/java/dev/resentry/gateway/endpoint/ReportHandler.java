package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.auth.AllowedOrigins;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.project.ProjectRequests;
import dev.resentry.gateway.project.ProjectRequests.Reply;
import dev.resentry.gateway.project.ProjectRequests.Reply.Created;
import dev.resentry.gateway.project.ProjectRequests.Reply.Pending;
import dev.resentry.gateway.project.ProjectRequests.Reply.Rejected;
import dev.resentry.gateway.report.ReportBody;
import dev.resentry.gateway.report.ReportForms;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopePreview.ItemSummary;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.outcome.RejectionReason;
import dev.resentry.model.project.Credentials;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Handles Resentry's own report routes (features E1, E2, M2, M6): validates each field, then handles the report as an envelope.
 */
public final class ReportHandler {
    private final ProjectDirectory projects;
    private final ProjectRequests requests;
    private final SdkRequestHandler sdkRequests;
    private final Executor executor;

    /** @param executor runs what would hold up the thread that a body arrives on */
    public ReportHandler(
            ProjectDirectory projects, ProjectRequests requests, SdkRequestHandler sdkRequests, Executor executor) {
        this.projects = projects;
        this.requests = requests;
        this.sdkRequests = sdkRequests;
        this.executor = executor;
    }

    CompletableFuture<IngestResponse> accept(
            IngestRequest request, IngestRoute route, ContentEncoding encoding, byte[] body) {
        if (body.length == 0) {
            return refusing(
                    request,
                    route,
                    encoding,
                    null,
                    IngestResponse.rejectedReport(400, RejectionReason.NO_DATA, "empty request body", Map.of()));
        }
        return CompletableFuture.supplyAsync(() -> ReportBody.read(encoding, body), executor)
                .thenCompose(read -> switch (read) {
                    case ReportBody.TooLarge _ ->
                        refusing(
                                request,
                                route,
                                encoding,
                                null,
                                IngestResponse.tooLarge(ReportBody.MAX_BYTES).asReport());
                    case ReportBody.Malformed(String cause) ->
                        refusing(
                                request,
                                route,
                                encoding,
                                null,
                                IngestResponse.rejectedReport(
                                        400, RejectionReason.INVALID_JSON, "invalid JSON data: " + cause, Map.of()));
                    case ReportBody.Report(ObjectNode report) -> check(request, route, encoding, body, report);
                });
    }

    private CompletableFuture<IngestResponse> refusing(
            IngestRequest request,
            IngestRoute route,
            ContentEncoding encoding,
            @Nullable ObjectNode report,
            IngestResponse response) {
        rejected(request, route, encoding, report, response);
        return done(response);
    }

    /**
     * Accounts for what is refused, if it names a project that is there, and a key of it.
     *
     * @param report what the body says, if that is known
     */
    void rejected(
            IngestRequest request,
            IngestRoute route,
            ContentEncoding encoding,
            @Nullable ObjectNode report,
            IngestResponse response) {
        String name = named(route, report);
        if (name != null) {
            known(route, name)
                    .ifPresent(project -> key(name, project, false)
                            .ifPresent(key -> sdkRequests.rejected(
                                    Sender.of(request, route, encoding, project, new Credentials(key, null), null),
                                    response)));
        }
    }

    private CompletableFuture<IngestResponse> check(
            IngestRequest request, IngestRoute route, ContentEncoding encoding, byte[] body, ObjectNode report) {
        Map<String, String> faults = switch (route.endpoint()) {
            case ERROR_REPORT -> ReportForms.errorFaults(report);
            case EVENT_REPORT -> ReportForms.eventFaults(report);
            default -> ReportForms.sessionFaults(report);
        };
        if (!faults.isEmpty()) {
            return refusing(
                    request,
                    route,
                    encoding,
                    report,
                    IngestResponse.rejectedReport(
                            400,
                            RejectionReason.INVALID_REPORT,
                            "%d of the fields are wrong".formatted(faults.size()),
                            faults));
        }
        String name = Objects.requireNonNull(named(route, report));
        if (!projects.isComplete() && known(route, name).isEmpty()) {
            return done(
                    IngestResponse.unavailable(ProjectDirectory.NOT_ALL_KNOWN).asReport());
        }
        return project(route, name).thenCompose(reply -> switch (reply) {
            case Created(ProjectConfig project) -> admit(request, route, encoding, body, report, name, project);
            case Pending _ ->
                done(IngestResponse.unavailable("the project is being made; try again")
                        .asReport());
            case Rejected _ -> {
                IngestResponse unknown = IngestResponse.rejectedReport(
                        404, RejectionReason.PROJECT_ID, "there is no project '%s'".formatted(name), Map.of());
                // A name that is no project's may be a key, which must not be logged.
                yield done(route.slug() != null ? unknown : unknown.writtenDownAs("no project has this name or key"));
            }
        });
    }

    private CompletableFuture<IngestResponse> admit(
            IngestRequest request,
            IngestRoute route,
            ContentEncoding encoding,
            byte[] body,
            ObjectNode report,
            String name,
            ProjectConfig project) {
        String origin = AllowedOrigins.originOf(request.header("origin"), request.header("referer"));
        Optional<PublicKey> key = key(name, project, true);
        if (!project.active() || key.isEmpty()) {
            return refusing(
                    request,
                    route,
                    encoding,
                    report,
                    IngestResponse.rejectedReport(
                            403,
                            RejectionReason.PROJECT_STATE,
                            project.active() ? "the key is disabled" : "project %s is disabled".formatted(project.id()),
                            Map.of()));
        }
        if (!AllowedOrigins.allow(project.allowedOrigins(), origin)) {
            return refusing(
                    request,
                    route,
                    encoding,
                    report,
                    IngestResponse.rejectedReport(
                            403,
                            RejectionReason.CORS,
                            "project %s does not take events from %s"
                                    .formatted(project.id(), RequestAdmission.siteOf(origin)),
                            Map.of()));
        }
        Sender sender = Sender.of(request, route, encoding, project, new Credentials(key.get(), null), origin);
        boolean session = route.endpoint() == Endpoint.SESSION_REPORT;
        return sdkRequests
                .keep(new IncomingEnvelope(
                        sender,
                        route.endpoint(),
                        body,
                        session ? null : IncomingEnvelope.NEW_ID,
                        List.of(ItemSummary.of(session ? ItemType.Known.SESSION : ItemType.Known.EVENT)),
                        true,
                        receipt -> IngestResponse.json(200, acknowledgement(receipt, report))))
                .thenApply(IngestResponse::asReport);
    }

    private CompletableFuture<Reply> project(IngestRoute route, String name) {
        Optional<ProjectConfig> known = known(route, name);
        return known.isEmpty() && mayBeEither(route)
                ? requests.request(name)
                : done(known.<Reply>map(Created::new).orElseGet(Rejected::new));
    }

    private Optional<ProjectConfig> known(IngestRoute route, String name) {
        Optional<ProjectConfig> known = Optional.empty();
        if (route.slug() == null) {
            known = PublicKey.parse(name).flatMap(projects::findByKey);
        }
        return known.isEmpty() && (route.slug() != null || mayBeEither(route)) ? projects.findBySlug(name) : known;
    }

    private static boolean mayBeEither(IngestRoute route) {
        return route.endpoint() == Endpoint.ERROR_REPORT;
    }

    /** The key that the sender named; else, as it named the project only, the project's first. */
    private static Optional<PublicKey> key(String name, ProjectConfig project, boolean mustBeActive) {
        PublicKey named = PublicKey.parse(name).orElse(null);
        boolean byKey = project.keys().stream().anyMatch(key -> key.publicKey().equals(named));
        return project.keys().stream()
                .filter(key -> (key.active() || !mustBeActive)
                        && (!byKey || key.publicKey().equals(named)))
                .map(ProjectConfig.Key::publicKey)
                .findFirst();
    }

    /** What the sender calls the project; null if only its report could say that, and does not. */
    private static @Nullable String named(IngestRoute route, @Nullable ObjectNode report) {
        if (route.slug() != null) {
            return route.slug();
        }
        if (route.key() != null) {
            return route.key();
        }
        JsonNode name = report == null ? null : report.get("project_key");
        return name != null && name.isString() ? name.asString() : null;
    }

    private static Map<String, Object> acknowledgement(Receipt receipt, ObjectNode report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (receipt.eventId() == null) {
            fields.put("id", text(report.get("session_id")));
            fields.put("status", text(report.get("status")));
        } else {
            JsonNode timestamp = report.get("timestamp");
            fields.put("id", receipt.eventId().toString());
            fields.put(
                    "timestamp",
                    timestamp == null || timestamp.isNull()
                            ? receipt.receivedAt().toString()
                            : ReportForms.time(timestamp).toString());
            fields.put("message", text(report.get("message")));
        }
        return fields;
    }

    private static String text(@Nullable JsonNode value) {
        return value == null ? "" : value.asString();
    }

    private static <T> CompletableFuture<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
