package dev.resentry.gateway.endpoint;

import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.form.FormPart;
import dev.resentry.model.form.MultipartForm;
import dev.resentry.model.outcome.RejectionReason;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Takes the crashes of native programs. Encoded bodies are not decoded here; the processor judges them. */
final class CrashReportHandler {
    private static final String NO_DUMP = "the body does not begin as a minidump does";
    private static final String NO_FIELD = "the form has no field '%s'".formatted(FormPart.MINIDUMP);

    private final Function<IncomingEnvelope, CompletableFuture<IngestResponse>> keeping;
    private final Executor executor;

    /**
     * @param keeping keeps what is a crash report
     * @param executor runs what would hold up the thread that a body arrives on
     */
    CrashReportHandler(Function<IncomingEnvelope, CompletableFuture<IngestResponse>> keeping, Executor executor) {
        this.keeping = keeping;
        this.executor = executor;
    }

    /** Takes a minidump, alone or in a form. */
    CompletableFuture<IngestResponse> minidump(Sender sender, byte[] body) {
        if (body.length < CrashDumps.MIN_BYTES) {
            return rejected(NO_DUMP);
        }
        if (sender.encoding() != ContentEncoding.IDENTITY) {
            return keep(sender, body);
        }
        String type = sender.request().header("content-type");
        if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return CrashDumps.isOne(body) ? keep(sender, body) : rejected(NO_DUMP);
        }
        // The dump may stand behind other files, so this takes as long as the body is large.
        return CompletableFuture.supplyAsync(() -> MultipartForm.hasPart(type, body, FormPart.MINIDUMP), executor)
                .thenCompose(hasDump -> hasDump ? keep(sender, body) : rejected(NO_FIELD));
    }

    /** Takes the container of an Unreal Engine crash. */
    CompletableFuture<IngestResponse> unreal(Sender sender, byte[] body) {
        return keep(sender, body);
    }

    private CompletableFuture<IngestResponse> keep(Sender sender, byte[] body) {
        return keeping.apply(new IncomingEnvelope(
                sender,
                sender.route().endpoint(),
                body,
                IncomingEnvelope.NEW_ID,
                List.of(),
                true,
                receipt -> IngestResponse.dashedId(eventIdOf(receipt))));
    }

    private static EventId eventIdOf(Receipt receipt) {
        return receipt.eventId() == null ? new EventId(receipt.id().value()) : receipt.eventId();
    }

    private static CompletableFuture<IngestResponse> rejected(String cause) {
        return CompletableFuture.completedFuture(
                IngestResponse.rejected(400, RejectionReason.INVALID_MINIDUMP, "invalid minidump", cause));
    }
}
