package dev.resentry.model.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Exceptions that form a tree: some of them are only groups of others, such as Python's {@code ExceptionGroup} (ingest protocol,
 * section 8.7; Sentry RFC 79).
 *
 * @param root what was thrown, a group or an exception with groups among its causes
 * @param members what was thrown inside the group and the groups in it: each the outermost exception first, then its causes
 */
public record ExceptionGroup(ExceptionValue root, List<List<ExceptionValue>> members) {
    public ExceptionGroup {
        members = members.stream().map(List::copyOf).toList();
    }

    /** The tree of a list of exceptions. Empty where none of them is a group, and where the ids make no tree. */
    public static Optional<ExceptionGroup> of(List<ExceptionValue> values) {
        Map<Integer, ExceptionValue> byId = new HashMap<>();
        Map<Integer, List<ExceptionValue>> children = new HashMap<>();
        ExceptionValue root = null;
        boolean anyGroup = false;
        for (ExceptionValue value : values) {
            JsonNode id = value.json().path("mechanism").path("exception_id");
            JsonNode parent = value.json().path("mechanism").path("parent_id");
            if (!id.isInt() || byId.put(id.asInt(), value) != null) {
                return Optional.empty();
            }
            anyGroup |= isGroup(value);
            if (parent.isInt()) {
                children.computeIfAbsent(parent.asInt(), _ -> new ArrayList<>()).add(value);
            } else if (root != null) {
                return Optional.empty();
            } else {
                root = value;
            }
        }
        if (root == null || !anyGroup) {
            return Optional.empty();
        }
        return isTree(root, children, values.size()) ? Optional.of(descend(root, children)) : Optional.empty();
    }

    /** Whether the root reaches all of them; what is in a cycle is reached by nobody. */
    private static boolean isTree(ExceptionValue root, Map<Integer, List<ExceptionValue>> children, int size) {
        Deque<ExceptionValue> open = new ArrayDeque<>(List.of(root));
        int reached = 0;
        while (!open.isEmpty()) {
            reached++;
            open.addAll(children.getOrDefault(id(open.pop()), List.of()));
        }
        return reached == size;
    }

    private static ExceptionGroup descend(ExceptionValue root, Map<Integer, List<ExceptionValue>> children) {
        List<List<ExceptionValue>> members = new ArrayList<>();
        Deque<ExceptionValue> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            ExceptionValue next = open.pop();
            List<ExceptionValue> inside = inside(next, children);
            if (isGroup(next) && !inside.isEmpty()) {
                inside.reversed().forEach(open::push);
            } else {
                members.add(causes(next, children));
            }
        }
        return new ExceptionGroup(root, members);
    }

    private static List<ExceptionValue> causes(ExceptionValue thrown, Map<Integer, List<ExceptionValue>> children) {
        List<ExceptionValue> chain = new ArrayList<>(List.of(thrown));
        List<ExceptionValue> inside = inside(thrown, children);
        while (!inside.isEmpty()) {
            chain.add(inside.getFirst());
            inside = inside(inside.getFirst(), children);
        }
        return chain;
    }

    /** Exceptions that were suppressed while another one was on its way are no cause of it. */
    private static List<ExceptionValue> inside(ExceptionValue value, Map<Integer, List<ExceptionValue>> children) {
        return children.getOrDefault(id(value), List.of()).stream()
                .filter(child -> !EventFields.text(child.json().path("mechanism"), "type")
                        .equals("suppressed"))
                .toList();
    }

    private static int id(ExceptionValue value) {
        return value.json().path("mechanism").path("exception_id").asInt();
    }

    private static boolean isGroup(ExceptionValue value) {
        return EventFields.flag(value.json().path("mechanism"), "is_exception_group");
    }

    /** The exception that tells what happened: the only one in the group. Empty if the group has several that differ. */
    public Optional<ExceptionValue> only() {
        ExceptionValue first = members.getFirst().getFirst();
        boolean alike = members.stream()
                .map(List::getFirst)
                .allMatch(member ->
                        member.type().equals(first.type()) && member.value().equals(first.value()));
        return alike ? Optional.of(first) : Optional.empty();
    }
}
