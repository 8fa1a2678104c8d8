package dev.resentry.storage.project;

import dev.resentry.model.project.Quota;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code projects} with its keys. */
@Entity
@Table(name = "projects")
class ProjectEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Column(nullable = false)
    private String slug = "";

    @Column(nullable = false)
    private String name = "";

    private @Nullable String platform;

    @Column(nullable = false)
    private String status = ProjectStatus.ACTIVE.wireName();

    @Column(nullable = false)
    private long revision;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "allowed_origins", nullable = false)
    private List<String> allowedOrigins = List.of("*");

    @Convert(converter = QuotaColumn.class)
    @ColumnTransformer(write = "?::jsonb")
    @Column(nullable = false)
    private List<Quota> limits = List.of();

    @Column(name = "auto_resolve_hours")
    private @Nullable Integer autoResolveHours;

    @Column(name = "spike_protection", nullable = false)
    private boolean spikeProtection;

    @Column(name = "spike_limit")
    private @Nullable Long spikeLimit;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt = Instant.EPOCH;

    @OneToMany(mappedBy = "project", cascade = CascadeType.ALL, orphanRemoval = true, fetch = FetchType.EAGER)
    @OrderBy("id")
    private List<ProjectKeyEntity> keys = new ArrayList<>();

    protected ProjectEntity() {}

    ProjectEntity(String slug, String name, @Nullable String platform, Instant at) {
        this.slug = slug;
        this.name = name;
        this.platform = platform;
        this.createdAt = at;
        this.updatedAt = at;
    }

    ProjectDetails details() {
        return new ProjectDetails(
                slug,
                name,
                platform,
                ProjectStatus.of(status),
                allowedOrigins,
                limits,
                autoResolveHours,
                spikeProtection);
    }

    void change(ProjectDetails details) {
        slug = details.slug();
        name = details.name();
        platform = details.platform();
        status = details.status().wireName();
        allowedOrigins = details.allowedOrigins();
        limits = details.limits();
        autoResolveHours = details.autoResolveHours();
        spikeProtection = details.spikeProtection();
        if (!spikeProtection) {
            spikeLimit = null;
        }
    }

    /** Every change, of a key too, is told to the gateways by a higher revision. */
    void changed(Instant at) {
        revision++;
        updatedAt = at;
    }

    List<ProjectKeyEntity> keys() {
        return keys;
    }

    long id() {
        if (id == null) {
            throw new IllegalStateException("the project is not saved yet");
        }
        return id;
    }

    Project asProject() {
        return new Project(
                id(),
                slug,
                name,
                platform,
                ProjectStatus.of(status),
                revision,
                createdAt,
                updatedAt,
                allowedOrigins,
                limits,
                autoResolveHours,
                spikeProtection,
                spikeLimit,
                keys.stream().map(ProjectKeyEntity::asKey).toList());
    }
}
