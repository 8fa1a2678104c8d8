package dev.resentry.storage.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctUsersTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 256, 257, 258, 600, 5_000})
    void theBytesDependOnTheUsersAlone(int size) {
        List<Long> hashes = hashes(size);
        DistinctUsers inOrder = of(hashes);

        List<Long> shuffledTwice = new ArrayList<>(hashes);
        shuffledTwice.addAll(hashes);
        Collections.shuffle(shuffledTwice, new Random(1));
        assertThat(of(shuffledTwice).toBytes()).isEqualTo(inOrder.toBytes());

        for (int cut : new int[] {0, size / 3, size}) {
            DistinctUsers stored =
                    DistinctUsers.ofBytes(of(hashes.subList(0, cut)).toBytes());
            DistinctUsers merged = of(hashes.subList(cut / 2, size));
            merged.add(stored);
            assertThat(merged.toBytes()).as("merged at %d", cut).isEqualTo(inOrder.toBytes());
            stored.add(of(hashes.subList(cut / 2, size)));
            assertThat(stored.toBytes()).as("merged into %d", cut).isEqualTo(inOrder.toBytes());
        }
    }

    @Test
    void fewAreCountedExactlyAndManyNearly() {
        assertThat(of(hashes(0)).count()).isZero();
        assertThat(of(hashes(DistinctUsers.EXACT)).count()).isEqualTo(DistinctUsers.EXACT);
        // Five times the standard error.
        assertThat((double) of(hashes(DistinctUsers.EXACT + 1)).count()).isCloseTo(257, within(0.06 * 257));
        assertThat((double) of(hashes(100_000)).count()).isCloseTo(100_000, within(6_000.0));
        assertThat(of(hashes(100_000)).toBytes()).hasSize(4_097);
    }

    @Test
    void mergingLeavesTheOtherSetAsItIs() {
        DistinctUsers many = of(hashes(1_000));
        byte[] before = many.toBytes().clone();

        DistinctUsers few = of(List.of(1L, 2L));
        few.add(many);

        assertThat(many.toBytes()).isEqualTo(before);
        assertThat(few.toBytes()).isNotEqualTo(before);
    }

    @Test
    void nothingIsTheEmptySetAndAnUnknownFormatIsRefused() {
        assertThat(DistinctUsers.ofBytes(null).isEmpty()).isTrue();
        assertThatThrownBy(() -> DistinctUsers.ofBytes(new byte[] {9, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9 (expected: 1 or 2)");
    }

    private static DistinctUsers of(List<Long> hashes) {
        var users = new DistinctUsers();
        hashes.forEach(users::add);
        return users;
    }

    private static List<Long> hashes(int size) {
        return new Random(size).longs(size).boxed().toList();
    }
}
