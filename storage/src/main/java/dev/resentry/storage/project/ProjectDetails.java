package dev.resentry.storage.project;

import org.jspecify.annotations.Nullable;

/** What people may change of a project. */
public record ProjectDetails(
        String slug, String name, @Nullable String platform, ProjectStatus status) {

    public ProjectDetails withStatus(ProjectStatus newStatus) {
        return new ProjectDetails(slug, name, platform, newStatus);
    }
}
