package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.admission.BytesInFlight;
import dev.resentry.gateway.auth.RequestCredentials;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.BodyHead;
import dev.resentry.model.envelope.BodyHead.EnvelopePeek;
import dev.resentry.model.envelope.BodyHead.SeenItem;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeHeader;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.Credentials;
import dev.resentry.model.project.Dsn;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes one body in: checks who sends it and to what, looks at its head, has it kept, and only then says so. Nothing behind
 * the first line is judged here.
 */
public final class EnvelopeEndpoint {
    private final ProjectDirectory projects;
    private final EnvelopePublisher publisher;
    private final BytesInFlight bytesInFlight;
    private final BodyReader bodies;
    private final Clock clock;

    public EnvelopeEndpoint(
            ProjectDirectory projects,
            EnvelopePublisher publisher,
            BytesInFlight bytesInFlight,
            long maxBodyBytes,
            Clock clock) {
        this.projects = projects;
        this.publisher = publisher;
        this.bytesInFlight = bytesInFlight;
        this.bodies = new BodyReader(maxBodyBytes);
        this.clock = clock;
    }

    Answer take(IngestRoute route, HttpServletRequest request) throws IOException, InterruptedException {
        Optional<ProjectId> projectId = ProjectId.parse(route.projectId());
        if (projectId.isEmpty()) {
            return Answer.refused(400, "bad project path parameter '%s'".formatted(route.projectId()));
        }
        Optional<ContentEncoding> encoding = ContentEncoding.parse(request.getHeader("Content-Encoding"));
        if (encoding.isEmpty()) {
            return Answer.unsupportedEncoding(request.getHeader("Content-Encoding"));
        }
        if (!projects.isComplete()) {
            return Answer.unavailable("the gateway has just started and does not know all projects yet");
        }
        return switch (RequestCredentials.of(request)) {
            case RequestCredentials.Refused(int status, String detail, String cause) ->
                Answer.refused(status, detail, cause);
            case RequestCredentials.Found(Credentials credentials) -> {
                Answer refusal = refusal(projectId.get(), credentials);
                yield refusal == null
                        ? read(request, new Admission(route.endpoint(), projectId.get(), encoding.get(), credentials))
                        : refusal;
            }
            case RequestCredentials.Absent _ ->
                read(request, new Admission(route.endpoint(), projectId.get(), encoding.get(), null));
        };
    }

    /** What is known of a request before its body is read. */
    private record Admission(
            Endpoint endpoint,
            ProjectId projectId,
            ContentEncoding encoding,
            @Nullable Credentials credentials) {}

    private @Nullable Answer refusal(ProjectId id, Credentials credentials) {
        Optional<ProjectConfig> project = projects.find(id);
        if (project.isEmpty()) {
            return Answer.refused(403, "event submission rejected", "there is no project %s".formatted(id));
        }
        Optional<ProjectConfig.Key> key = project.get().keys().stream()
                .filter(k -> k.publicKey().equals(credentials.publicKey()))
                .findFirst();
        if (key.isEmpty()) {
            return Answer.refused(
                    403, "event submission rejected", "the key does not belong to project %s".formatted(id));
        }
        if (!key.get().active() || !project.get().active()) {
            return Answer.refused(
                    403,
                    "event submission rejected",
                    key.get().active() ? "project %s is disabled".formatted(id) : "the key is disabled");
        }
        return null;
    }

    private Answer read(HttpServletRequest request, Admission admission) throws IOException, InterruptedException {
        try (BytesInFlight.Lease lease = bytesInFlight.lease()) {
            return switch (bodies.read(request, lease)) {
                case BodyReader.Read.TooLarge(long limit) -> Answer.tooLarge(limit);
                case BodyReader.Read.NoRoom _ -> Answer.unavailable("too many bytes are under way");
                case BodyReader.Read.Body(byte[] body)
                when body.length == 0 -> Answer.refused(400, "empty request body");
                case BodyReader.Read.Body(byte[] body) ->
                    switch (admission.endpoint()) {
                        case ENVELOPE -> envelope(request, admission, body);
                        case STORE -> store(request, admission, body);
                        default -> Answer.refused(404, "there is no such route");
                    };
            };
        }
    }

    private Answer envelope(HttpServletRequest request, Admission admission, byte[] body) {
        return switch (BodyHead.peekEnvelope(admission.encoding(), body)) {
            case EnvelopePeek.Broken(String cause) ->
                admission.credentials() == null
                        ? Answer.refused(401, "missing authorization information", cause)
                        : Answer.refused(400, "invalid event envelope", cause);
            case EnvelopePeek.BeyondWindow _ -> keep(request, admission, body, null, false);
            case EnvelopePeek.Seen seen -> {
                EnvelopeHeader header = seen.header();
                Answer mismatch = mismatch(admission, header.dsn());
                yield mismatch == null
                        ? keep(request, withDsn(admission, header.dsn()), body, header.eventId(), needsId(seen.items()))
                        : mismatch;
            }
        };
    }

    private Answer store(HttpServletRequest request, Admission admission, byte[] body) {
        EventId own = BodyHead.peekEventId(admission.encoding(), body).orElse(null);
        return keep(request, admission, body, own, true);
    }

    private static boolean needsId(List<SeenItem> items) {
        return items.stream().anyMatch(item -> item.type().needsEventId());
    }

    private static @Nullable Answer mismatch(Admission admission, @Nullable Dsn dsn) {
        Credentials credentials = admission.credentials();
        if (dsn == null) {
            return null;
        }
        if (!dsn.projectId().equals(admission.projectId())) {
            return Answer.refused(
                    400,
                    "invalid event envelope",
                    "dsn in the header is for project %s, the request for %s"
                            .formatted(dsn.projectId(), admission.projectId()));
        }
        return credentials == null || dsn.publicKey().equals(credentials.publicKey())
                ? null
                : Answer.refused(400, "invalid event envelope", "dsn in the header has another key than the request");
    }

    private static Admission withDsn(Admission admission, @Nullable Dsn dsn) {
        return admission.credentials() != null || dsn == null
                ? admission
                : new Admission(
                        admission.endpoint(),
                        admission.projectId(),
                        admission.encoding(),
                        new Credentials(dsn.publicKey(), null));
    }

    private Answer keep(
            HttpServletRequest request, Admission admission, byte[] body, @Nullable EventId eventId, boolean needsId) {
        Credentials credentials = admission.credentials();
        if (credentials == null) {
            return Answer.refused(401, "missing authorization information");
        }
        Answer refusal = refusal(admission.projectId(), credentials);
        if (refusal != null) {
            return refusal;
        }
        Instant receivedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        EnvelopeId id = EnvelopeId.at(receivedAt);
        EventId answered = eventId == null && needsId ? new EventId(id.value()) : eventId;
        String client = credentials.client();
        var receipt = new Receipt(
                id,
                admission.projectId(),
                credentials.publicKey(),
                receivedAt,
                admission.endpoint(),
                answered,
                request.getHeader("Content-Encoding"),
                request.getContentType(),
                client == null ? request.getHeader("User-Agent") : client,
                remoteAddress(request),
                request.getHeader("User-Agent"),
                request.getHeader("Origin"),
                null,
                null,
                Set.of());
        return switch (publisher.publish(new RawEnvelope(receipt, body)).join()) {
            case Publication.Kept _ -> new Answer.Accepted(answered);
            case Publication.Unavailable(String cause) -> Answer.unavailable(cause);
        };
    }

    private static String remoteAddress(HttpServletRequest request) {
        String forwarded = request.getHeader("X-Forwarded-For");
        if (forwarded == null || forwarded.isBlank()) {
            return request.getRemoteAddr();
        }
        int comma = forwarded.indexOf(',');
        return (comma < 0 ? forwarded : forwarded.substring(0, comma)).strip();
    }
}
