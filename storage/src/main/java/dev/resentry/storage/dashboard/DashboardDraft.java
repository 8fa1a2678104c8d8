package dev.resentry.storage.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * What people say of a dashboard.
 *
 * @param isShared whether everybody sees it
 * @param widgetsJson a JSON array of what it shows
 */
public record DashboardDraft(String name, @Nullable String description, boolean isShared, String widgetsJson) {}
