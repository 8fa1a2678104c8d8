package dev.resentry.conversion;

import static dev.resentry.conversion.Converted.FORM;
import static dev.resentry.conversion.Converted.form;
import static dev.resentry.conversion.Converted.part;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeItem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Prints the conversion of one body of each route, so that a test can compare the output of two processes. */
final class ConversionDigest {
    private ConversionDigest() {}

    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        for (Endpoint endpoint : Endpoint.values()) {
            var digest = MessageDigest.getInstance("SHA-256");
            String type = endpoint == Endpoint.MINIDUMP || endpoint == Endpoint.ATTACHMENTS ? FORM : "application/json";
            for (EnvelopeItem item : Converted.items(endpoint, type, body(endpoint))) {
                digest.update(item.header().json().toString().getBytes(UTF_8));
                digest.update(item.payload().toByteArray());
            }
            System.out.println(endpoint + " " + HexFormat.of().formatHex(digest.digest()));
        }
    }

    private static byte[] body(Endpoint endpoint) {
        String body = switch (endpoint) {
            case ENVELOPE, IMPORT -> "{}\n{\"type\":\"event\",\"a\":1,\"b\":2}\n{}\n";
            case STORE -> "{\"message\":\"x\"}";
            case SECURITY -> """
                {"expect-staple-report":{"hostname":"s"},"csp-report":{"blocked-uri":"c"},"expect-ct-report":{"hostname":"e"}}""";
            case NEL -> "[{\"a\":1},{\"b\":2}]";
            case MINIDUMP ->
                form(
                        part("name=\"sentry[release]\"", "1"),
                        part("name=\"sentry\"", "{\"b\":1,\"a\":{\"d\":1,\"c\":2}}"),
                        part("name=\"upload_file_minidump\"; filename=\"x\"", "MDMP"),
                        part("name=\"sentry[environment]\"", "live"));
            case UNREAL -> "raw";
            case ATTACHMENTS -> form(part("name=\"a\"; filename=\"x\"", "1"), part("name=\"b\"; filename=\"y\"", "2"));
            case CRON -> "{\"status\":\"ok\",\"contexts\":{\"b\":1,\"a\":2}}";
            case ERROR_PAGE -> "comments=It+broke&name=Ada&email=ada%40example.com";
            case OTLP_TRACES -> """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"b","value":{"stringValue":"1"}},
                {"key":"a","value":{"boolValue":true}}]},"scopeSpans":[{"scope":{"name":"s"},"spans":[{"name":"n",
                "events":[{"name":"exception"}],"links":[{}],"attributes":[{"key":"c","value":{"intValue":"1"}}]}]}]}]}""";
            case OTLP_LOGS -> """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"b","value":{"stringValue":"1"}},
                {"key":"a","value":{"boolValue":true}}]},"scopeLogs":[{"logRecords":[{"body":{"stringValue":"x"}}]}]}]}""";
            case ERROR_REPORT ->
                "{\"message\":\"E: x\",\"stack\":\"E: x\\n at a (b.js:1:2)\",\"method\":\"GET\",\"path\":\"/\"}";
            case EVENT_REPORT -> "{\"message\":\"x\",\"extra\":{\"b\":1,\"a\":2},\"tags\":{\"d\":\"1\",\"c\":\"2\"}}";
            case SESSION_REPORT -> "{\"session_id\":\"s\",\"status\":\"ok\",\"user\":\"u\",\"release\":\"1\"}";
        };
        return body.getBytes(ISO_8859_1);
    }
}
