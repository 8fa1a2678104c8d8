package dev.resentry.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.gateway.admission.BytesInFlight.Lease;
import dev.resentry.testsupport.size.TestSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BytesInFlightTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final long MAX = 10 * MEBIBYTE;

    private final BytesInFlight bytes = new BytesInFlight(BytesInFlight.leastMaximumFor(MAX));
    private final List<String> grown = new ArrayList<>();

    @Test
    void takesAndGivesBack() {
        Lease lease = bytes.lease();
        assertThat(lease.growTo(MEBIBYTE)).isTrue();
        assertThat(lease.growTo(3 * MEBIBYTE)).isTrue();
        assertThat(lease.growTo(2 * MEBIBYTE)).as("a share never shrinks").isTrue();
        assertThat(bytes.taken()).isEqualTo(3 * MEBIBYTE);

        lease.close();
        lease.close();

        assertThat(bytes.taken()).isZero();
    }

    @Test
    void leavesAShareAsItWasWhenThereIsNoRoom() {
        Lease lease = held(6 * MEBIBYTE);
        assertThat(lease.growTo(MAX + MEBIBYTE)).isFalse();
        assertThat(bytes.taken()).isEqualTo(6 * MEBIBYTE);
        assertThat(lease.growTo(MAX)).isTrue();
        assertThat(bytes.taken()).isEqualTo(MAX);
    }

    @Test
    void grantsWaitingSharesInOrder() {
        Lease all = held(MAX);
        waiting("first", 6 * MEBIBYTE);
        waiting("second", 3 * MEBIBYTE);
        waiting("third", 6 * MEBIBYTE);
        assertThat(grown).isEmpty();
        assertThat(bytes.isContended()).isTrue();

        all.close();

        assertThat(grown).containsExactly("first", "second");
        assertThat(bytes.taken()).isEqualTo(9 * MEBIBYTE);
        assertThat(bytes.isContended()).isTrue();
    }

    @Test
    void aLargeShareDoesNotOvertakeWaitingOnes() {
        held(8 * MEBIBYTE);
        waiting("waits", 4 * MEBIBYTE);

        assertThat(bytes.lease().growTo(MEBIBYTE)).isFalse();
    }

    @Test
    void aSmallShareOvertakesWaitingLargeOnes() {
        held(8 * MEBIBYTE);
        waiting("large", 4 * MEBIBYTE);

        Lease small = bytes.lease();
        assertThat(small.growTo(64 * 1024)).isTrue();
        small.close();

        assertThat(grown).isEmpty();
        assertThat(bytes.taken()).isEqualTo(8 * MEBIBYTE);
    }

    @Test
    void reservesBytesForSmallShares() {
        held(MAX);
        assertThat(bytes.lease().growTo(64 * 1024 + 1)).isFalse();
        assertThat(bytes.lease().growTo(64 * 1024)).isTrue();
    }

    @Test
    void growsAWaitingShareByWhatIsMissingOnly() {
        Lease half = held(5 * MEBIBYTE);
        Lease rest = held(4 * MEBIBYTE);
        half.awaitRoom(8 * MEBIBYTE, () -> grown.add("half"));
        assertThat(grown).isEmpty();

        rest.close();

        assertThat(grown).containsExactly("half");
        assertThat(bytes.taken()).isEqualTo(8 * MEBIBYTE);
        half.close();
        assertThat(bytes.taken()).isZero();
    }

    @Test
    void aShareClosedWhileWaitingIsForgotten() {
        Lease all = held(MAX);
        Lease leaves = waiting("leaves", 5 * MEBIBYTE);
        waiting("stays", 5 * MEBIBYTE);

        leaves.close();
        all.close();

        assertThat(grown).containsExactly("stays");
        assertThat(bytes.taken()).isEqualTo(5 * MEBIBYTE);
        assertThat(bytes.isContended()).isFalse();
    }

    @Test
    void grantsTheNextWhenTheFirstWaitingShareIsClosed() {
        held(6 * MEBIBYTE);
        Lease tooLarge = waiting("too large", 9 * MEBIBYTE);
        waiting("fits", 3 * MEBIBYTE);
        assertThat(grown).isEmpty();

        tooLarge.close();

        assertThat(grown).containsExactly("fits");
    }

    @Test
    void givesBackWhatAWaitingShareHeldBefore() {
        held(4 * MEBIBYTE);
        Lease waits = held(5 * MEBIBYTE);
        waits.awaitRoom(MAX, () -> grown.add("never"));

        waits.close();

        assertThat(grown).isEmpty();
        assertThat(bytes.taken()).isEqualTo(4 * MEBIBYTE);
        assertThat(bytes.isContended()).isFalse();
    }

    @Test
    @Timeout(60)
    void staysWithinItsMaximumAndLosesNoBytesUnderManyThreads() throws Exception {
        int threads = 8;
        var highest = new AtomicLong();
        var running = new AtomicBoolean(true);
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        Thread watcher = Thread.ofPlatform().start(() -> {
            while (running.get()) {
                highest.accumulateAndGet(bytes.taken(), Math::max);
            }
        });
        var waited = new AtomicInteger();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            senders.add(Thread.ofPlatform().start(() -> hurry(faults, waited)));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        running.set(false);
        watcher.join();

        assertThat(faults).isEmpty();
        assertThat(waited).as("the threads got in each other's way").hasPositiveValue();
        assertThat(highest).hasPositiveValue().hasValueLessThanOrEqualTo(BytesInFlight.leastMaximumFor(MAX));
        assertThat(bytes.taken()).isZero();
        assertThat(bytes.isContended()).isFalse();
    }

    /** Takes and gives back, as requests do; some lose their patience while they wait. */
    @SuppressWarnings("ThreadPriorityCheck") // it only shapes the load
    private void hurry(Queue<String> faults, AtomicInteger waited) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < TestSize.of(500, 3_000); i++) {
            try (Lease lease = bytes.lease()) {
                long first = random.nextLong(1, 2 * MEBIBYTE);
                long then = first + random.nextLong(1, 4 * MEBIBYTE);
                boolean fits = lease.growTo(first) && lease.growTo(then);
                if (!fits) {
                    waited.incrementAndGet();
                    var room = new CountDownLatch(1);
                    lease.awaitRoom(then, room::countDown);
                    boolean patient = random.nextInt(4) > 0;
                    if (patient && !room.await(20, TimeUnit.SECONDS)) {
                        faults.add("forgotten, with %d of %d taken".formatted(bytes.taken(), MAX));
                        return;
                    }
                }
                // Lets the others in while something is held.
                Thread.yield();
            } catch (InterruptedException e) {
                faults.add(e.toString());
                return;
            }
        }
    }

    private Lease held(long size) {
        Lease lease = bytes.lease();
        assertThat(lease.growTo(size)).isTrue();
        return lease;
    }

    private Lease waiting(String name, long size) {
        Lease lease = bytes.lease();
        assertThat(lease.growTo(size)).isFalse();
        lease.awaitRoom(size, () -> grown.add(name));
        return lease;
    }
}
