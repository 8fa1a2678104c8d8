package dev.resentry.processing.group;

import dev.resentry.model.event.ExceptionGroup;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.processing.group.Component.Node;
import dev.resentry.processing.group.Component.Value;
import dev.resentry.processing.group.frame.FrameReader;
import dev.resentry.processing.group.frame.GroupingFrame;
import dev.resentry.processing.group.frame.Language;
import dev.resentry.processing.group.rule.StackRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The exceptions of an event: a chain from what was thrown to its root cause, or the members of a group. */
final class ExceptionComponents {
    /** Of a longer chain the outermost count, and those nearest to the root cause. */
    private static final int OUTER = 2;

    private static final int INNER = 8;

    /** So many members of a group are looked at. */
    private static final int MAX_MEMBERS = 100;

    private final String platform;
    private final StackRules rules;
    private final Stack.Frames which;
    private List<GroupingFrame> framesOfMain = List.of();

    ExceptionComponents(String platform, StackRules rules, Stack.Frames which) {
        this.platform = platform;
        this.rules = rules;
        this.which = which;
    }

    /** The component of exceptions as they were sent: the root cause first. */
    Node of(List<ExceptionValue> values) {
        Optional<ExceptionGroup> group = ExceptionGroup.of(values);
        return group.isPresent() ? group(group.get()) : chain(values.reversed());
    }

    /** Members that are alike count once, and their order does not count: both are chance. One that is left stands for the group. */
    private Node group(ExceptionGroup group) {
        Map<String, Node> members = new LinkedHashMap<>();
        for (List<ExceptionValue> chain :
                group.members().subList(0, Math.min(MAX_MEMBERS, group.members().size()))) {
            Node member = chain(chain);
            members.putIfAbsent(Hashing.hash("member", member).hex(), member);
        }
        if (members.size() == 1) {
            return members.values().iterator().next();
        }
        List<Component> parts = new ArrayList<>();
        parts.add(new Value("group", group.root().type(), true, null));
        members.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(entry -> parts.add(entry.getValue()));
        return Node.of("exceptions", parts);
    }

    private Node chain(List<ExceptionValue> outermostFirst) {
        List<ExceptionValue> chain = shortened(outermostFirst);
        List<List<GroupingFrame>> frames = new ArrayList<>();
        List<StackRules.Applied> applied = new ArrayList<>();
        for (ExceptionValue exception : chain) {
            var read = rules.apply(FrameReader.read(exception.stacktrace(), platform), exception);
            applied.add(read);
            frames.add(read.frames());
        }
        // From the root cause outwards: what is inside decides what counts outside.
        List<Component> parts = new ArrayList<>();
        boolean placed = false;
        for (int i = chain.size() - 1; i >= 0; i--) {
            boolean root = i == chain.size() - 1;
            List<GroupingFrame> own = root ? frames.get(i) : withoutShared(frames.get(i), frames.get(i + 1));
            Member member = member(
                    chain.get(i),
                    own,
                    applied.get(i),
                    root ? "" : chain.get(i + 1).value(),
                    root,
                    placed);
            placed |= member.placed();
            parts.addFirst(member.component());
            framesOfMain = framesOfMain.isEmpty() ? frames.get(i) : framesOfMain;
        }
        return parts.size() == 1 ? (Node) parts.getFirst() : Node.of("chain", parts);
    }

    private record Member(Node component, boolean placed) {}

    private Member member(
            ExceptionValue exception,
            List<GroupingFrame> frames,
            StackRules.Applied applied,
            String cause,
            boolean root,
            boolean causePlaced) {
        Language language = Language.of(platform, "");
        boolean javaScript = language.isJavaScript();
        boolean overflow = ExceptionType.isOverflow(exception, javaScript);
        Stack stack = Stack.of(frames, which, overflow, applied.maxFrames(), applied.minFrames());
        boolean placed = causePlaced || stack.contributes();
        Value type = ExceptionType.of(exception, javaScript);
        Value value = ExceptionText.of(exception, stack, placed, cause, language);
        Node trace = stack.component();
        if (causePlaced && value.contributes()) {
            value = value.ignored("its cause says where and what");
        }
        if (!root && ExceptionType.isWrapper(exception)) {
            type = type.ignored("only carries its cause");
            value = ExceptionType.isGoText(exception) ? value : value.ignored("only carries its cause");
            trace = causePlaced ? trace.ignored("only carries its cause") : trace;
        }
        return new Member(Node.of("exception", null, List.of(type, trace, value), null), placed);
    }

    private static List<ExceptionValue> shortened(List<ExceptionValue> chain) {
        List<ExceptionValue> kept = new ArrayList<>(chain);
        // React adds an exception whose stack is that of components, beside the one that was thrown.
        kept.removeIf(exception -> exception.type().startsWith("React ErrorBoundary") && chain.size() > 1);
        if (kept.size() > OUTER + INNER) {
            kept.subList(OUTER, kept.size() - INNER).clear();
        }
        return kept;
    }

    /** What called both an exception and its cause says the same twice. */
    private static List<GroupingFrame> withoutShared(List<GroupingFrame> frames, List<GroupingFrame> cause) {
        int shared = 0;
        while (shared < frames.size()
                && shared < cause.size()
                && frames.get(shared).isLike(cause.get(shared))) {
            shared++;
        }
        List<GroupingFrame> marked = new ArrayList<>(frames.size());
        for (int i = 0; i < frames.size(); i++) {
            GroupingFrame frame = frames.get(i);
            boolean counts = i >= shared || frame.ignored() != null;
            marked.add(counts ? frame : frame.withIgnored("shared with the cause"));
        }
        return marked;
    }

    /** The frames of the root cause, or of the exception nearest to it that has some. */
    List<GroupingFrame> framesOfMain() {
        return framesOfMain;
    }
}
