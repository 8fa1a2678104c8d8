package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.auth.AllowedOrigins;
import dev.resentry.gateway.auth.RequestCredentials;
import dev.resentry.gateway.endpoint.Opening.Answered;
import dev.resentry.gateway.endpoint.Opening.NotIngest;
import dev.resentry.gateway.endpoint.Opening.Receiving;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.report.ReportBody;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.Credentials;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides on a request before its body is read: what it is for, who sends it and whether they may. What is admitted goes to
 * {@link Intake}. Never waits.
 */
public final class IngestDoor {
    private static final Set<String> SECURITY_TYPES = Set.of(
            "application/json",
            "application/csp-report",
            "application/expect-ct-report",
            "application/expect-ct-report+json",
            "application/expect-staple-report",
            "application/reports+json");
    private static final Set<String> NEL_TYPES = Set.of("application/json", "application/reports+json");
    private static final Set<String> OTLP_TYPES = Set.of("application/json", "application/x-protobuf");

    private final ProjectDirectory projects;
    private final Intake intake;
    private final ReportIntake reports;
    private final long maxBodyBytes;

    public IngestDoor(ProjectDirectory projects, Intake intake, ReportIntake reports, long maxBodyBytes) {
        this.projects = projects;
        this.intake = intake;
        this.reports = reports;
        this.maxBodyBytes = maxBodyBytes;
    }

    public Opening open(IngestRequest request) {
        Optional<IngestRoute> found = IngestRoute.of(request.path());
        if (found.isEmpty()) {
            return new NotIngest();
        }
        IngestRoute route = found.get();
        if (route.isReadElsewhere(request.method())) {
            return new NotIngest();
        }
        if (request.method().equals("OPTIONS")) {
            return new Answered(route.endpoint().word(), Answer.preflight(route.methods()));
        }
        if (!route.allows(request.method())) {
            return answered(
                    route,
                    Answer.refused(
                                    405,
                                    "method",
                                    "method not allowed",
                                    "%s (expected: %s)".formatted(request.method(), route.methods()))
                            .with("Allow", route.methods()));
        }
        return route.isSdk() ? openSdk(request, route) : openReport(request, route);
    }

    private Opening openSdk(IngestRequest request, IngestRoute route) {
        String origin = AllowedOrigins.originOf(request.header("origin"), request.header("referer"));
        RequestCredentials credentials = RequestCredentials.of(
                request.header("x-sentry-auth"), request.header("authorization"), request.query(), route.key());
        Answer refusal = requestRefusal(request, route);
        if (refusal != null) {
            account(request, route, credentials, origin, refusal);
            return answered(route, refusal);
        }
        ContentEncoding encoding =
                ContentEncoding.parse(request.header("content-encoding")).orElseThrow();
        return switch (credentials) {
            case RequestCredentials.Refused(int status, String detail, String cause) ->
                answered(route, Answer.refused(status, "auth", detail, cause));
            case RequestCredentials.Found(Credentials sender) ->
                switch (admit(request, route, encoding, sender, origin)) {
                    case Admission.Refused(Answer answer) -> answered(route, answer);
                    case Admission.Admitted(Sender admitted) ->
                        receiving(route, new AdmittedReception(intake, admitted));
                };
            case RequestCredentials.Absent _
            when route.endpoint() == Endpoint.ENVELOPE && route.projectId() != null ->
                receiving(route, new Unadmitted(request, route, encoding, origin));
            case RequestCredentials.Absent _ ->
                answered(route, Answer.refused(401, "auth", "missing authorization information"));
        };
    }

    /** Accounts for a refusal that has nothing to do with who sends, if its sender would have been admitted. */
    private void account(
            IngestRequest request,
            IngestRoute route,
            RequestCredentials credentials,
            @Nullable String origin,
            Answer refusal) {
        if (credentials instanceof RequestCredentials.Found(Credentials sender)
                && admit(request, route, ContentEncoding.IDENTITY, sender, origin)
                        instanceof Admission.Admitted(Sender admitted)) {
            intake.refused(admitted, refusal);
        }
    }

    private record AdmittedReception(Intake intake, Sender sender) implements Opening.Reception {
        @Override
        public CompletableFuture<Answer> take(byte[] body) {
            return intake.take(sender, body);
        }

        @Override
        public void refused(Answer answer) {
            intake.refused(sender, answer);
        }
    }

    private record ReportReception(
            ReportIntake reports, IngestRequest request, IngestRoute route, ContentEncoding encoding)
            implements Opening.Reception {
        @Override
        public CompletableFuture<Answer> take(byte[] body) {
            return reports.take(request, route, encoding, body);
        }

        @Override
        public void refused(Answer answer) {
            reports.refused(request, route, encoding, null, answer);
        }
    }

    /**
     * Nobody knows yet whose body it is: that stands in its first line, which is looked at as soon as it is there. Belongs to
     * one thread.
     */
    private final class Unadmitted implements Opening.Reception {
        private final IngestRequest request;
        private final IngestRoute route;
        private final ContentEncoding encoding;
        private final @Nullable String origin;
        private boolean isKnown;

        Unadmitted(IngestRequest request, IngestRoute route, ContentEncoding encoding, @Nullable String origin) {
            this.request = request;
            this.route = route;
            this.encoding = encoding;
            this.origin = origin;
        }

        @Override
        public @Nullable Answer look(Supplier<byte[]> beginning) {
            if (isKnown) {
                return null;
            }
            byte[] body = beginning.get();
            return switch (EnvelopeCredentials.of(encoding, body)) {
                case EnvelopeCredentials.Found(Credentials credentials) ->
                    switch (admit(request, route, encoding, credentials, origin)) {
                        case Admission.Refused(Answer answer) -> answer;
                        case Admission.Admitted _ -> {
                            isKnown = true;
                            yield null;
                        }
                    };
                case EnvelopeCredentials.Missing(String cause) ->
                    body.length < EnvelopeCredentials.enough(encoding) ? null : unnamed(cause);
            };
        }

        /** The last place where an SDK may put its credentials: the first line of the envelope. */
        @Override
        public CompletableFuture<Answer> take(byte[] body) {
            return switch (EnvelopeCredentials.of(encoding, body)) {
                case EnvelopeCredentials.Missing(String cause) ->
                    done(body.length == 0 ? Answer.refused(400, "no_data", "empty request body") : unnamed(cause));
                case EnvelopeCredentials.Found(Credentials credentials) ->
                    switch (admit(request, route, encoding, credentials, origin)) {
                        case Admission.Refused(Answer answer) -> done(answer);
                        case Admission.Admitted(Sender admitted) -> intake.take(admitted, body);
                    };
            };
        }

        /** Nobody can be told what became of it. */
        @Override
        public void refused(Answer answer) {}

        private static Answer unnamed(String cause) {
            return Answer.refused(401, "auth", "missing authorization information", cause);
        }
    }

    /** What is wrong with a request whoever sends it. */
    private @Nullable Answer requestRefusal(IngestRequest request, IngestRoute route) {
        if (route.projectId() != null && ProjectId.parse(route.projectId()).isEmpty()) {
            return Answer.refused(
                    400, "project_id", "bad project path parameter '%s'".formatted(abbreviated(route.projectId())));
        }
        if (route.eventId() != null && EventId.parse(route.eventId()).isEmpty()) {
            return Answer.refused(400, "event_id", "bad event id '%s'".formatted(abbreviated(route.eventId())));
        }
        String encoding = request.header("content-encoding");
        if (ContentEncoding.parse(encoding).isEmpty()) {
            return Answer.unsupportedEncoding(abbreviated(String.valueOf(encoding)));
        }
        return contentTypeRefusal(request, route);
    }

    private static @Nullable Answer contentTypeRefusal(IngestRequest request, IngestRoute route) {
        Set<String> allowed = switch (route.endpoint()) {
            case SECURITY -> SECURITY_TYPES;
            case NEL -> NEL_TYPES;
            case OTLP_TRACES, OTLP_LOGS -> OTLP_TYPES;
            default -> Set.of();
        };
        String type = mediaType(request);
        if (!allowed.isEmpty() && !allowed.contains(type)) {
            return Answer.refused(
                    415,
                    "content_type",
                    "unsupported content type '%s'".formatted(abbreviated(type)),
                    "supported: " + String.join(", ", allowed.stream().sorted().toList()));
        }
        boolean needsBoundary = route.endpoint() == Endpoint.ATTACHMENTS
                || (route.endpoint() == Endpoint.MINIDUMP && type.startsWith("multipart/"));
        if (needsBoundary && !hasBoundary(request.header("content-type"))) {
            return Answer.refused(
                    400,
                    "invalid_multipart",
                    "invalid multipart body",
                    "content type: expected multipart/form-data with a boundary");
        }
        return null;
    }

    /**
     * Whether the named project is there, takes envelopes, and takes them from this key and this page. What a key of the project
     * is refused is accounted for; nobody else can make a project's account grow.
     */
    private Admission admit(
            IngestRequest request,
            IngestRoute route,
            ContentEncoding encoding,
            Credentials credentials,
            @Nullable String origin) {
        Optional<ProjectConfig> project = route.projectId() == null
                ? projects.findByKey(credentials.publicKey())
                : ProjectId.parse(route.projectId()).flatMap(projects::find);
        if (project.isEmpty()) {
            return unknown(
                    "project_id",
                    route.projectId() == null
                            ? "no project has this key"
                            : "there is no project %s".formatted(route.projectId()));
        }
        ProjectConfig config = project.get();
        Optional<ProjectConfig.Key> key = config.keys().stream()
                .filter(k -> k.publicKey().equals(credentials.publicKey()))
                .findFirst();
        if (key.isEmpty()) {
            return unknown("project_id", "the key does not belong to project %s".formatted(config.id()));
        }
        Sender sender = Sender.of(request, route, encoding, config, credentials, origin);
        if (!key.get().active()) {
            return rejected(sender, "project_state", "the key is disabled");
        }
        if (!config.active()) {
            return rejected(sender, "project_state", "project %s is disabled".formatted(config.id()));
        }
        if (!AllowedOrigins.allow(config.allowedOrigins(), origin)) {
            return rejected(
                    sender, "cors", "project %s does not take events from %s".formatted(config.id(), siteOf(origin)));
        }
        return new Admission.Admitted(sender);
    }

    /** Somebody whose key is the project's own: the project is told what it does not get. */
    private Admission rejected(Sender sender, String reason, String cause) {
        Admission.Refused refused = rejected(reason, cause);
        intake.refused(sender, refused.answer());
        return refused;
    }

    /** What nobody has heard of does not exist, once everything has been heard. */
    private Admission.Refused unknown(String reason, String cause) {
        return projects.isComplete()
                ? rejected(reason, cause)
                : new Admission.Refused(Answer.unavailable(ProjectDirectory.NOT_ALL_KNOWN));
    }

    private static Admission.Refused rejected(String reason, String cause) {
        return new Admission.Refused(Answer.refused(403, reason, "event submission rejected", cause));
    }

    private sealed interface Admission {
        record Admitted(Sender sender) implements Admission {}

        record Refused(Answer answer) implements Admission {}
    }

    private Opening openReport(IngestRequest request, IngestRoute route) {
        String encoding = request.header("content-encoding");
        Optional<ContentEncoding> known = ContentEncoding.parse(encoding);
        if (known.isEmpty()) {
            return answered(route, Answer.unsupportedEncoding(abbreviated(String.valueOf(encoding))));
        }
        // Who sends it stands somewhere in it: no more of it is received than is read in the end.
        return receiving(
                route,
                Math.min(maxBodyBytes, ReportBody.MAX_BYTES),
                new ReportReception(reports, request, route, known.get()));
    }

    private Opening answered(IngestRoute route, Answer answer) {
        return new Answered(route.endpoint().word(), route.isSdk() ? answer : answer.asReport());
    }

    private Opening receiving(IngestRoute route, Opening.Reception reception) {
        return receiving(route, maxBodyBytes, reception);
    }

    private static Opening receiving(IngestRoute route, long maxBytes, Opening.Reception reception) {
        return new Receiving(
                route.endpoint().word(),
                maxBytes,
                route.isSdk() ? UnaryOperator.identity() : Answer::asReport,
                reception);
    }

    private static CompletableFuture<Answer> done(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    /** The content type without its parameters, in lower case. */
    private static String mediaType(IngestRequest request) {
        String type = request.header("content-type");
        if (type == null) {
            return "";
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean hasBoundary(@Nullable String contentType) {
        return contentType != null
                && contentType.regionMatches(true, 0, "multipart/", 0, 10)
                && List.of(contentType.split(";")).stream()
                        .map(parameter -> parameter.strip().toLowerCase(Locale.ROOT))
                        .anyMatch(parameter -> parameter.startsWith("boundary=") && parameter.length() > 9);
    }

    /** The site of a page that was turned away, as far as it may be written down. */
    static String siteOf(@Nullable String origin) {
        return origin == null ? "nowhere" : abbreviated(AllowedOrigins.siteOf(origin));
    }

    /** A path without the key that it may name: who may write down what is asked for need not learn who may send. */
    public static String withoutKey(String path) {
        String key = IngestRoute.of(path).map(IngestRoute::key).orElse(null);
        if (key == null) {
            return path;
        }
        // Wherever a path names a key, the key is last.
        int start = path.lastIndexOf(key);
        return path.substring(0, start) + "…" + path.substring(start + key.length());
    }

    private static String abbreviated(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
