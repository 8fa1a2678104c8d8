package dev.resentry.processing.group;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.processing.group.frame.GroupingFrame;
import dev.resentry.processing.group.frame.Language;
import dev.resentry.processing.group.message.EngineMessage;
import dev.resentry.processing.group.message.MessageTemplate;
import dev.resentry.processing.normalize.NormalizedEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What of an event another one may be like, in the form that grouping compares: so that ids, numbers and places of deployments do
 * not count.
 *
 * @param type of the exception that titles the event; empty if there is none
 * @param frames the program's own, the one nearest to the crash first; if there are none of its own, those of libraries
 * @param words of its message, each and each with the one behind it
 */
public record EventTraits(String type, List<String> frames, Set<String> words) {
    private static final int MAX_FRAMES = 30;
    private static final int MAX_WORDS = 60;

    private static final Pattern MARK = Pattern.compile("<[a-z]+>");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}_]+");

    public EventTraits {
        frames = List.copyOf(frames);
        words = Set.copyOf(words);
    }

    /** The traits of an event, by the rules of its project. */
    public static EventTraits of(NormalizedEvent event, GroupingRules rules) {
        Event view = event.view();
        List<ExceptionValue> exceptions = view.exceptions().values();
        List<GroupingFrame> frames = DefaultGrouping.of(
                        event, exceptions, rules.stacks().on(String.valueOf(event.platform())))
                .frames();
        Optional<ExceptionValue> main = view.exceptions().main();
        return new EventTraits(
                main.map(ExceptionValue::type).orElse(""),
                names(frames),
                words(
                        main.map(ExceptionValue::value)
                                .orElseGet(() -> view.logEntry().template()),
                        Language.of(String.valueOf(event.platform()), "").isJavaScript()));
    }

    private static List<String> names(List<GroupingFrame> frames) {
        List<GroupingFrame> telling =
                frames.stream().filter(frame -> frame.ignored() == null).toList();
        List<GroupingFrame> own =
                telling.stream().filter(frame -> frame.inApp().value()).toList();
        return (own.isEmpty() ? telling : own)
                .reversed().stream()
                        .map(frame -> frame.unit() + "\n" + frame.function())
                        .distinct()
                        .limit(MAX_FRAMES)
                        .toList();
    }

    private static Set<String> words(String message, boolean javaScript) {
        EngineMessage engine = javaScript ? EngineMessage.of(message) : null;
        if (engine != null) {
            // Its sentence is the same in every program; what it is about is not.
            return Set.of(engine.kind(), "about " + engine.subject());
        }
        String template = MARK.matcher(MessageTemplate.of(message)).replaceAll(" ");
        List<String> single = new ArrayList<>();
        for (String word : NO_WORD.split(template.toLowerCase(Locale.ROOT), -1)) {
            if (word.length() > 1 && single.size() < MAX_WORDS) {
                single.add(word);
            }
        }
        Set<String> words = new LinkedHashSet<>(single);
        for (int i = 1; i < single.size(); i++) {
            words.add(single.get(i - 1) + " " + single.get(i));
        }
        return words;
    }

    /** Whether there is anything that another event could be like. */
    public boolean tellSomething() {
        return Stream.of(type.isEmpty(), frames.isEmpty(), words.isEmpty()).anyMatch(empty -> !empty);
    }
}
