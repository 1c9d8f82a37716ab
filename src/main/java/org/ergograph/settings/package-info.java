/** Settings that are changed while the application runs, kept in the database with their history. */
@NullMarked
package org.ergograph.settings;

import org.jspecify.annotations.NullMarked;
