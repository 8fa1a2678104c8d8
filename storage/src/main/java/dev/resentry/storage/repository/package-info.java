/** Where the code of projects is: their repositories, and what releases say of the code that they are of. */
@NullMarked
package dev.resentry.storage.repository;

import org.jspecify.annotations.NullMarked;
