package dev.resentry.processor.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.resentry.model.alert.TargetType;
import dev.resentry.storage.delivery.ClaimedDelivery;
import dev.resentry.storage.delivery.DeliveryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** JSON as JavaScript writes it, held against JavaScript itself where that is there. */
class CompactJsonTest {

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "-0.0, 0",
        "1e3, 1000",
        "1.50, 1.5",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "123456789012345678901234567890, 1.2345678901234568e+29",
        "100000000000000000000, 100000000000000000000",
        "1e21, 1e+21",
        "12345678901234567890, 12345678901234567000",
        "1700000000.123456, 1700000000.123456",
        "5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "-12.75, -12.75"
    })
    void numbersAreWrittenAsJavaScriptDoes(String number, String expected) {
        assertThat(CompactJson.write(Deliveries.JSON.readTree(number))).isEqualTo(expected);
    }

    @Test
    void namesThatAreIndexesComeFirstAndNothingIsEscapedThatNeedNotBe() {
        assertThat(CompactJson.write(Deliveries.JSON.readTree("""
                        {"b": [1, null, true], "10": "ü😀/<>\\u2028", "9": "\\u001f\\n\\ud800", "01": {}}
                        """)))
                .isEqualTo("{\"9\":\"\\u001f\\n\\ud800\",\"10\":\"ü😀/<>\u2028\",\"b\":[1,null,true],\"01\":{}}");
    }

    @Test
    void javaScriptMakesTheSameOfItAndTheSignatureHolds(@TempDir Path directory) throws Exception {
        assumeThat(output(List.of("sh", "-c", "command -v node || true"))).isNotBlank();
        var random = new Random(14);
        ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 2_000; i++) {
            double any = Double.longBitsToDouble(random.nextLong());
            numbers.add(Double.isFinite(any) ? any : i);
            numbers.add(random.nextLong());
            numbers.add(random.nextInt(2_000_000) / 1_000.0);
        }
        var data = JsonNodeFactory.instance.objectNode();
        data.put("text", "tab\t \"quoted\" \\ \u0000 \u2028 ü 😀 " + (char) 0xdc00)
                .put("7", 1.0);
        data.set("numbers", numbers);
        var content = JsonNodeFactory.instance.objectNode();
        content.putObject("sentry")
                .put("action", "triggered")
                .put("resource", "event_alert")
                .set("data", data);
        ClaimedDelivery delivery =
                Deliveries.claimed(DeliveryKind.ALERT, TargetType.SENTRY_WEBHOOK, "https://a.example/", "s3cret");

        WebhookForm.Message message = new SentryForm().write(delivery, new DeliveryContent(content), Instant.now());

        Path body = directory.resolve("body.json");
        Files.writeString(body, message.body());
        Path script = directory.resolve("receiver.js");
        Files.writeString(script, """
                const fs = require('fs');
                const crypto = require('crypto');
                const again = JSON.stringify(JSON.parse(fs.readFileSync(process.argv[2], 'utf8')));
                console.log(crypto.createHmac('sha256', 's3cret').update(again, 'utf8').digest('hex'));
                """);
        assertThat(output(List.of("node", script.toString(), body.toString())))
                .isEqualTo(message.headers().get("Sentry-Hook-Signature"));
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
