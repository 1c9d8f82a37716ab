/** Reads and checks the configuration, and composes what CDI alone does not. */
@NullMarked
package org.ergograph.app;

import org.jspecify.annotations.NullMarked;
