package dev.resentry.processing.scrub.text;

import dev.resentry.processing.meta.Remark;
import dev.resentry.processing.meta.Remark.Kind;
import dev.resentry.processing.meta.Remark.Range;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text in which parts are replaced until nothing is found any more: what takes the place of one secret can be the border that
 * another one lacked.
 */
public final class Rewrite {
    private static final int MAX_ROUNDS = 5;
    private static final int MAX_REMARKS = 20;

    private String text;
    private final List<Remark> remarks = new ArrayList<>();
    private boolean changed;

    public Rewrite(String text) {
        this.text = text;
    }

    /** Looks through a text once. */
    public interface Pass {
        void run(String text, Parts parts);
    }

    /** Takes the parts of a text that are to be replaced, in their order. */
    public final class Parts {
        private final StringBuilder made = new StringBuilder();
        private final boolean first = remarks.isEmpty();
        private int copied;

        /** Replaces the characters from a start to before an end. */
        public void replace(int start, int end, String by, String rule, Kind kind) {
            if (text.regionMatches(start, by, 0, by.length()) && by.length() == end - start) {
                return;
            }
            made.append(text, copied, start);
            int from = made.length();
            made.append(by);
            copied = end;
            remarks.add(new Remark(rule, kind, first ? new Range(from, made.length()) : null));
        }

        /** What stands at some characters. */
        public String at(int start, int end) {
            return text.substring(start, end);
        }

        private boolean finish() {
            if (copied == 0 && made.isEmpty()) {
                return false;
            }
            text = made.append(text, copied, text.length()).toString();
            return true;
        }
    }

    /** Runs a pass until it finds nothing; false if there is no end of it. */
    public boolean run(Pass pass) {
        return run(List.of(pass));
    }

    /** Runs passes, one after the other, until none of them finds anything; false if there is no end of it. */
    public boolean run(List<Pass> passes) {
        boolean settled = false;
        for (int i = 0; i < MAX_ROUNDS && !settled; i++) {
            settled = true;
            for (Pass pass : passes) {
                Parts parts = new Parts();
                pass.run(text, parts);
                settled &= !parts.finish();
            }
            changed |= !settled;
        }
        return settled;
    }

    public boolean isChanged() {
        return changed;
    }

    public String text() {
        return text;
    }

    /** What was done; without places where there is too much of it, or where a later pass moved them. */
    public List<Remark> remarks() {
        boolean moved = remarks.stream().anyMatch(remark -> remark.range() == null);
        if (!moved && remarks.size() <= MAX_REMARKS) {
            return remarks;
        }
        Set<Remark> whole = new LinkedHashSet<>();
        remarks.forEach(remark -> whole.add(Remark.ofWhole(remark.rule(), remark.kind())));
        return List.copyOf(whole);
    }
}
