package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.auth.AllowedOrigins;
import dev.resentry.gateway.auth.RequestCredentials;
import dev.resentry.gateway.endpoint.AdmissionResult.NotIngest;
import dev.resentry.gateway.endpoint.AdmissionResult.Receiving;
import dev.resentry.gateway.endpoint.AdmissionResult.Responded;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.report.ReportBody;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.RejectionReason;
import dev.resentry.model.project.Credentials;
import dev.resentry.model.project.Dsn;
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
 * Decides on a request before its body is read: its route, its sender, and whether the sender is allowed. Bodies of admitted
 * requests go to {@link SdkRequestHandler} or {@link ReportHandler}. Never waits.
 */
public final class RequestAdmission {
    private static final Set<String> SECURITY_TYPES = Set.of(
            "application/json",
            "application/csp-report",
            "application/expect-ct-report",
            "application/expect-ct-report+json",
            "application/expect-staple-report",
            "application/reports+json");
    private static final Set<String> NEL_TYPES = Set.of("application/json", "application/reports+json");
    private static final Set<String> FORM_TYPES = Set.of("application/x-www-form-urlencoded");
    private static final Set<String> OTLP_TYPES = Set.of("application/json", "application/x-protobuf");

    private final ProjectDirectory projects;
    private final SdkRequestHandler sdkRequests;
    private final ReportHandler reports;
    private final long maxBodyBytes;

    public RequestAdmission(
            ProjectDirectory projects, SdkRequestHandler sdkRequests, ReportHandler reports, long maxBodyBytes) {
        this.projects = projects;
        this.sdkRequests = sdkRequests;
        this.reports = reports;
        this.maxBodyBytes = maxBodyBytes;
    }

    public AdmissionResult open(IngestRequest request) {
        Optional<IngestRoute> found = IngestRoute.of(request.path());
        if (found.isEmpty()) {
            return new NotIngest();
        }
        IngestRoute route = found.get();
        if (route.isReadByApi(request.method())) {
            return new NotIngest();
        }
        if (request.method().equals("OPTIONS")) {
            return new Responded(route.endpoint().wireName(), IngestResponse.preflight(route.methods()));
        }
        if (!route.allows(request.method())) {
            return answered(
                    route,
                    IngestResponse.rejected(
                                    405,
                                    RejectionReason.METHOD,
                                    "method not allowed",
                                    "%s (expected: %s)".formatted(request.method(), route.methods()))
                            .with("Allow", route.methods()));
        }
        if (route.endpoint() == Endpoint.ERROR_PAGE) {
            return switch (ErrorPage.named(request)) {
                case ErrorPage.Named.Wrong(IngestResponse response) -> answered(route, response);
                case ErrorPage.Named.By(Dsn dsn, String eventId) -> openSdk(request, route.of(dsn, eventId));
            };
        }
        return route.isSdk() ? openSdk(request, route) : openReport(request, route);
    }

    private AdmissionResult openSdk(IngestRequest request, IngestRoute route) {
        String origin = AllowedOrigins.originOf(request.header("origin"), request.header("referer"));
        RequestCredentials credentials = RequestCredentials.of(
                request.header("x-sentry-auth"), request.header("authorization"), request.query(), route.key());
        IngestResponse rejection = requestRejection(request, route);
        if (rejection != null) {
            account(request, route, credentials, origin, rejection);
            return answered(route, rejection);
        }
        ContentEncoding encoding =
                ContentEncoding.parse(request.header("content-encoding")).orElseThrow();
        return switch (credentials) {
            case RequestCredentials.Rejected(int status, String detail, String cause) ->
                answered(route, IngestResponse.rejected(status, RejectionReason.AUTH, detail, cause));
            case RequestCredentials.Found(Credentials sender) ->
                switch (admit(request, route, encoding, sender, origin)) {
                    case Admission.Rejected(IngestResponse response) -> answered(route, response);
                    case Admission.Admitted _ when asksForDialog(request, route) -> answered(route, ErrorPage.dialog());
                    case Admission.Admitted(Sender admitted) ->
                        receiving(route, maxBytes(route), new AdmittedBodyHandler(sdkRequests, admitted));
                };
            case RequestCredentials.Absent _
            when route.endpoint() == Endpoint.ENVELOPE && route.projectId() != null ->
                receiving(route, new DeferredAuthentication(request, route, encoding, origin));
            case RequestCredentials.Absent _ ->
                answered(
                        route, IngestResponse.rejected(401, RejectionReason.AUTH, "missing authorization information"));
        };
    }

    private static boolean asksForDialog(IngestRequest request, IngestRoute route) {
        return route.endpoint() == Endpoint.ERROR_PAGE && !request.method().equals("POST");
    }

    private long maxBytes(IngestRoute route) {
        return route.endpoint() == Endpoint.ERROR_PAGE ? Math.min(maxBodyBytes, ErrorPage.MAX_BYTES) : maxBodyBytes;
    }

    /** Accounts for a refusal that has nothing to do with who sends, if its sender would have been admitted. */
    private void account(
            IngestRequest request,
            IngestRoute route,
            RequestCredentials credentials,
            @Nullable String origin,
            IngestResponse rejection) {
        if (credentials instanceof RequestCredentials.Found(Credentials sender)
                && admit(request, route, ContentEncoding.IDENTITY, sender, origin)
                        instanceof Admission.Admitted(Sender admitted)) {
            sdkRequests.rejected(admitted, rejection);
        }
    }

    private record AdmittedBodyHandler(SdkRequestHandler sdkRequests, Sender sender)
            implements AdmissionResult.BodyHandler {
        @Override
        public CompletableFuture<IngestResponse> accept(byte[] body) {
            return sdkRequests.accept(sender, body);
        }

        @Override
        public void rejected(IngestResponse response) {
            sdkRequests.rejected(sender, response);
        }
    }

    private record ReportBodyHandler(
            ReportHandler reports, IngestRequest request, IngestRoute route, ContentEncoding encoding)
            implements AdmissionResult.BodyHandler {
        @Override
        public CompletableFuture<IngestResponse> accept(byte[] body) {
            return reports.accept(request, route, encoding, body);
        }

        @Override
        public void rejected(IngestResponse response) {
            reports.rejected(request, route, encoding, null, response);
        }
    }

    /**
     * The credentials are in the first line of the body, which is read as soon as it has arrived. Belongs to one thread.
     */
    private final class DeferredAuthentication implements AdmissionResult.BodyHandler {
        private final IngestRequest request;
        private final IngestRoute route;
        private final ContentEncoding encoding;
        private final @Nullable String origin;
        private boolean isKnown;

        DeferredAuthentication(
                IngestRequest request, IngestRoute route, ContentEncoding encoding, @Nullable String origin) {
            this.request = request;
            this.route = route;
            this.encoding = encoding;
            this.origin = origin;
        }

        @Override
        public @Nullable IngestResponse inspect(Supplier<byte[]> beginning) {
            if (isKnown) {
                return null;
            }
            byte[] body = beginning.get();
            return switch (EnvelopeCredentials.of(encoding, body)) {
                case EnvelopeCredentials.Found(Credentials credentials) ->
                    switch (admit(request, route, encoding, credentials, origin)) {
                        case Admission.Rejected(IngestResponse response) -> response;
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
        public CompletableFuture<IngestResponse> accept(byte[] body) {
            return switch (EnvelopeCredentials.of(encoding, body)) {
                case EnvelopeCredentials.Missing(String cause) ->
                    done(
                            body.length == 0
                                    ? IngestResponse.rejected(400, RejectionReason.NO_DATA, "empty request body")
                                    : unnamed(cause));
                case EnvelopeCredentials.Found(Credentials credentials) ->
                    switch (admit(request, route, encoding, credentials, origin)) {
                        case Admission.Rejected(IngestResponse response) -> done(response);
                        case Admission.Admitted(Sender admitted) -> sdkRequests.accept(admitted, body);
                    };
            };
        }

        /** Without credentials there is no project to report an outcome to. */
        @Override
        public void rejected(IngestResponse response) {}

        private static IngestResponse unnamed(String cause) {
            return IngestResponse.rejected(401, RejectionReason.AUTH, "missing authorization information", cause);
        }
    }

    /** What is wrong with a request, no matter who sends it; null if nothing is. */
    private @Nullable IngestResponse requestRejection(IngestRequest request, IngestRoute route) {
        if (route.projectId() != null && ProjectId.parse(route.projectId()).isEmpty()) {
            return IngestResponse.rejected(
                    400,
                    RejectionReason.PROJECT_ID,
                    "bad project path parameter '%s'".formatted(abbreviated(route.projectId())));
        }
        if (route.eventId() != null && EventId.parse(route.eventId()).isEmpty()) {
            return IngestResponse.rejected(
                    400, RejectionReason.EVENT_ID, "bad event id '%s'".formatted(abbreviated(route.eventId())));
        }
        String encoding = request.header("content-encoding");
        if (ContentEncoding.parse(encoding).isEmpty()) {
            return IngestResponse.unsupportedEncoding(abbreviated(String.valueOf(encoding)));
        }
        return contentTypeRejection(request, route);
    }

    private static @Nullable IngestResponse contentTypeRejection(IngestRequest request, IngestRoute route) {
        Set<String> allowed = switch (route.endpoint()) {
            case SECURITY -> SECURITY_TYPES;
            case NEL -> NEL_TYPES;
            case OTLP_TRACES, OTLP_LOGS -> OTLP_TYPES;
            case ERROR_PAGE -> asksForDialog(request, route) ? Set.of() : FORM_TYPES;
            default -> Set.of();
        };
        String type = mediaType(request);
        if (!allowed.isEmpty() && !allowed.contains(type)) {
            return IngestResponse.rejected(
                    415,
                    RejectionReason.CONTENT_TYPE,
                    "unsupported content type '%s'".formatted(abbreviated(type)),
                    "supported: " + String.join(", ", allowed.stream().sorted().toList()));
        }
        boolean needsBoundary = route.endpoint() == Endpoint.ATTACHMENTS
                || (route.endpoint() == Endpoint.MINIDUMP && type.startsWith("multipart/"));
        if (needsBoundary && !hasBoundary(request.header("content-type"))) {
            return IngestResponse.rejected(
                    400,
                    RejectionReason.INVALID_MULTIPART,
                    "invalid multipart body",
                    "content type: expected multipart/form-data with a boundary");
        }
        return null;
    }

    /**
     * Whether the project exists, is active, and accepts this key and this origin. Rejections are reported only for keys of the
     * project, so that nobody else can add to its outcomes.
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
                    RejectionReason.PROJECT_ID,
                    route.projectId() == null
                            ? "no project has this key"
                            : "there is no project %s".formatted(route.projectId()));
        }
        ProjectConfig config = project.get();
        Optional<ProjectConfig.Key> key = config.keys().stream()
                .filter(k -> k.publicKey().equals(credentials.publicKey()))
                .findFirst();
        if (key.isEmpty()) {
            return unknown(RejectionReason.PROJECT_ID, "the key does not belong to project %s".formatted(config.id()));
        }
        Sender sender = Sender.of(request, route, encoding, config, credentials, origin);
        if (!key.get().active()) {
            return rejected(sender, RejectionReason.PROJECT_STATE, "the key is disabled");
        }
        if (!config.active()) {
            return rejected(sender, RejectionReason.PROJECT_STATE, "project %s is disabled".formatted(config.id()));
        }
        if (!AllowedOrigins.allow(config.allowedOrigins(), origin)) {
            return rejected(
                    sender,
                    RejectionReason.CORS,
                    "project %s does not take events from %s".formatted(config.id(), siteOf(origin)));
        }
        return new Admission.Admitted(sender);
    }

    /** Rejects a sender with a key of the project, and reports it. */
    private Admission rejected(Sender sender, RejectionReason reason, String cause) {
        Admission.Rejected refused = rejected(reason, cause);
        sdkRequests.rejected(sender, refused.response());
        return refused;
    }

    /** An unknown project does not exist only if all projects have been read; until then the request may be tried again. */
    private Admission.Rejected unknown(RejectionReason reason, String cause) {
        return projects.isComplete()
                ? rejected(reason, cause)
                : new Admission.Rejected(IngestResponse.unavailable(ProjectDirectory.NOT_ALL_KNOWN));
    }

    private static Admission.Rejected rejected(RejectionReason reason, String cause) {
        return new Admission.Rejected(IngestResponse.rejected(403, reason, "event submission rejected", cause));
    }

    private sealed interface Admission {
        record Admitted(Sender sender) implements Admission {}

        record Rejected(IngestResponse response) implements Admission {}
    }

    private AdmissionResult openReport(IngestRequest request, IngestRoute route) {
        String encoding = request.header("content-encoding");
        Optional<ContentEncoding> known = ContentEncoding.parse(encoding);
        if (known.isEmpty()) {
            return answered(route, IngestResponse.unsupportedEncoding(abbreviated(String.valueOf(encoding))));
        }
        // The key may be anywhere in the body, so the whole body is read: a lower limit applies.
        return receiving(
                route,
                Math.min(maxBodyBytes, ReportBody.MAX_BYTES),
                new ReportBodyHandler(reports, request, route, known.get()));
    }

    private AdmissionResult answered(IngestRoute route, IngestResponse response) {
        return new Responded(route.endpoint().wireName(), route.isSdk() ? response : response.asReport());
    }

    private AdmissionResult receiving(IngestRoute route, AdmissionResult.BodyHandler bodyHandler) {
        return receiving(route, maxBodyBytes, bodyHandler);
    }

    private static AdmissionResult receiving(
            IngestRoute route, long maxBytes, AdmissionResult.BodyHandler bodyHandler) {
        return new Receiving(
                route.endpoint().wireName(),
                maxBytes,
                route.isSdk() ? UnaryOperator.identity() : IngestResponse::asReport,
                bodyHandler);
    }

    private static CompletableFuture<IngestResponse> done(IngestResponse response) {
        return CompletableFuture.completedFuture(response);
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

    /** The site of a rejected page, as far as it may be logged. */
    static String siteOf(@Nullable String origin) {
        return origin == null ? "nowhere" : abbreviated(AllowedOrigins.siteOf(origin));
    }

    /** A path without the key it may contain, for logs. */
    public static String withoutKey(String path) {
        String key = IngestRoute.of(path).map(IngestRoute::key).orElse(null);
        if (key == null) {
            return path;
        }
        // A key is always the last segment.
        int start = path.lastIndexOf(key);
        return path.substring(0, start) + "…" + path.substring(start + key.length());
    }

    private static String abbreviated(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
