package dev.resentry.processing.group;

import dev.resentry.model.event.ExceptionGroup;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.processing.group.Component.Node;
import dev.resentry.processing.group.Component.Value;
import dev.resentry.processing.group.frame.GroupingFrame;
import dev.resentry.processing.group.frame.Language;
import dev.resentry.processing.group.message.TemplateCache;
import dev.resentry.processing.group.rule.StackRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The exceptions of an event: a chain from what was thrown to its root cause, or the members of a group. */
final class ExceptionComponents {
    /** So many members of a group are looked at. */
    private static final int MAX_MEMBERS = 100;

    private final @Nullable String group;
    private final List<ThrownChain> chains;
    private final Language language;
    private final TemplateCache templates = new TemplateCache();

    /**
     * Reads exceptions and their stacks.
     *
     * @param values as they were sent: the root cause first
     */
    ExceptionComponents(List<ExceptionValue> values, String platform, StackRules rules) {
        ExceptionGroup tree = ExceptionGroup.of(values).orElse(null);
        this.group = tree == null ? null : tree.root().type();
        this.chains = new ArrayList<>();
        for (List<ExceptionValue> chain : tree == null ? List.of(values.reversed()) : tree.members()) {
            if (chains.size() < MAX_MEMBERS) {
                chains.add(ThrownChain.read(chain, platform, rules));
            }
        }
        this.language = Language.of(platform, "");
    }

    /** The component over some of the frames. */
    Node of(Stack.Frames which) {
        return group == null ? chain(chains.getFirst(), which) : group(group, which);
    }

    /** Members that are alike count once, and their order does not count: both are chance. One that is left stands for the group. */
    private Node group(String type, Stack.Frames which) {
        Map<String, Node> members = new LinkedHashMap<>();
        for (ThrownChain chain : chains) {
            Node member = chain(chain, which);
            members.putIfAbsent(Hashing.hash("member", member).hex(), member);
        }
        if (members.size() == 1) {
            return members.values().iterator().next();
        }
        List<Component> parts = new ArrayList<>();
        parts.add(new Value("group", type, true, null));
        members.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(entry -> parts.add(entry.getValue()));
        return Node.of("exceptions", parts);
    }

    /** From the root cause outwards: what is inside decides what counts outside. */
    private Node chain(ThrownChain chain, Stack.Frames which) {
        List<ThrownChain.Link> links = chain.links();
        List<Component> parts = new ArrayList<>(links.size());
        boolean placed = false;
        for (int i = links.size() - 1; i >= 0; i--) {
            ExceptionValue cause =
                    i == links.size() - 1 ? null : links.get(i + 1).exception();
            Member member = member(links.get(i), which, cause, placed);
            placed |= member.placed();
            parts.addFirst(member.component());
        }
        return parts.size() == 1 ? (Node) parts.getFirst() : Node.of("chain", parts);
    }

    private record Member(Node component, boolean placed) {}

    private Member member(
            ThrownChain.Link link, Stack.Frames which, @Nullable ExceptionValue cause, boolean causePlaced) {
        ExceptionValue exception = link.exception();
        boolean javaScript = language.isJavaScript();
        boolean overflow = ExceptionType.isOverflow(exception, javaScript);
        Stack stack = Stack.of(
                link.frames(),
                which,
                overflow,
                link.stack().maxFrames(),
                link.stack().minFrames());
        boolean placed = causePlaced || stack.contributes();
        Value type = ExceptionType.of(exception, javaScript);
        var text = new ExceptionText(exception, stack, placed, language, templates);
        Value value = text.value(cause == null ? "" : cause.value());
        Node trace = stack.component();
        if (causePlaced && value.contributes()) {
            value = value.ignored("its cause says where and what");
        }
        if (cause != null && ExceptionType.isWrapper(exception)) {
            type = type.ignored("only carries its cause");
            value = ExceptionType.isGoText(exception) ? value : value.ignored("only carries its cause");
            trace = causePlaced ? trace.ignored("only carries its cause") : trace;
        }
        return new Member(Node.of("exception", null, List.of(type, trace, value), null), placed);
    }

    /** The frames of the root cause, or of the exception nearest to it that has some. */
    List<GroupingFrame> framesOfMain() {
        for (ThrownChain chain : chains) {
            for (ThrownChain.Link link : chain.links().reversed()) {
                if (!link.stack().frames().isEmpty()) {
                    return link.stack().frames();
                }
            }
        }
        return List.of();
    }
}
