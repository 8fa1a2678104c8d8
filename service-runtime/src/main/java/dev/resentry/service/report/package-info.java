/** What goes wrong in Resentry itself, reported to a DSN by the SDK that everybody uses. The one room of that SDK. */
@NullMarked
package dev.resentry.service.report;

import org.jspecify.annotations.NullMarked;
