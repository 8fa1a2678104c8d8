package dev.resentry.model.repository;

import dev.resentry.model.event.Frame;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What paths of frames mean in a repository.
 *
 * @param mappings of those that match a path, the one with the longest beginning holds
 */
public record PathMappings(List<PathMapping> mappings) {
    public static final PathMappings NONE = new PathMappings(List.of());

    public PathMappings {
        mappings = List.copyOf(mappings);
    }

    /**
     * The file of a frame, from the root of the repository on: by a mapping, else by a name of the frame that is relative already.
     * Empty if the frame has no such name, or one of foreign code.
     */
    public Optional<String> sourcePath(Frame frame) {
        List<String> paths = SourcePath.of(frame);
        return paths.stream()
                .flatMap(path -> mapped(path).stream())
                .findFirst()
                .or(() -> paths.stream()
                        .filter(path -> !SourcePath.isAbsolute(path))
                        .findFirst());
    }

    /** The same for a path alone. */
    public Optional<String> sourcePath(String path) {
        String plain = SourcePath.plain(path);
        return mapped(plain).or(() -> SourcePath.inRepository(plain));
    }

    private Optional<String> mapped(String path) {
        return mappings.stream()
                .filter(mapping -> mapping.matches(path))
                .max(Comparator.comparingInt(mapping -> mapping.from().length()))
                .map(mapping -> mapping.map(path))
                .flatMap(SourcePath::inRepository);
    }
}
