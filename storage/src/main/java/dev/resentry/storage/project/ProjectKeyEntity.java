package dev.resentry.storage.project;

import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Quota;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A row of {@code project_keys}. */
@Entity
@Table(name = "project_keys")
class ProjectKeyEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @SuppressWarnings("UnusedVariable") // read by JPA: it holds the foreign key
    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "project_id")
    private @Nullable ProjectEntity project;

    @Column(name = "public_key", nullable = false)
    private String publicKey = "";

    @Column(nullable = false)
    private String label = "";

    @Column(nullable = false)
    private boolean active = true;

    @Convert(converter = QuotaColumn.class)
    @ColumnTransformer(write = "?::jsonb")
    @Column(nullable = false)
    private List<Quota> limits = List.of();

    @Column(name = "created_at", nullable = false)
    private Instant createdAt = Instant.EPOCH;

    protected ProjectKeyEntity() {}

    ProjectKeyEntity(ProjectEntity project, PublicKey publicKey, String label, List<Quota> limits, Instant at) {
        this.project = project;
        this.publicKey = publicKey.value();
        this.label = label;
        this.limits = List.copyOf(limits);
        this.createdAt = at;
    }

    void change(@Nullable String newLabel, @Nullable Boolean newActive, @Nullable List<Quota> newLimits) {
        label = newLabel == null ? label : newLabel;
        active = newActive == null ? active : newActive;
        limits = newLimits == null ? limits : List.copyOf(newLimits);
    }

    boolean hasId(long wanted) {
        return id != null && id == wanted;
    }

    ProjectKey asKey() {
        if (id == null) {
            throw new IllegalStateException("the key is not saved yet");
        }
        return new ProjectKey(id, new PublicKey(publicKey), label, active, limits, createdAt);
    }
}
