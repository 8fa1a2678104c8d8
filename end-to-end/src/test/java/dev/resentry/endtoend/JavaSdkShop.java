package dev.resentry.endtoend;

import io.sentry.BaggageHeader;
import io.sentry.ISpan;
import io.sentry.ITransaction;
import io.sentry.Sentry;
import io.sentry.SpanStatus;
import io.sentry.TransactionOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;

/**
 * A program with an unmodified Sentry SDK that asks another service for articles, and tells it of the trace by the headers of the SDK.
 * Prints the id of the trace and those of its spans.
 */
final class JavaSdkShop {
    private JavaSdkShop() {}

    /** Buys two articles. Its arguments are its DSN and the address of the other service. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Sentry.init(options -> {
            options.setDsn(args[0]);
            options.setRelease("shop@1.4.2");
            options.setEnvironment("staging");
            options.setTracesSampleRate(1.0);
        });
        var bound = new TransactionOptions();
        bound.setBindToScope(true);
        ITransaction transaction = Sentry.startTransaction("POST /checkout", "http.server", bound);
        System.out.println("trace " + transaction.getSpanContext().getTraceId());
        System.out.println("transaction " + transaction.getSpanContext().getSpanId());
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int article : List.of(7, 13)) {
                ask(http, transaction, args[1] + "/stock/" + article, article);
            }
        }
        transaction.finish(SpanStatus.INTERNAL_ERROR);
        Sentry.close();
    }

    private static void ask(HttpClient http, ITransaction transaction, String url, int article)
            throws IOException, InterruptedException {
        ISpan span = transaction.startChild("http.client", "GET " + url);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("sentry-trace", span.toSentryTrace().getValue());
        BaggageHeader baggage = Objects.requireNonNull(span.toBaggageHeader(List.of()));
        HttpResponse<String> answer = http.send(
                request.header(baggage.getName(), baggage.getValue()).build(), HttpResponse.BodyHandlers.ofString());
        span.finish(SpanStatus.fromHttpStatusCode(answer.statusCode(), SpanStatus.UNKNOWN));
        System.out.println("call-" + article + " " + span.getSpanContext().getSpanId());
    }
}
