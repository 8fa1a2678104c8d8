package dev.resentry.processing.symbolicate;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFile.Kind;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.processing.sourcemap.SourceMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the maps of minified files (processing, section 4.1): by debug id, which needs no name; else in the event's release by the names
 * the file may have there, and from the file to its map by what the upload or the file's last comment says. For all files of an event
 * together there are at most five questions.
 */
final class MapLookup {
    private static final String MAP = ".map";

    private final CodeFiles files;
    private final ReadFiles read;
    private final @Nullable String release;
    private final @Nullable String dist;
    private final HeldMaps held;
    private final Map<UUID, Map<Kind, CodeFile>> byDebugId = new HashMap<>();
    private final Map<String, List<CodeFile>> byUrl = new HashMap<>();
    private final Set<String> askedUrls = new HashSet<>();

    /** @param limit of all maps that are found */
    MapLookup(CodeFiles files, ReadFiles read, @Nullable String release, @Nullable String dist, HeldMaps.Limit limit) {
        this.held = new HeldMaps(limit);
        this.files = files;
        this.read = read;
        this.release = release;
        this.dist = dist;
    }

    /** A file as an event knows it. */
    record Wanted(String url, @Nullable UUID debugId) {}

    /** @param wanted that whose map matters most first */
    Map<Wanted, FoundMap> find(SequencedCollection<Wanted> wanted) {
        List<@Nullable UUID> ids = new ArrayList<>();
        wanted.forEach(file -> ids.add(file.debugId()));
        askDebugIds(ids);
        Set<String> names = new LinkedHashSet<>();
        for (Wanted file : wanted) {
            if (mapById(file.debugId()) == null) {
                names.addAll(FileUrl.candidates(file.url()));
                names.addAll(besides(file.url()));
            }
        }
        askUrls(names);
        Set<String> references = new LinkedHashSet<>();
        ids.clear();
        for (Wanted file : wanted) {
            CodeFile code = code(file);
            if (code != null && mapById(file.debugId()) == null) {
                references.addAll(FileUrl.candidates(reference(code, file.url()).orElse("")));
                ids.add(code.debugId());
            }
        }
        references.removeIf(String::isEmpty);
        askUrls(references);
        askDebugIds(ids);
        Map<Wanted, FoundMap> found = new HashMap<>();
        wanted.forEach(file -> found.computeIfAbsent(file, this::find));
        return found;
    }

    /** Asks for original files together that may have been uploaded themselves. */
    void expectSources(Collection<String> paths) {
        Set<String> names = new LinkedHashSet<>();
        paths.forEach(path -> names.addAll(FileUrl.candidates(path)));
        askUrls(names);
    }

    /** An original file that was uploaded itself. */
    Optional<OriginalSource> source(String path) {
        List<String> names = FileUrl.candidates(path);
        askUrls(names);
        for (String name : names) {
            CodeFile file = first(name, Kind.SOURCE);
            if (file != null) {
                return read.source(file, files);
            }
        }
        return Optional.empty();
    }

    private FoundMap find(Wanted file) {
        List<String> lookedFor = new ArrayList<>();
        CodeFile map = mapById(file.debugId());
        if (file.debugId() != null) {
            note(lookedFor, "debug id " + file.debugId());
        }
        if (map != null) {
            return read(map, base(map, file.url()), Resolution.By.DEBUG_ID, lookedFor);
        }
        if (release == null) {
            return new FoundMap.Missing(lookedFor, Problem.MISSING_MAP, unknown(file));
        }
        FileUrl.candidates(file.url()).forEach(name -> note(lookedFor, name));
        CodeFile code = code(file);
        if (code != null) {
            FoundMap found = mapOf(code, file, lookedFor);
            if (!(found instanceof FoundMap.Missing missing) || missing.problem() == Problem.TOO_MANY_MAPS) {
                return found;
            }
            return functions(file, lookedFor)
                    .or(() -> mapBeside(file, lookedFor))
                    .orElse(found);
        }
        return functions(file, lookedFor)
                .or(() -> mapBeside(file, lookedFor))
                .orElseGet(() -> new FoundMap.Missing(
                        lookedFor,
                        Problem.MISSING_FILE,
                        "Release %s has no file %s%s. Upload the file and its source map under that name, or with debug ids."
                                .formatted(
                                        release,
                                        FileUrl.candidates(file.url()).getLast(),
                                        file.debugId() == null
                                                ? ""
                                                : " and no source map with debug id " + file.debugId())));
    }

    /** A name that several ways lead to is told once. */
    private static void note(List<String> lookedFor, String name) {
        if (!lookedFor.contains(name)) {
            lookedFor.add(name);
        }
    }

    private String unknown(Wanted file) {
        return file.debugId() == null
                ? "The event tells neither a release nor a debug id of the file, so no source map can be found. Set the release in the SDK."
                : "There is no source map with debug id %s. Upload the source maps of the build that made this file."
                        .formatted(file.debugId());
    }

    private FoundMap mapOf(CodeFile code, Wanted file, List<String> lookedFor) {
        CodeFile byId = mapById(code.debugId());
        if (byId != null) {
            note(lookedFor, "debug id " + code.debugId());
            return read(byId, base(byId, file.url()), Resolution.By.RELEASE, lookedFor);
        }
        if (code.sourceMapRef() == null && read.comment(code, files) instanceof ReadFiles.Comment.Inline(var inline)) {
            return read(
                    inline,
                    "inline:" + code.contentHash(),
                    code.name(),
                    urlOf(code, file.url()),
                    Resolution.By.RELEASE,
                    lookedFor);
        }
        Optional<String> reference = reference(code, file.url());
        if (reference.isEmpty()) {
            return new FoundMap.Missing(
                    lookedFor,
                    Problem.MISSING_MAP,
                    "The file %s does not tell its source map, neither in its upload nor in a sourceMappingURL comment."
                            .formatted(code.name()));
        }
        for (String name : FileUrl.candidates(reference.get())) {
            note(lookedFor, name);
            CodeFile map = first(name, Kind.SOURCE_MAP);
            if (map != null) {
                return read(map, base(map, file.url()), Resolution.By.RELEASE, lookedFor);
            }
        }
        return new FoundMap.Missing(
                lookedFor,
                Problem.MISSING_MAP,
                "The file %s says that its source map is %s, which release %s does not have. Upload it."
                        .formatted(code.name(), reference.get(), release));
    }

    private Optional<FoundMap> functions(Wanted file, List<String> lookedFor) {
        for (String name : FileUrl.candidates(file.url())) {
            CodeFile functions = first(name, Kind.FUNCTION_MAP);
            if (functions != null) {
                return Optional.of(held.refusal(functions.contentHash(), functions.size())
                        .map(reason -> tooMuch(functions.name(), reason, lookedFor))
                        .orElseGet(() -> readFunctions(functions, lookedFor)));
            }
        }
        return Optional.empty();
    }

    private FoundMap readFunctions(CodeFile file, List<String> lookedFor) {
        return switch (read.functions(file, files)) {
            case FunctionMap.Reading.Read(FunctionMap map) -> {
                Optional<String> refusal = held.refusal(file.contentHash(), map.weight());
                if (refusal.isPresent()) {
                    yield tooMuch(file.name(), refusal.get(), lookedFor);
                }
                held.hold(file.contentHash(), map.weight());
                yield new FoundMap.Functions(lookedFor, map, file.name());
            }
            case FunctionMap.Reading.Malformed(String cause) ->
                malformed(file.name(), "function map", cause, lookedFor);
        };
    }

    /** Uploaded without its file, under the file's name with the usual ending. */
    private Optional<FoundMap> mapBeside(Wanted file, List<String> lookedFor) {
        for (String name : besides(file.url())) {
            note(lookedFor, name);
            CodeFile map = first(name, Kind.SOURCE_MAP);
            if (map != null) {
                return Optional.of(read(map, base(map, file.url()), Resolution.By.RELEASE, lookedFor));
            }
        }
        return Optional.empty();
    }

    private FoundMap read(CodeFile map, String base, Resolution.By by, List<String> lookedFor) {
        return held.refusal(map.contentHash(), map.size())
                .map(reason -> tooMuch(map.name(), reason, lookedFor))
                .orElseGet(() -> read(read.map(map, files), map.contentHash(), map.name(), base, by, lookedFor));
    }

    private FoundMap read(
            SourceMap.Reading reading,
            String hash,
            String name,
            String base,
            Resolution.By by,
            List<String> lookedFor) {
        return switch (reading) {
            case SourceMap.Reading.Read(SourceMap map) -> {
                Optional<String> refusal = held.refusal(hash, map.weight());
                if (refusal.isPresent()) {
                    yield tooMuch(name, refusal.get(), lookedFor);
                }
                held.hold(hash, map.weight());
                yield new FoundMap.Mapped(lookedFor, map, hash, name, base, by);
            }
            case SourceMap.Reading.Malformed(String cause) -> malformed(name, "source map", cause, lookedFor);
        };
    }

    private static FoundMap tooMuch(String name, String reason, List<String> lookedFor) {
        return new FoundMap.Missing(lookedFor, Problem.TOO_MANY_MAPS, "%s is not read: %s.".formatted(name, reason));
    }

    private static FoundMap malformed(String name, String what, String cause, List<String> lookedFor) {
        return new FoundMap.Missing(
                lookedFor, Problem.MALFORMED_MAP, "%s cannot be read as a %s: %s".formatted(name, what, cause));
    }

    /** Where the map of a minified file is, by the upload, else by the file itself. */
    private Optional<String> reference(CodeFile code, String url) {
        String reference = code.sourceMapRef();
        if (reference == null && read.comment(code, files) instanceof ReadFiles.Comment.Url(String comment)) {
            reference = comment;
        }
        return Optional.ofNullable(reference).map(map -> FileUrl.resolve(urlOf(code, url), map));
    }

    private static String urlOf(CodeFile code, String url) {
        return code.url() == null ? url : code.url();
    }

    private static String base(CodeFile map, String url) {
        return map.url() == null ? url : map.url();
    }

    private @Nullable CodeFile code(Wanted file) {
        CodeFile byId = fileById(file.debugId(), Kind.MINIFIED_SOURCE);
        if (byId != null) {
            return byId;
        }
        for (String name : FileUrl.candidates(file.url())) {
            CodeFile code = first(name, Kind.MINIFIED_SOURCE);
            if (code != null) {
                return code;
            }
        }
        return null;
    }

    private static List<String> besides(String url) {
        return FileUrl.candidates(FileUrl.withoutQuery(url)).stream()
                .map(name -> name + MAP)
                .toList();
    }

    private @Nullable CodeFile mapById(@Nullable UUID debugId) {
        return fileById(debugId, Kind.SOURCE_MAP);
    }

    private @Nullable CodeFile fileById(@Nullable UUID debugId, Kind kind) {
        Map<Kind, CodeFile> files = debugId == null ? null : byDebugId.get(debugId);
        return files == null ? null : files.get(kind);
    }

    private @Nullable CodeFile first(String url, Kind kind) {
        for (CodeFile file : byUrl.getOrDefault(url, List.of())) {
            if (file.kind() == kind) {
                return file;
            }
        }
        return null;
    }

    private void askDebugIds(List<@Nullable UUID> ids) {
        Set<UUID> unknown = new LinkedHashSet<>();
        for (UUID id : ids) {
            if (id != null && byDebugId.putIfAbsent(id, new HashMap<>()) == null) {
                unknown.add(id);
            }
        }
        if (!unknown.isEmpty()) {
            for (CodeFile file : files.byDebugIds(unknown)) {
                if (file.debugId() != null) {
                    byDebugId
                            .computeIfAbsent(file.debugId(), _ -> new HashMap<>())
                            .putIfAbsent(file.kind(), file);
                }
            }
        }
    }

    private void askUrls(Collection<String> urls) {
        List<String> unknown = urls.stream().filter(askedUrls::add).toList();
        if (release != null && !unknown.isEmpty()) {
            for (CodeFile file : files.byUrls(release, dist, unknown)) {
                if (file.url() != null) {
                    byUrl.computeIfAbsent(file.url(), _ -> new ArrayList<>()).add(file);
                }
            }
        }
    }
}
