package dev.resentry.storage.organization;

/**
 * The organization that all of an installation belongs to.
 *
 * @param membersSeeAllProjects whether members and viewers see the projects of teams that they are not in
 * @param requiresSecondFactor whether everybody who logs in with a password has to have a second factor
 */
public record Organization(String slug, String name, boolean membersSeeAllProjects, boolean requiresSecondFactor) {}
