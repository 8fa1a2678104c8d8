package dev.resentry.processor.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.EnvelopeId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Sessions from the topic count once, and those that came before sessions were counted count by a replay. */
@Timeout(180)
class SessionsIT {
    private static ReplayedPast past;

    @BeforeAll
    static void start() throws InterruptedException {
        past = new ReplayedPast();
    }

    @AfterAll
    static void stop() {
        past.close();
    }

    @AfterEach
    void forget() {
        past.sql("TRUNCATE envelopes, envelope_items, dead_letters, session_hours, session_minutes, session_users,"
                + " errored_sessions CASCADE");
    }

    @Test
    void redeliveriesAndRetriesCountNothingASecondTime() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        EnvelopeId id = EnvelopeId.at(now);
        past.send(id, now, session("a", true, "ok", 0));
        past.send(id, now, session("a", true, "ok", 0));
        past.send(session("a", true, "ok", 0));
        past.send(session("a", false, "crashed", 1));
        past.send(session("a", false, "crashed", 1));
        past.send(session("b", false, "crashed", 1));
        past.send(session("b", true, "ok", 0));

        assertThat(counts()).containsExactly("shop@1.0 prod: 2 sessions, 2 errored, 2 crashed");
        assertThat(past.texts("SELECT type || ' ' || outcome FROM envelope_items WHERE type = 'session' GROUP BY 1"))
                .containsExactly("session stored");
        assertThat(past.texts("SELECT version FROM releases WHERE project_id = 1"))
                .contains("shop@1.0");
    }

    @Test
    void anEnvelopeWithCountsThatIsSentAgainCountsOnce() throws Exception {
        String sent = countedBySdk(Instant.now().truncatedTo(ChronoUnit.MILLIS), 8);
        past.send(sent);
        past.send(sent);
        assertThat(counts()).containsExactly("shop@1.0 prod: 9 sessions, 1 errored, 1 crashed");

        past.send(countedBySdk(Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(500), 8));
        assertThat(counts())
                .as("of another server, at another moment")
                .containsExactly("shop@1.0 prod: 18 sessions, 2 errored, 2 crashed");
        List<String> live = counts();

        past.sql("UPDATE envelope_items SET sessions_counted = NULL, started_session = NULL");
        past.sql("TRUNCATE session_hours, session_minutes, session_users, errored_sessions");
        past.replay(ReplayedPast.everything(false));
        assertThat(counts()).isEqualTo(live);
    }

    @Test
    void aReplayCountsWhatCameBeforeSessionsWereCountedAndRepeatedNothing() throws Exception {
        sendSessions();
        List<String> live = counts();
        List<String> users = users();
        assertThat(live).containsExactly("shop@1.0 prod: 13 sessions, 4 errored, 2 crashed");

        assertThat(counted(past.replay(ReplayedPast.everything(false)))).isZero();
        assertThat(counts()).isEqualTo(live);

        // As an earlier version has left it.
        past.sql("UPDATE envelope_items SET sessions_counted = NULL, started_session = NULL");
        past.sql("TRUNCATE session_hours, session_minutes, session_users, errored_sessions");

        assertThat(counted(past.replay(ReplayedPast.everything(true)))).isEqualTo(5);
        assertThat(counts()).as("a dry run leaves all as it is").isEmpty();
        assertThat(counted(past.replay(ReplayedPast.everything(false)))).isEqualTo(5);
        assertThat(counts()).isEqualTo(live);
        assertThat(users()).isEqualTo(users);
        assertThat(counted(past.replay(ReplayedPast.everything(false)))).isZero();
        assertThat(counts()).isEqualTo(live);
    }

    @Test
    void whatComesBesideAReplayCountsOnce() throws Exception {
        past.send(session("a", true, "ok", 0));
        past.sql("UPDATE envelope_items SET sessions_counted = NULL, started_session = NULL");
        past.sql("TRUNCATE session_hours, session_minutes, session_users, errored_sessions");
        // The retry of a start that is not counted yet: whichever is first counts.
        past.send(session("a", true, "ok", 0));

        past.replay(ReplayedPast.everything(false));

        assertThat(counts()).containsExactly("shop@1.0 prod: 1 sessions, 0 errored, 0 crashed");
    }

    @Test
    void aSessionThatSaysNothingIsADeadLetterAndOneThatIsTooOldIsNot() throws Exception {
        past.send("{}\n{\"type\":\"session\"}\n{\"sid\":\"a\"}\n");
        past.send("{}\n{\"type\":\"session\"}\n{\"started\":\"2020-01-01T00:00:00Z\",\"attrs\":{\"release\":\"1\"}}\n");

        assertThat(past.texts("SELECT drop_reason FROM envelope_items WHERE type = 'session' ORDER BY 1"))
                .containsExactly("expired", "invalid_item");
        assertThat(past.texts("SELECT reason FROM dead_letters")).containsExactly("invalid_item");
        assertThat(counts()).isEmpty();
    }

    private static void sendSessions() throws Exception {
        past.send(session("a", true, "ok", 0));
        past.send(session("a", false, "crashed", 1));
        past.send(session("b", true, "exited", 0));
        past.send(session("b", false, "exited", 0));
        past.send("""
                {}
                {"type":"sessions"}
                {"aggregates":[{"started":"%s","exited":8,"errored":2,"crashed":1,"did":"u"}],\
                "attrs":{"release":"shop@1.0","environment":"prod"}}
                """.formatted(Instant.now()));
    }

    private static String countedBySdk(Instant sentAt, int exited) {
        return """
                {"sent_at":"%s"}
                {"type":"sessions"}
                {"aggregates":[{"started":"%s","exited":%d,"crashed":1}],"attrs":{"release":"shop@1.0","environment":"prod"}}
                """.formatted(sentAt, sentAt.truncatedTo(ChronoUnit.SECONDS), exited);
    }

    private static String session(String id, boolean starts, String status, int errors) {
        return """
                {}
                {"type":"session"}
                {"sid":"%s","did":"user of %1$s","init":%s,"status":"%s","errors":%d,"started":"%s",\
                "attrs":{"release":"shop@1.0","environment":"prod"}}
                """.formatted(id, starts, status, errors, Instant.now());
    }

    /** Of all hours, as the tests may run over the end of one. */
    private static List<String> counts() {
        return past.texts("""
                SELECT format('%s %s: %s sessions, %s errored, %s crashed', release, environment,
                              sum(sessions), sum(errored), sum(crashed))
                FROM session_hours GROUP BY release, environment ORDER BY 1
                """);
    }

    private static List<String> users() {
        return past.texts("SELECT kind || encode(users, 'hex') FROM session_users ORDER BY 1");
    }

    private static long counted(JsonNode result) {
        for (JsonNode change : result.path("tables")) {
            if (change.path("table").asString().equals("envelope_items")) {
                return change.path("changed").asLong();
            }
        }
        return 0;
    }
}
