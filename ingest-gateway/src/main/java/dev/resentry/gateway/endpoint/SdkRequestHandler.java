package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.gateway.endpoint.LimitedEnvelopes.Verdict;
import dev.resentry.gateway.limit.Decision;
import dev.resentry.gateway.limit.RateLimits;
import dev.resentry.gateway.outcome.OutcomeReporter;
import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.gateway.publish.EnvelopePublisher.Publication;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.EnvelopePreview;
import dev.resentry.model.envelope.EnvelopePreview.HeaderSummary;
import dev.resentry.model.envelope.EnvelopePreview.ItemSummaries;
import dev.resentry.model.envelope.EnvelopePreview.ItemSummary;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.outcome.RejectionReason;
import dev.resentry.model.project.Dsn;
import dev.resentry.service.report.OwnReports;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Handles the body of an admitted sender: reads its first line, applies limits, publishes it, and acknowledges it only once it is
 * kept. Nothing behind the first line is validated here, with a few bounded exceptions: check-ins, the form of the dialog after an
 * error, the field of a minidump form, and whether all of an envelope is over a limit.
 */
public final class SdkRequestHandler {
    private static final byte[] NOTHING = {};
    private static final Verdict NO_LIMITS = new Verdict(Decision.ADMITTED, false, Map.of(), 0);
    private static final String ENVELOPE_TYPE = "application/x-sentry-envelope";

    private final EnvelopePublisher publisher;
    private final OutcomeReporter outcomes;
    private final LimitedEnvelopes limited;
    private final CheckInHandler checkIns;
    private final CrashReportHandler crashReports;
    private final ErrorPage errorPages;
    private final StoreEventIds storeIds;
    private final Clock clock;

    /** @param executor runs what would hold up the thread that a body arrives on */
    public SdkRequestHandler(
            EnvelopePublisher publisher, RateLimits limits, OutcomeReporter outcomes, Executor executor, Clock clock) {
        this.publisher = publisher;
        this.outcomes = outcomes;
        this.limited = new LimitedEnvelopes(limits, outcomes, executor, clock);
        this.clock = clock;
        this.checkIns = new CheckInHandler(this::keep, executor);
        this.crashReports = new CrashReportHandler(this::keep, executor);
        this.errorPages = new ErrorPage(this::keep, executor);
        this.storeIds = new StoreEventIds(executor);
    }

    CompletableFuture<IngestResponse> accept(Sender sender, byte[] body) {
        CompletableFuture<IngestResponse> response =
                OwnReports.accept(sender.publicKey(), () -> dispatch(sender, body));
        if (response.isDone()) {
            rejected(sender, response.join());
            return response;
        }
        return response.whenComplete((completed, failure) -> {
            if (failure == null) {
                rejected(sender, completed);
            }
        });
    }

    /** Reports the outcome of a final rejection; rate-limited requests are reported where their quantities are known. */
    void rejected(Sender sender, IngestResponse response) {
        if (response.rejection() != null && response.status() < 500 && response.status() != 429) {
            outcomes.report(
                    sender.project().id(),
                    sender.publicKey(),
                    ItemQuantities.categoryOf(sender.route().endpoint()),
                    new Outcome.Invalid(response.rejection().reason()),
                    1);
        }
    }

    private CompletableFuture<IngestResponse> dispatch(Sender sender, byte[] body) {
        IngestRoute route = sender.route();
        return switch (route.endpoint()) {
            case ENVELOPE -> envelope(sender, body);
            case STORE -> store(sender, body);
            case SECURITY, NEL, OTLP_TRACES, OTLP_LOGS ->
                whole(sender, body, itemOf(route.endpoint()).withLength(body.length));
            case ATTACHMENTS -> attachments(sender, body);
            case MINIDUMP -> body.length == 0 ? noData() : crashReports.minidump(sender, body);
            case UNREAL -> body.length == 0 ? noData() : crashReports.unreal(sender, body);
            case CRON -> checkIns.accept(sender, body);
            case ERROR_PAGE -> errorPages.accept(sender, body);
            case ERROR_REPORT, EVENT_REPORT, SESSION_REPORT, IMPORT ->
                throw new IllegalArgumentException("no route of an SDK: " + route.endpoint());
        };
    }

    private CompletableFuture<IngestResponse> envelope(Sender sender, byte[] body) {
        if (body.length == 0) {
            return noData();
        }
        return switch (EnvelopePreview.peekHeader(sender.encoding(), body)) {
            case HeaderSummary.Broken(String cause) -> invalidEnvelope(cause);
            case HeaderSummary.BeyondPreview _ -> keepEnvelope(sender, body, null, ItemSummaries.NONE);
            case HeaderSummary.Sound(EventId id, Dsn dsn) -> {
                String mismatch = mismatch(sender, dsn);
                if (mismatch != null) {
                    yield invalidEnvelope(mismatch);
                }
                // Where nothing is limited, nothing has to be counted.
                ItemSummaries seen = id == null || limited.countsAnything(sender)
                        ? EnvelopePreview.peekItems(sender.encoding(), body)
                        : ItemSummaries.NONE;
                boolean needsId =
                        seen.items().stream().anyMatch(item -> item.type().needsEventId());
                yield keepEnvelope(sender, body, id == null && needsId ? IncomingEnvelope.NEW_ID : id, seen);
            }
        };
    }

    private CompletableFuture<IngestResponse> keepEnvelope(
            Sender sender, byte[] body, @Nullable EventId eventId, ItemSummaries seen) {
        return keep(new IncomingEnvelope(
                sender,
                Endpoint.ENVELOPE,
                body,
                eventId,
                seen.items(),
                seen.whole(),
                receipt -> IngestResponse.id(receipt.eventId())));
    }

    private static CompletableFuture<IngestResponse> invalidEnvelope(String cause) {
        return done(IngestResponse.rejected(400, RejectionReason.INVALID_ENVELOPE, "invalid event envelope", cause));
    }

    private CompletableFuture<IngestResponse> store(Sender sender, byte[] body) {
        if (!sender.request().method().equals("POST")) {
            String data = RequestQuery.value(sender.request().query(), "sentry_data");
            return data == null || data.isEmpty()
                    ? noData()
                    : event(sender, ContentEncoding.IDENTITY, data.getBytes(UTF_8), receipt -> IngestResponse.pixel());
        }
        String type = sender.request().header("content-type");
        if (type != null && type.strip().toLowerCase(Locale.ROOT).equals(ENVELOPE_TYPE)) {
            return envelope(sender, body);
        }
        return body.length == 0
                ? noData()
                : event(sender, sender.encoding(), body, receipt -> IngestResponse.id(receipt.eventId()));
    }

    private CompletableFuture<IngestResponse> event(
            Sender sender, ContentEncoding encoding, byte[] body, Function<Receipt, IngestResponse> response) {
        return storeIds.find(encoding, body)
                .thenCompose(id -> keep(new IncomingEnvelope(
                        sender,
                        Endpoint.STORE,
                        body,
                        id.orElse(IncomingEnvelope.NEW_ID),
                        List.of(ItemSummary.of(ItemType.Known.EVENT)),
                        true,
                        response)));
    }

    private CompletableFuture<IngestResponse> whole(Sender sender, byte[] body, ItemSummary item) {
        if (body.length == 0
                && sender.route().endpoint() != Endpoint.OTLP_TRACES
                && sender.route().endpoint() != Endpoint.OTLP_LOGS) {
            return noData();
        }
        boolean otlp = sender.route().acknowledgement() == IngestRoute.Acknowledgement.OTLP;
        return keep(new IncomingEnvelope(
                sender,
                sender.route().endpoint(),
                body,
                item.type().needsEventId() ? IncomingEnvelope.NEW_ID : null,
                List.of(item),
                true,
                _ -> otlp ? otlpResponse(sender) : IngestResponse.empty(200)));
    }

    private CompletableFuture<IngestResponse> attachments(Sender sender, byte[] body) {
        if (body.length == 0) {
            return noData();
        }
        String id = sender.route().eventId();
        return keep(new IncomingEnvelope(
                sender,
                Endpoint.ATTACHMENTS,
                body,
                id == null ? null : EventId.parse(id).orElse(null),
                List.of(ItemSummary.of(ItemType.Known.ATTACHMENT).withLength(body.length)),
                true,
                _ -> IngestResponse.empty(201)));
    }

    CompletableFuture<IngestResponse> keep(IncomingEnvelope incoming) {
        if ((incoming.whole() && incoming.items().isEmpty()) || !limited.countsAnything(incoming.sender())) {
            return publish(incoming, NO_LIMITS);
        }
        CompletableFuture<Verdict> verdict = limited.judge(incoming);
        return verdict.isDone()
                ? keep(incoming, verdict.join())
                : verdict.thenCompose(decided -> keep(incoming, decided));
    }

    private CompletableFuture<IngestResponse> keep(IncomingEnvelope incoming, Verdict verdict) {
        return verdict.rejected()
                ? done(withLimits(rateLimited(incoming.sender(), verdict.decision()), verdict.decision()))
                : publish(incoming, verdict);
    }

    private static IngestResponse rateLimited(Sender sender, Decision decision) {
        long seconds = decision.retryAfterSeconds().orElse(1);
        String words =
                decision.limited().stream().map(DataCategory::wireName).sorted().collect(Collectors.joining(", "));
        return IngestResponse.rejected(
                        429,
                        RejectionReason.RATE_LIMITED,
                        "event submission rejected: over the limit",
                        "of project %s, for %s; try again in %d seconds"
                                .formatted(sender.project().id(), words, seconds))
                .with("Retry-After", Long.toString(seconds));
    }

    private static IngestResponse withLimits(IngestResponse response, Decision decision) {
        return decision.rateLimitsHeader()
                .map(header -> response.with("X-Sentry-Rate-Limits", header))
                .orElse(response);
    }

    private CompletableFuture<IngestResponse> publish(IncomingEnvelope incoming, Verdict verdict) {
        Receipt receipt = receipt(incoming, verdict.decision().limited());
        return publisher
                .publish(new RawEnvelope(receipt, incoming.body()))
                .thenApply(publication -> switch (publication) {
                    case Publication.Kept _ -> withLimits(incoming.response().apply(receipt), verdict.decision());
                    case Publication.Unavailable(String cause) -> {
                        limited.refund(incoming, verdict);
                        yield IngestResponse.unavailable(cause);
                    }
                });
    }

    private Receipt receipt(IncomingEnvelope incoming, Set<DataCategory> limitedCategories) {
        Sender sender = incoming.sender();
        IngestRequest request = sender.request();
        Instant receivedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        EnvelopeId id = EnvelopeId.at(receivedAt);
        boolean bodyIsData =
                incoming.endpoint() == Endpoint.STORE && !request.method().equals("POST");
        boolean readsQuery = switch (incoming.endpoint()) {
            case SECURITY, UNREAL, CRON -> true;
            default -> false;
        };
        return new Receipt(
                id,
                sender.project().id(),
                sender.publicKey(),
                receivedAt,
                incoming.endpoint(),
                IncomingEnvelope.NEW_ID.equals(incoming.eventId()) ? new EventId(id.value()) : incoming.eventId(),
                bodyIsData ? null : request.header("content-encoding"),
                request.header("content-type"),
                sender.client(),
                request.clientAddress(),
                request.header("user-agent"),
                sender.origin(),
                readsQuery ? RequestQuery.withoutCredentials(request.query()) : null,
                incoming.endpoint() == Endpoint.CRON ? sender.route().slug() : null,
                limitedCategories);
    }

    private static IngestResponse otlpResponse(Sender sender) {
        String type = String.valueOf(sender.request().header("content-type"));
        // The empty response message: no bytes in protobuf, an empty object in JSON.
        return type.strip().toLowerCase(Locale.ROOT).startsWith(IngestResponse.JSON)
                ? IngestResponse.id(null)
                : IngestResponse.ok(200, "application/x-protobuf", NOTHING);
    }

    private static ItemSummary itemOf(Endpoint endpoint) {
        return ItemSummary.of(
                switch (endpoint) {
                    case SECURITY -> ItemType.Known.RAW_SECURITY;
                    case NEL -> ItemType.Known.NEL;
                    case OTLP_TRACES -> ItemType.Known.SPAN;
                    case OTLP_LOGS -> ItemType.Known.LOG;
                    default -> throw new IllegalArgumentException("not one item: " + endpoint);
                });
    }

    private static @Nullable String mismatch(Sender sender, @Nullable Dsn dsn) {
        if (dsn == null) {
            return null;
        }
        if (!dsn.projectId().equals(sender.project().id())) {
            return "dsn in the header is for project %s, the request for %s"
                    .formatted(dsn.projectId(), sender.project().id());
        }
        return dsn.publicKey().equals(sender.publicKey()) ? null : "dsn in the header has another key than the request";
    }

    private static CompletableFuture<IngestResponse> noData() {
        return done(IngestResponse.rejected(400, RejectionReason.NO_DATA, "empty request body"));
    }

    private static CompletableFuture<IngestResponse> done(IngestResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
