package dev.resentry.storage.explore;

import dev.resentry.model.issue.ShortId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the values of a column are. */
public enum ExploreType {
    STRING("text") {
        @Override
        Object parse(String text) {
            return text;
        }
    },
    INTEGER("bigint") {
        @Override
        Object parse(String text) {
            return Long.valueOf(text);
        }
    },
    NUMBER("float8") {
        @Override
        Object parse(String text) {
            return Double.valueOf(text);
        }
    },
    /** In milliseconds. */
    DURATION("float8") {
        @Override
        Object parse(String text) {
            return Double.valueOf(text);
        }
    },
    /** A part of one, from 0 to 1. */
    PERCENTAGE("float8") {
        @Override
        Object parse(String text) {
            return Double.valueOf(text);
        }
    },
    DATE("timestamptz") {
        @Override
        Object parse(String text) {
            return Instant.parse(text);
        }
    },
    BOOLEAN("boolean") {
        @Override
        Object parse(String text) {
            return Boolean.valueOf(text);
        }
    },
    /** In the database the slug of its project, a slash and its id; shown as a short id. */
    ISSUE("text") {
        @Override
        Object parse(String text) {
            return text;
        }

        @Override
        public Object shown(Object value) {
            String text = (String) value;
            int slash = text.lastIndexOf('/');
            return new ShortId(text.substring(0, slash), Long.parseLong(text.substring(slash + 1))).toString();
        }
    },
    /** Only keys of rows have this type. */
    UUID("uuid") {
        @Override
        Object parse(String text) {
            return java.util.UUID.fromString(text);
        }
    };

    private final String sql;

    ExploreType(String sql) {
        this.sql = sql;
    }

    /** The type in the database. */
    String sql() {
        return sql;
    }

    /** The word for it in the API. */
    public String wireName() {
        return this == ISSUE ? STRING.wireName() : name().toLowerCase(Locale.ROOT);
    }

    /** Whether sums and percentiles can be had of it, and a chart of these. */
    public boolean isNumber() {
        return this == INTEGER || this == NUMBER || this == DURATION || this == PERCENTAGE;
    }

    /** A value of a result. */
    @Nullable
    Object read(ResultSet row, String column) throws SQLException {
        return switch (this) {
            case STRING, ISSUE -> row.getString(column);
            case INTEGER -> row.getObject(column, Long.class);
            case NUMBER, DURATION, PERCENTAGE -> row.getObject(column, Double.class);
            case BOOLEAN -> row.getObject(column, Boolean.class);
            case UUID -> row.getObject(column, UUID.class);
            case DATE -> {
                OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
                yield at == null ? null : at.toInstant();
            }
        };
    }

    /** A value as people see it. */
    public Object shown(Object value) {
        return value;
    }

    /** A value that people see, as a statement takes it. */
    public Object stored(Object shown) {
        if (this == ISSUE) {
            ShortId id = ShortId.parse((String) shown).orElseThrow();
            return id.projectSlug() + "/" + id.issueId();
        }
        return shown instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : shown;
    }

    /**
     * The value of a text that {@link Object#toString} made of one, as a statement takes it.
     *
     * @throws IllegalArgumentException if the text is none
     */
    Object parameter(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text with NUL");
        }
        try {
            Object value = parse(text);
            return value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * The value of a text that {@link Object#toString} made of one.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public Object value(String text) {
        try {
            return parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    abstract Object parse(String text);
}
