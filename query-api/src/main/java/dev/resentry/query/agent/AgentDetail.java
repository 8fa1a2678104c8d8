package dev.resentry.query.agent;

import java.util.List;
import java.util.stream.Stream;

/**
 * How much of each part is told.
 *
 * @param errors exceptions of the chain
 * @param frames in-app frames of the whole chain
 * @param sourceLines on either side of the line of a frame
 * @param entries of lists: tags that vary, texts of the hash, similar issues
 * @param breadcrumbs the last ones
 * @param variables of the top frame
 * @param textBytes of a message
 * @param valueBytes of a value
 */
record AgentDetail(
        int errors,
        int frames,
        int sourceLines,
        int entries,
        int breadcrumbs,
        int variables,
        int textBytes,
        int valueBytes) {
    /** Where more is wanted without saying how many frames. */
    static final int WIDE_FRAMES = 30;

    /** More is no answer to a question but a dump. */
    static final int MOST_FRAMES = 200;

    private static final AgentDetail USUAL = new AgentDetail(6, 8, 5, 8, 15, 12, 480, 120);

    /** Each tells less than the one before; of them the first whose text has room is taken. */
    private static final List<AgentDetail> SHORTER = List.of(
            new AgentDetail(5, 5, 3, 6, 12, 10, 320, 120),
            new AgentDetail(4, 4, 2, 5, 8, 8, 240, 100),
            new AgentDetail(3, 3, 1, 4, 5, 5, 160, 80),
            new AgentDetail(2, 2, 0, 2, 3, 3, 120, 60));

    /** The details to try, the fullest first. */
    static Stream<AgentDetail> usual() {
        return Stream.concat(Stream.of(USUAL), SHORTER.stream());
    }

    /** The details to try where more is wanted, of which the fullest has so many frames. */
    static Stream<AgentDetail> wide(int frames) {
        return Stream.concat(Stream.of(new AgentDetail(20, frames, 5, 20, 15, 30, 2_000, 120)), usual());
    }
}
