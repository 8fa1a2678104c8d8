package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.report.FormBody;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopePreview.ItemSummary;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.event.EventId;
import dev.resentry.model.form.UrlEncodedForm;
import dev.resentry.model.outcome.RejectionReason;
import dev.resentry.model.project.Dsn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The dialog in which people say what happened to them: {@code Sentry.showReportDialog()} loads its script from here, and the script posts
 * the form back. It is small and validated here, so that whoever writes learns at once what is missing.
 *
 * <p>The script is the same for everybody: its texts come from its own address, so nothing of a request is written into it.
 */
final class ErrorPage {
    /** Twice what a report can have at most, percent-encoded. */
    static final int MAX_BYTES = 64 * 1024;

    static final int MAX_COMMENTS = 4096;

    private static final int MAX_NAME = 200;
    private static final int MAX_EMAIL = 254;
    private static final byte[] SCRIPT = script();

    private final Function<IncomingEnvelope, CompletableFuture<IngestResponse>> keeping;
    private final Executor executor;

    /**
     * @param keeping keeps what is a report
     * @param executor runs what would hold up the thread that a body arrives on
     */
    ErrorPage(Function<IncomingEnvelope, CompletableFuture<IngestResponse>> keeping, Executor executor) {
        this.keeping = keeping;
        this.executor = executor;
    }

    /** Whose page it is, which the query says; or what is wrong with that. */
    sealed interface Named {
        record By(Dsn dsn, String eventId) implements Named {}

        record Wrong(IngestResponse response) implements Named {}
    }

    static Named named(IngestRequest request) {
        String dsn = RequestQuery.value(request.query(), "dsn");
        String eventId = RequestQuery.value(request.query(), "eventId");
        Optional<Dsn> known = Optional.ofNullable(dsn).flatMap(Dsn::parse);
        Map<String, String> faults = new TreeMap<>();
        if (known.isEmpty()) {
            faults.put("dsn", "missing or none (expected: the DSN of a project)");
        }
        if (eventId == null || EventId.parse(eventId).isEmpty()) {
            faults.put("eventId", "missing or none (expected: 32 hex digits)");
        }
        return eventId != null && faults.isEmpty()
                ? new Named.By(known.orElseThrow(), eventId)
                : new Named.Wrong(IngestResponse.rejectedForm(RejectionReason.INVALID_FEEDBACK, faults));
    }

    /** The script that opens the dialog. It is asked for after an error, and then is to be there. */
    static IngestResponse dialog() {
        return IngestResponse.ok(200, "text/javascript; charset=utf-8", SCRIPT)
                .with("Cache-Control", "private, max-age=300")
                .with("X-Content-Type-Options", "nosniff");
    }

    CompletableFuture<IngestResponse> accept(Sender sender, byte[] body) {
        return CompletableFuture.supplyAsync(() -> FormBody.read(sender.encoding(), body, MAX_BYTES), executor)
                .thenCompose(read -> switch (read) {
                    case FormBody.TooLarge _ -> done(IngestResponse.tooLarge(MAX_BYTES));
                    case FormBody.Malformed(String cause) -> rejected(Map.of("body", cause));
                    case FormBody.Form(UrlEncodedForm form) -> {
                        Map<String, String> faults = faults(form);
                        yield faults.isEmpty() ? keep(sender, body) : rejected(faults);
                    }
                });
    }

    private CompletableFuture<IngestResponse> keep(Sender sender, byte[] body) {
        String event = sender.route().eventId();
        return keeping.apply(new IncomingEnvelope(
                sender,
                Endpoint.ERROR_PAGE,
                body,
                event == null ? null : EventId.parse(event).orElse(null),
                List.of(ItemSummary.of(ItemType.Known.USER_REPORT)),
                true,
                _ -> IngestResponse.id(null)));
    }

    /** A name and an address are given by who wants an answer. */
    private static Map<String, String> faults(UrlEncodedForm form) {
        Map<String, String> faults = new TreeMap<>();
        String comments = form.value("comments");
        if (comments.isEmpty()) {
            faults.put("comments", "This field is required.");
        }
        tooLong(faults, "comments", comments, MAX_COMMENTS);
        tooLong(faults, "name", form.value("name"), MAX_NAME);
        String email = form.value("email");
        tooLong(faults, "email", email, MAX_EMAIL);
        if (!email.isEmpty() && !isAddress(email)) {
            faults.put("email", "Enter a valid email address.");
        }
        return faults;
    }

    private static void tooLong(Map<String, String> faults, String field, String value, int limit) {
        if (value.length() > limit) {
            faults.put(
                    field, "Ensure this value has at most %d characters (it has %d).".formatted(limit, value.length()));
        }
    }

    private static boolean isAddress(String email) {
        int at = email.indexOf('@');
        return at > 0
                && at == email.lastIndexOf('@')
                && at < email.length() - 1
                && email.chars().noneMatch(Character::isWhitespace);
    }

    private static CompletableFuture<IngestResponse> rejected(Map<String, String> faults) {
        return done(IngestResponse.rejectedForm(RejectionReason.INVALID_FEEDBACK, faults));
    }

    private static CompletableFuture<IngestResponse> done(IngestResponse response) {
        return CompletableFuture.completedFuture(response);
    }

    private static byte[] script() {
        try (InputStream script = ErrorPage.class.getResourceAsStream("error-page.js")) {
            if (script == null) {
                throw new IllegalStateException("error-page.js is missing beside " + ErrorPage.class.getName());
            }
            return script.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
