/** The only module that speaks SQL: migrations, and one package of stores for each aggregate. */
@NullMarked
package dev.resentry.storage;

import org.jspecify.annotations.NullMarked;
