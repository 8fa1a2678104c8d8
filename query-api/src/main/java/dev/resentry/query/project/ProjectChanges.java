package dev.resentry.query.project;

/** Is told after each change of a project, so that what follows from it need not wait. */
interface ProjectChanges {

    /** A change is committed. Returns at once. */
    void made();
}
