package dev.resentry.processing.symbolicate;

import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.processing.sourcemap.OriginalPosition;
import dev.resentry.processing.symbolicate.MapLookup.Wanted;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the original code of minified frames (processing, section 4.2). Safe to share between threads. */
public final class Symbolicator {
    private final ReadFiles read;
    private final HeldMaps.Limit limit;

    public Symbolicator(ReadFiles read) {
        this(read, HeldMaps.Limit.ofThisProcess());
    }

    /** @param limit of the maps of one event */
    Symbolicator(ReadFiles read, HeldMaps.Limit limit) {
        this.read = read;
        this.limit = limit;
    }

    ReadFiles read() {
        return read;
    }

    /**
     * What the frames of stack traces come from, in the order of the frames.
     *
     * @param stacks each with the oldest call first, as events have it
     * @param files of the project
     */
    public List<List<Resolution>> resolve(
            List<List<MinifiedFrame>> stacks, @Nullable String release, @Nullable String dist, CodeFiles files) {
        LinkedHashSet<Wanted> wanted = new LinkedHashSet<>();
        for (List<MinifiedFrame> stack : stacks.reversed()) {
            for (MinifiedFrame frame : stack.reversed()) {
                if (frame.isOfFile()) {
                    wanted.add(wanted(frame));
                }
            }
        }
        var lookup = new MapLookup(files, read, release, dist, limit);
        Map<Wanted, FoundMap> maps = lookup.find(wanted);
        lookup.expectSources(withoutContent(stacks, maps));
        return stacks.stream().map(stack -> resolve(stack, maps, lookup)).toList();
    }

    /** The original files of frames that their maps do not hold. */
    private static Set<String> withoutContent(List<List<MinifiedFrame>> stacks, Map<Wanted, FoundMap> maps) {
        Set<String> paths = new LinkedHashSet<>();
        for (List<MinifiedFrame> stack : stacks) {
            for (MinifiedFrame frame : stack) {
                if (maps.get(wanted(frame)) instanceof FoundMap.Mapped mapped) {
                    mapped.map()
                            .lookup(frame.line() - 1, frame.column() - 1)
                            .filter(place ->
                                    place.file() != null && !mapped.map().hasContent(place.source()))
                            .ifPresent(place -> paths.add(OriginalFile.of(String.valueOf(place.file()), mapped.base())
                                    .path()));
                }
            }
        }
        return paths;
    }

    private static Wanted wanted(MinifiedFrame frame) {
        return new Wanted(frame.url(), frame.debugId());
    }

    private List<Resolution> resolve(List<MinifiedFrame> stack, Map<Wanted, FoundMap> maps, MapLookup lookup) {
        List<Resolution> resolutions = new ArrayList<>();
        String calledAs = "";
        for (MinifiedFrame frame : stack) {
            FoundMap found = maps.get(wanted(frame));
            resolutions.add(
                    switch (found) {
                        case null -> new Resolution.NoFile();
                        case FoundMap.Missing(var lookedFor, Problem problem, String reason) ->
                            new Resolution.Unresolved(lookedFor, problem, reason);
                        case FoundMap.Functions functions -> byFunctions(frame, functions);
                        case FoundMap.Mapped mapped -> byMap(frame, mapped, calledAs, lookup);
                    });
            calledAs = found instanceof FoundMap.Mapped mapped
                    ? mapped.map().nameAt(frame.line() - 1, frame.column() - 1).orElse("")
                    : "";
        }
        return resolutions;
    }

    private static Resolution byFunctions(MinifiedFrame frame, FoundMap.Functions functions) {
        return functions
                .map()
                .find(frame)
                .<Resolution>map(entry -> {
                    OriginalFile file = OriginalFile.of(entry.file() == null ? frame.url() : entry.file(), "");
                    return new Resolution.Original(
                            functions.lookedFor(),
                            Resolution.By.FUNCTION_MAP,
                            functions.name(),
                            file.path(),
                            file.name(),
                            file.module(),
                            entry.line() > 0 ? entry.line() : frame.line(),
                            entry.line() > 0 ? entry.column() : frame.column(),
                            entry.function(),
                            file.inApp(),
                            null);
                })
                .orElseGet(() -> new Resolution.Unresolved(
                        functions.lookedFor(),
                        Problem.NO_MAPPING,
                        "The function map %s tells neither %d:%d nor the function %s."
                                .formatted(functions.name(), frame.line(), frame.column(), frame.function())));
    }

    private Resolution byMap(MinifiedFrame frame, FoundMap.Mapped mapped, String calledAs, MapLookup lookup) {
        if (frame.column() < 1) {
            return new Resolution.Unresolved(
                    mapped.lookedFor(),
                    Problem.NO_COLUMN,
                    "The frame has no column, without which no source map can tell where it is.");
        }
        Optional<OriginalPosition> place = mapped.map().lookup(frame.line() - 1, frame.column() - 1);
        String source = place.map(OriginalPosition::file).orElse(null);
        if (place.isEmpty() || source == null) {
            return new Resolution.Unresolved(
                    mapped.lookedFor(),
                    Problem.NO_MAPPING,
                    "The source map %s tells nothing of %d:%d. It may be of another build."
                            .formatted(mapped.name(), frame.line(), frame.column()));
        }
        OriginalPosition position = place.get();
        OriginalFile file = OriginalFile.of(source, mapped.base());
        Optional<OriginalSource> text =
                read.source(mapped.hash(), mapped.map(), position.source()).or(() -> lookup.source(file.path()));
        String function = text.flatMap(code -> code.function(position.line(), position.column()))
                .orElse(calledAs.isEmpty() ? frame.function() : calledAs);
        return new Resolution.Original(
                mapped.lookedFor(),
                mapped.by(),
                mapped.name(),
                file.path(),
                file.name(),
                file.module(),
                position.line() + 1,
                position.column() + 1,
                function,
                position.ignored() ? Boolean.FALSE : file.inApp(),
                text.flatMap(code -> code.context(position.line(), position.column()))
                        .orElse(null));
    }
}
