/**
 * The API that Sentry's tools speak, below {@code /api/0} (web API, sections 0 to 1.3): so far what uploads of artifacts and releases
 * need. Shapes are theirs, and are not part of the document of our own API.
 */
@NullMarked
package dev.resentry.query.sentry;

import org.jspecify.annotations.NullMarked;
