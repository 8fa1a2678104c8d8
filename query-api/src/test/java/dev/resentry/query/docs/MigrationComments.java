package dev.resentry.query.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What the migrations say of tables and columns: the comment lines right above each. */
final class MigrationComments {
    private static final Pattern TABLE =
            Pattern.compile("(?:CREATE|ALTER) TABLE (?:IF NOT EXISTS )?(?:ONLY )?(\\w+).*");
    private static final Pattern COLUMN = Pattern.compile("\\s+(?:ADD COLUMN )?([a-z]\\w*)\\s+[a-z].*");

    private final Map<String, String> comments = new HashMap<>();

    static MigrationComments read() {
        try {
            var found = new MigrationComments();
            Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/V*.sql");
            Arrays.sort(files, Comparator.comparingInt(MigrationComments::version));
            for (Resource file : files) {
                found.add(file.getContentAsString(UTF_8));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a table, or of {@code table.column}; empty if nothing is said. */
    String of(String name) {
        return comments.getOrDefault(name, "");
    }

    private void add(String sql) {
        String table = "";
        var above = new StringBuilder();
        for (String line : sql.lines().toList()) {
            String text = line.strip();
            if (text.startsWith("--")) {
                above.append(above.isEmpty() ? "" : " ")
                        .append(text.substring(2).strip());
                continue;
            }
            Matcher statement = TABLE.matcher(line);
            Matcher column = COLUMN.matcher(line);
            if (statement.matches()) {
                table = statement.group(1);
                if (line.startsWith("CREATE")) {
                    say(table, above.toString());
                }
            } else if (!table.isEmpty() && column.matches()) {
                say(table + "." + column.group(1), above.toString());
            }
            if (text.endsWith(";")) {
                table = "";
            }
            above.setLength(0);
        }
    }

    private void say(String name, String text) {
        if (!text.isEmpty()) {
            comments.put(name, text);
        }
    }

    private static int version(Resource file) {
        return Integer.parseInt(String.valueOf(file.getFilename()).replaceFirst("^V(\\d+)__.*", "$1"));
    }
}
