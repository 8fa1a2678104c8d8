package dev.resentry.storage.delivery;

import static dev.resentry.storage.delivery.DeliveryDatabase.alert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.alert.TargetType;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.delivery.DeliveryResult.Attempt;
import dev.resentry.storage.delivery.DeliveryResult.Delivered;
import dev.resentry.storage.delivery.DeliveryResult.Failed;
import dev.resentry.storage.delivery.DeliveryResult.Gone;
import dev.resentry.storage.delivery.DeliveryResult.Postponed;
import dev.resentry.storage.delivery.DeliveryResult.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Who sends what, when it is tried again, and when it is given up. */
class DeliveryQueueIT {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Attempt OK = new Attempt(200, "ok", null, "POST /");
    private static final Attempt BROKEN = new Attempt(500, "oops\0", "answered 500", "POST /");

    private static DeliveryDatabase database;

    @BeforeAll
    static void start() {
        database = new DeliveryDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void clear() {
        database.clear();
    }

    @Test
    void aTargetIsSentOneAtATimeInOrder() {
        List<Long> ids = add("https://a.example/", 2);

        ClaimedDelivery first = only(claim());

        assertThat(first.id()).isEqualTo(ids.getFirst());
        assertThat(first.secret()).isEqualTo("s3cret");
        assertThat(first.contentJson()).contains("Look at it");
        assertThat(claim()).isEmpty();
        assertThat(database.queue.finish(first, new Delivered(OK))).isTrue();
        assertThat(only(claim()).id()).isEqualTo(ids.getLast());
        assertThat(state(first.id())).isEqualTo("delivered");
    }

    @Test
    void aBacklogOfOneTargetHoldsUpNoOther() {
        add("https://slow.example/", 50);
        add("https://b.example/", 1);
        add("https://c.example/", 1);

        assertThat(database.queue.claim("p", 10, LEASE))
                .extracting(ClaimedDelivery::target)
                .containsExactlyInAnyOrder("https://slow.example/", "https://b.example/", "https://c.example/");
    }

    @Test
    void whatManySendersClaimAtOnceEachHasOnce() throws Exception {
        for (int i = 0; i < 40; i++) {
            add("https://t%d.example/".formatted(i), 3);
        }
        Set<Long> sent = new HashSet<>();
        List<Long> all = new ArrayList<>();
        try (var senders = Executors.newFixedThreadPool(4)) {
            Callable<List<Long>> sender = () -> {
                List<Long> mine = new ArrayList<>();
                String owner = "p" + Thread.currentThread().threadId();
                while (waiting() > 0) {
                    for (ClaimedDelivery claimed : database.queue.claim(owner, 5, LEASE)) {
                        mine.add(claimed.id());
                        database.queue.finish(claimed, new Delivered(OK));
                    }
                }
                return mine;
            };
            for (var result : senders.invokeAll(List.of(sender, sender, sender))) {
                sent.addAll(result.get());
                all.addAll(result.get());
            }
        }

        assertThat(all).hasSize(120);
        assertThat(sent).hasSize(120);
    }

    @Test
    void oneThatDiesLeavesItToTheNextAndHasNoSayAnyMore() {
        add("https://a.example/", 1);
        ClaimedDelivery dead = only(database.queue.claim("dead", 10, Duration.ofMillis(1)));

        ClaimedDelivery next = await().until(() -> database.queue.claim("next", 10, LEASE), list -> !list.isEmpty())
                .getFirst();

        assertThat(next.id()).isEqualTo(dead.id());
        assertThat(next.attempts()).isEqualTo(2);
        assertThat(database.queue.finish(dead, new Failed(BROKEN))).isFalse();
        assertThat(database.queue.finish(next, new Delivered(OK))).isTrue();
        assertThat(state(next.id())).isEqualTo("delivered");
    }

    @Test
    void aFailureIsTriedAgainLaterAndGivenUpInTheEnd() {
        long id = add("https://a.example/", 1).getFirst();
        for (int attempt = 1; attempt <= 3; attempt++) {
            ClaimedDelivery claimed = only(claim());
            assertThat(claimed.attempts()).isEqualTo(attempt);
            database.queue.finish(claimed, new Failed(BROKEN));
            assertThat(claim()).isEmpty();
            assertThat(state(id)).isEqualTo(attempt < 3 ? "waiting" : "dead");
            passTime();
        }

        StoredDelivery stored = database.queries.find(id, VisibleProjects.ALL).orElseThrow();
        assertThat(stored.lastStatus()).isEqualTo(500);
        assertThat(stored.lastError()).isEqualTo("answered 500");
        assertThat(stored.lastAnswer()).isEqualTo("oops ");
        assertThat(stored.request()).isEqualTo("POST /");
        assertThat(claim()).isEmpty();
    }

    @Test
    void aTargetThatFailsInARowIsLeftAloneAndThenTriedOnce() {
        add("https://a.example/", 7);
        add("https://b.example/", 1);
        for (int i = 0; i < 4; i++) {
            for (ClaimedDelivery claimed : claim()) {
                database.queue.finish(
                        claimed, claimed.target().contains("//a.") ? new Failed(BROKEN) : new Delivered(OK));
            }
        }

        assertThat(claim()).as("its breaker is open").isEmpty();

        database.jdbc.sql("UPDATE delivery_targets SET held_until = now()").update();
        database.queue.finish(only(claim()), new Failed(BROKEN));
        assertThat(claim()).as("one try, and it failed").isEmpty();

        database.jdbc.sql("UPDATE delivery_targets SET held_until = now()").update();
        database.queue.finish(only(claim()), new Delivered(OK));
        assertThat(claim()).as("it works again").hasSize(1);
    }

    @Test
    void aTargetThatAsksForAPauseHasItAndItIsNoAttempt() {
        add("https://a.example/", 2);

        ClaimedDelivery first = only(claim());
        database.queue.finish(first, new Postponed(BROKEN, Duration.ofMinutes(2)));

        assertThat(claim()).isEmpty();
        assertThat(database.jdbc
                        .sql("SELECT attempts FROM deliveries WHERE id = :id")
                        .param("id", first.id())
                        .query(Integer.class)
                        .single())
                .isZero();
        passTime();
        assertThat(claim()).hasSize(1);
    }

    @Test
    void chatsTakeOneASecondAndOthersManyAtFirst() {
        add("https://a.example/", 40);
        for (int i = 0; i < 30; i++) {
            database.queue.finish(only(claim()), new Delivered(OK));
        }
        database.outbox.add(List.of(
                of(DeliveryKind.ALERT, TargetType.SLACK, "https://chat.example/"),
                of(DeliveryKind.ALERT, TargetType.SLACK, "https://chat.example/")));
        database.jdbc.sql("UPDATE delivery_targets SET held_until = 'infinity'").update();

        database.queue.finish(only(claim()), new Delivered(OK));

        assertThat(claim()).isEmpty();
        assertThat(database.jdbc
                        .sql("SELECT held_until > now() FROM delivery_targets WHERE held_until < 'infinity'")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void whereThereIsNobodyAnyMoreNothingIsSentButTests() {
        long first = add("https://a.example/", 2).getFirst();
        database.queue.finish(only(claim()), new Gone(new Attempt(410, "", "answered 410", "POST /")));

        assertThat(claim()).isEmpty();
        assertThat(state(first)).isEqualTo("dead");
        assertThat(state(first + 1)).isEqualTo("suppressed");

        database.outbox.add(List.of(of(DeliveryKind.TEST, TargetType.WEBHOOK, "https://a.example/")));
        database.queue.finish(only(claim()), new Delivered(OK));
        add("https://a.example/", 1);
        assertThat(claim()).as("it answered, so it is there").hasSize(1);
    }

    @Test
    void whatIsGivenUpIsSentAgainIfSomebodyWantsIt() {
        long id = add("https://a.example/", 1).getFirst();
        database.queue.finish(only(claim()), new Refused(BROKEN));
        assertThat(state(id)).isEqualTo("dead");

        assertThat(database.desk.resend(id)).isTrue();
        assertThat(database.desk.resend(id)).as("it waits already").isFalse();

        assertThat(only(claim()).attempts()).isEqualTo(1);
    }

    @Test
    void allThatWasGivenUpForATargetIsSentAgainAtOnce() {
        add("https://a.example/", 3);
        add("https://b.example/", 1);
        for (int i = 0; i < 3; i++) {
            claim().forEach(claimed -> database.queue.finish(claimed, new Gone(BROKEN)));
        }
        byte[] target = database.jdbc
                .sql("SELECT DISTINCT target_key FROM deliveries WHERE target LIKE '%a.example%'")
                .query((row, _) -> row.getBytes(1))
                .single();

        assertThat(database.desk.resendDead(target, new VisibleProjects(Set.of(99L))))
                .isZero();
        assertThat(database.desk.resendDead(target, VisibleProjects.ALL)).isEqualTo(3);

        assertThat(claim()).extracting(ClaimedDelivery::target).containsExactly("https://a.example/");
    }

    @Test
    void whatCouldNotBeSentInTimeIsGivenUp() {
        List<Long> ids = add("https://a.example/", 2);
        ClaimedDelivery sending = only(claim());
        database.jdbc.sql("UPDATE deliveries SET expires_at = now()").update();

        assertThat(database.queue.giveUpExpired()).isEqualTo(1);

        assertThat(state(ids.getLast())).isEqualTo("dead");
        assertThat(database.queue.finish(sending, new Failed(BROKEN))).isTrue();
        assertThat(state(sending.id())).isEqualTo("dead");
    }

    @Test
    void ofMailsNothingIsKeptThatLetsPeopleIn() {
        long id = database.outbox
                .add(List.of(of(DeliveryKind.MAIL, TargetType.EMAIL, "ann@example.com")))
                .getFirst();

        database.queue.finish(only(claim()), new Refused(BROKEN));

        assertThat(database.jdbc
                        .sql("SELECT content::text FROM deliveries")
                        .query(String.class)
                        .single())
                .doesNotContain("Look at it")
                .contains("It broke");
        assertThat(database.desk.resend(id)).isFalse();
    }

    @Test
    void listsShowWhatIsVisibleTheNewestFirst() {
        List<Long> ids = add("https://a.example/", 3);
        database.outbox.add(List.of(of(DeliveryKind.MAIL, TargetType.EMAIL, "ann@example.com")));
        var mine = new VisibleProjects(Set.of(1L));

        assertThat(database.queries
                        .list(DeliveryFilter.ALL, mine, Long.MAX_VALUE, 2)
                        .entries())
                .extracting(StoredDelivery::id)
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(database.queries
                        .list(DeliveryFilter.ALL, mine, ids.get(1), 2)
                        .entries())
                .extracting(StoredDelivery::id)
                .containsExactly(ids.getFirst());
        assertThat(database.queries
                        .list(DeliveryFilter.ALL, VisibleProjects.ALL, Long.MAX_VALUE, 9)
                        .entries())
                .hasSize(4);
        assertThat(database.queries
                        .list(new DeliveryFilter(true, 1L, DeliveryState.DEAD, 3L, 2L, null), mine, Long.MAX_VALUE, 9)
                        .entries())
                .isEmpty();
        assertThat(database.queries.find(ids.getFirst(), new VisibleProjects(Set.of(7L))))
                .isEmpty();
    }

    private static List<Long> add(String url, int count) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.addAll(database.outbox.add(List.of(alert(url, null))));
        }
        return ids;
    }

    private static NewDelivery of(DeliveryKind kind, TargetType type, String target) {
        return new NewDelivery(
                kind,
                type,
                target,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                JsonNodeFactory.instance.objectNode().put("subject", "It broke").put("text", "Look at it"));
    }

    private static List<ClaimedDelivery> claim() {
        return database.queue.claim("p", 100, LEASE);
    }

    private static ClaimedDelivery only(List<ClaimedDelivery> claimed) {
        assertThat(claimed).hasSize(1);
        return claimed.getFirst();
    }

    private static void passTime() {
        database.jdbc
                .sql("UPDATE deliveries SET next_attempt_at = now() WHERE lease_owner IS NULL")
                .update();
        database.jdbc.sql("UPDATE delivery_targets SET held_until = now()").update();
    }

    private static String state(long id) {
        return database.jdbc
                .sql("SELECT state FROM deliveries WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    private static long waiting() {
        return database.jdbc
                .sql("SELECT count(*) FROM deliveries WHERE state = 'waiting'")
                .query(Long.class)
                .single();
    }
}
