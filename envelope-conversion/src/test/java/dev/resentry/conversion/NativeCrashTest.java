package dev.resentry.conversion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Payload;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is made of a minidump alone. */
class NativeCrashTest {

    @Test
    void theSignalIsTheTypeAndThePlaceInItsModuleTheFrame() {
        JsonNode event = described(MinidumpFile.of(MinidumpFile.LINUX, 11, 0x1234, "/opt/game/libphysics.so"));

        JsonNode exception = event.path("exception").path("values").path(0);
        assertThat(exception.path("type").asString()).isEqualTo("SIGSEGV");
        assertThat(exception.path("value").asString()).isEqualTo("Fatal Error: SIGSEGV at libphysics.so+0x234");
        assertThat(exception.path("mechanism").path("handled").asBoolean()).isFalse();
        assertThat(exception.path("stacktrace").path("frames").toString())
                .isEqualTo("[{\"instruction_addr\":\"0x1234\",\"package\":\"/opt/game/libphysics.so\","
                        + "\"function\":\"libphysics.so+0x234\"}]");
        assertThat(event.path("contexts").path("os").path("name").asString()).isEqualTo("Linux");
        assertThat(event.path("debug_meta")
                        .path("images")
                        .path(0)
                        .path("image_addr")
                        .asString())
                .isEqualTo("0x1000");
        assertThat(event.path("level").asString()).isEqualTo("fatal");
    }

    @Test
    void codesAreThoseOfTheSystem() {
        assertThat(type(described(MinidumpFile.of(MinidumpFile.WINDOWS, 0xC0000005, 0x1234, "C:\\game.exe"))))
                .isEqualTo("EXCEPTION_ACCESS_VIOLATION");
        assertThat(type(described(MinidumpFile.of(MinidumpFile.LINUX, 99, 0x1234, "game"))))
                .isEqualTo("0x00000063");
    }

    @Test
    void aCrashOutsideOfAllModulesHasItsAddressOnly() {
        JsonNode event = described(MinidumpFile.of(MinidumpFile.LINUX, 11, 0x99, "game"));

        assertThat(event.at("/exception/values/0/stacktrace/frames").toString())
                .isEqualTo("[{\"instruction_addr\":\"0x99\"}]");
    }

    @Test
    void whatTheProgramSaidItselfStays() {
        ObjectNode event = Json.object();
        event.putObject("exception").putArray("values").addObject().put("type", "std::bad_alloc");
        event.put("level", "error");

        NativeCrash.describe(event, payload(MinidumpFile.of(MinidumpFile.LINUX, 11, 0x1234, "game")));

        assertThat(type(event)).isEqualTo("std::bad_alloc");
        assertThat(event.path("level").asString()).isEqualTo("error");
    }

    @RepeatedTest(200)
    void aDamagedDumpIsANativeCrashAllTheSame(RepetitionInfo seed) {
        var random = new Random(seed.getCurrentRepetition());
        byte[] dump = MinidumpFile.of(MinidumpFile.LINUX, 11, 0x1234, "game").getBytes(ISO_8859_1);
        for (int i = 0; i < 20; i++) {
            dump[4 + random.nextInt(dump.length - 4)] = (byte) random.nextInt();
        }
        ObjectNode event = Json.object();

        NativeCrash.describe(event, Payload.of(dump));

        assertThat(type(event)).isNotEmpty();
    }

    private static JsonNode described(String dump) {
        ObjectNode event = Json.object();
        NativeCrash.describe(event, payload(dump));
        return event;
    }

    private static Payload payload(String dump) {
        return Payload.of(dump.getBytes(ISO_8859_1));
    }

    private static String type(JsonNode event) {
        return event.at("/exception/values/0/type").asString();
    }
}
