/**
 * The API that Sentry's tools speak, below {@code /api/0} (web API): uploads, releases, issues and what is made of them. Shapes are
 * theirs, and are not part of the document of our own API.
 */
@NullMarked
package dev.resentry.query.sentry;

import org.jspecify.annotations.NullMarked;
