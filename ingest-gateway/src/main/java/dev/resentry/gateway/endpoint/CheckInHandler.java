package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.report.ReportBody;
import dev.resentry.gateway.report.ReportForms;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.outcome.RejectionReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Handles check-ins of jobs, in the body or in the query. They are small and validated here, so that a job learns at once that
 * its check-in is invalid.
 */
final class CheckInHandler {
    private static final byte[] NOTHING = {};

    private final Function<IncomingEnvelope, CompletableFuture<IngestResponse>> keeping;
    private final Executor executor;

    /**
     * @param keeping keeps what is a check-in
     * @param executor runs what would hold up the thread that a body arrives on
     */
    CheckInHandler(Function<IncomingEnvelope, CompletableFuture<IngestResponse>> keeping, Executor executor) {
        this.keeping = keeping;
        this.executor = executor;
    }

    CompletableFuture<IngestResponse> accept(Sender sender, byte[] body) {
        IngestRequest request = sender.request();
        String type = request.header("content-type");
        boolean json = request.method().equals("POST")
                && type != null
                && type.strip().toLowerCase(Locale.ROOT).startsWith("application/json");
        String slug = sender.route().slug();
        if (slug == null || slug.isBlank() || slug.indexOf('\0') >= 0) {
            return rejected(400, Map.of("monitor_slug", "is empty or has a NUL"));
        }
        return json ? byBody(sender, body) : byQuery(sender);
    }

    private CompletableFuture<IngestResponse> byQuery(Sender sender) {
        Map<String, String> faults = ReportForms.checkInFaults(
                name -> RequestQuery.value(sender.request().query(), name));
        return faults.isEmpty() ? keep(sender, NOTHING) : rejected(400, faults);
    }

    private CompletableFuture<IngestResponse> byBody(Sender sender, byte[] body) {
        return CompletableFuture.supplyAsync(() -> ReportBody.read(sender.encoding(), body), executor)
                .thenCompose(read -> switch (read) {
                    case ReportBody.TooLarge _ ->
                        CompletableFuture.completedFuture(IngestResponse.tooLarge(ReportBody.MAX_BYTES));
                    case ReportBody.Malformed(String cause) ->
                        CompletableFuture.completedFuture(
                                IngestResponse.rejected(400, RejectionReason.INVALID_JSON, "invalid JSON data", cause));
                    case ReportBody.Report(ObjectNode report) -> {
                        Map<String, String> faults = ReportForms.checkInFaults(report);
                        yield faults.isEmpty() ? keep(sender, body) : rejected(422, faults);
                    }
                });
    }

    private CompletableFuture<IngestResponse> keep(Sender sender, byte[] body) {
        return keeping.apply(new IncomingEnvelope(
                sender, Endpoint.CRON, body, null, List.of(), true, _ -> IngestResponse.empty(202)));
    }

    private static CompletableFuture<IngestResponse> rejected(int status, Map<String, String> faults) {
        String[] causes = faults.entrySet().stream()
                .map(fault -> fault.getKey() + ": " + fault.getValue())
                .sorted()
                .toArray(String[]::new);
        return CompletableFuture.completedFuture(
                IngestResponse.rejected(status, RejectionReason.INVALID_CHECK_IN, "invalid check-in", causes));
    }
}
